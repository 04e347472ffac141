"""Items are found by the words of their properties. Existing items are read once, while nobody reads or writes."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

from django_stac.models.words import WordsOfItem


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0003_collections_are_searched"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="words",
            field=models.GeneratedField(
                db_persist=True,
                expression=WordsOfItem(),
                output_field=SearchVectorField(),
                serialize=False,
                verbose_name="words",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=GinIndex(fields=["words"], name="stac_item_words"),
        ),
    ]
