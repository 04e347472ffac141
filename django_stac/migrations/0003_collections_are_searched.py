"""Collections are found as items are: by place, time and what they say. Rows that are there get their projections."""

from typing import Any

import django.contrib.gis.db.models.fields
from django.contrib.gis.geos import GEOSGeometry
from django.db import migrations, models

from django_stac.documents.collection import with_facts
from django_stac.models.projection import project_collection


def project(apps: Any, schema_editor: Any) -> None:
    """Fill the columns from the documents."""
    rows = apps.get_model("django_stac", "Collection").objects.using(schema_editor.connection.alias)
    for row in rows.iterator(chunk_size=100):
        columns = project_collection(with_facts(row))
        rows.filter(pk=row.pk).update(
            geometry=columns.geometry and GEOSGeometry(memoryview(columns.geometry)),
            start_datetime=columns.start_datetime,
            end_datetime=columns.end_datetime,
            properties=columns.properties,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0002_indexes_of_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="geometry",
            field=django.contrib.gis.db.models.fields.GeometryField(
                editable=False, null=True, spatial_index=False, srid=4326, verbose_name="geometry"
            ),
        ),
        migrations.AddField(
            model_name="collection",
            name="start_datetime",
            field=models.DateTimeField(editable=False, null=True, verbose_name="start"),
        ),
        migrations.AddField(
            model_name="collection",
            name="end_datetime",
            field=models.DateTimeField(editable=False, null=True, verbose_name="end"),
        ),
        migrations.AddField(
            model_name="collection",
            name="properties",
            field=models.JSONField(default=dict, editable=False, verbose_name="properties"),
        ),
        migrations.AddField(
            model_name="collection",
            name="queryables",
            field=models.JSONField(editable=False, null=True, verbose_name="queryables"),
        ),
        migrations.RunPython(project, migrations.RunPython.noop, elidable=True),
    ]
