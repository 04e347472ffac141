"""Ids are compared as the API sorts them, so that one index serves both. Items stay; their indexes are made anew."""

from django.db import migrations, models


def in_order(model: str, name: str) -> migrations.AlterField:
    """A column of ids, in the order of code points."""
    field = models.TextField(db_collation="C", editable=False, verbose_name="id")
    return migrations.AlterField(model_name=model, name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0009_history"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="item", name="stac_item_id"),
        in_order("item", "item_id"),
        migrations.AddIndex(model_name="item", index=models.Index(fields=["item_id"], name="stac_item_id")),
        in_order("version", "thing_id"),
        in_order("tombstone", "thing_id"),
    ]
