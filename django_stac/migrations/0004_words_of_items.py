"""Items are found by the words of their properties."""

from django.db import migrations

from django_stac.models.operations import IndexWords


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0003_collections_are_searched"),
    ]

    operations = [IndexWords()]
