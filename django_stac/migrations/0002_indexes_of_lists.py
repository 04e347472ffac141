"""Ids are found by their beginning, and what is hidden is listed, without reading a million rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="item",
            name="stac_item_id",
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["item_id"], name="stac_item_id", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("published", False)), fields=["-datetime", "-id"], name="stac_item_hidden"
            ),
        ),
    ]
