"""Who may see a collection, and who owns it. All that is published stays public."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0005_searched_properties"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "everybody"),
                    ("signed-in", "everybody who is signed in"),
                    ("groups", "members of the groups below"),
                ],
                db_default="public",
                default="public",
                max_length=9,
                verbose_name="visible to",
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="viewer_groups",
            field=ArrayField(
                models.IntegerField(), blank=True, db_default=[], default=list, verbose_name="groups that see it"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="owner_groups",
            field=ArrayField(
                models.IntegerField(), blank=True, db_default=[], default=list, verbose_name="groups that own it"
            ),
        ),
    ]
