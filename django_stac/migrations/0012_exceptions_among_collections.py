"""Collections tell which known properties are of another kind there, and the hidden ones are few and listed.

So a search looks up neither what its names are nor who may be seen.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

from django_stac.cql2.known import disputed


def tell(apps: Any, schema_editor: Any) -> None:
    """Fill the column by what is known now."""
    rows = apps.get_model("django_stac", "Collection").objects.using(schema_editor.connection.alias)
    for row in rows.only("derived", "queryables").iterator(chunk_size=100):
        if names := disputed((row.derived or {}).get("properties", {}), row.queryables or {}):
            rows.filter(pk=row.pk).update(disputed=names)


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0011_who_saw_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="disputed",
            field=ArrayField(
                models.TextField(), db_default=[], default=list, editable=False, verbose_name="disputed names"
            ),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(condition=~Q(disputed=[]), fields=["id"], name="stac_collection_disputes"),
        ),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(
                condition=~Q(published=True, visibility="public"), fields=["id"], name="stac_collection_hidden"
            ),
        ),
    ]
