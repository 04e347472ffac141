"""Versions tell who could see them. Of those that are there nobody knows: they are for who sees all, and for owners."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

UNKNOWN = """
UPDATE django_stac_version SET item_published = published, published = true, visibility = 'groups' WHERE kind = 'item';
UPDATE django_stac_version SET visibility = 'groups' WHERE kind = 'collection';
"""


def groups(verbose_name: str) -> Any:
    """Primary keys of groups."""
    return ArrayField(models.IntegerField(), default=list, verbose_name=verbose_name)


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0010_ids_are_in_order"),
    ]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="published",
            field=models.BooleanField(default=True, verbose_name="collection published"),
        ),
        migrations.AddField(
            model_name="version",
            name="item_published",
            field=models.BooleanField(default=True, verbose_name="item published"),
        ),
        migrations.AddField(
            model_name="version",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "everybody"),
                    ("signed-in", "everybody who is signed in"),
                    ("groups", "members of the groups below"),
                ],
                default="public",
                max_length=9,
                verbose_name="visible to",
            ),
        ),
        migrations.AddField(model_name="version", name="viewer_groups", field=groups("groups that saw it")),
        migrations.AddField(model_name="version", name="owner_groups", field=groups("groups that owned it")),
        migrations.RunSQL(UNKNOWN, migrations.RunSQL.noop, elidable=True),
    ]
