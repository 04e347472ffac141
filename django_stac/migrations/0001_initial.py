"""The tables, the view of assets and their indexes."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import django_stac.models.asset
import django_stac.models.document
from django_stac.models.operations import CompressColumn, CreateAssetView, RequireExtension


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        RequireExtension("postgis"),
        RequireExtension("btree_gist"),
        migrations.CreateModel(
            name="Catalog",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("catalog_id", models.TextField(editable=False, unique=True, verbose_name="id")),
                ("title", models.TextField(editable=False, null=True, verbose_name="title")),
                ("description", models.TextField(editable=False, verbose_name="description")),
                ("document", django_stac.models.document.DocumentField(verbose_name="document")),
                ("digest", models.CharField(editable=False, max_length=32, verbose_name="digest")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "catalogue",
                "verbose_name_plural": "catalogues",
                "ordering": ["catalog_id"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("collection_id", models.TextField(editable=False, unique=True, verbose_name="id")),
                ("title", models.TextField(editable=False, null=True, verbose_name="title")),
                ("description", models.TextField(editable=False, verbose_name="description")),
                ("license", models.TextField(editable=False, verbose_name="license")),
                ("document", django_stac.models.document.DocumentField(verbose_name="document")),
                ("digest", models.CharField(editable=False, max_length=32, verbose_name="digest")),
                (
                    "published",
                    models.BooleanField(
                        default=True,
                        help_text="An unpublished collection hides all of its items too.",
                        verbose_name="published",
                    ),
                ),
                (
                    "extent_mode",
                    models.CharField(
                        choices=[("document", "the document"), ("derived", "the published items")],
                        default="document",
                        max_length=8,
                        verbose_name="extent from",
                    ),
                ),
                ("derived", models.JSONField(editable=False, null=True, verbose_name="derived")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "collection",
                "verbose_name_plural": "collections",
                "ordering": ["collection_id"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_id", models.TextField(editable=False, verbose_name="id")),
                (
                    "geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        editable=False, null=True, spatial_index=False, srid=4326, verbose_name="geometry"
                    ),
                ),
                ("datetime", models.DateTimeField(editable=False, verbose_name="datetime")),
                ("start_datetime", models.DateTimeField(editable=False, null=True, verbose_name="start")),
                ("end_datetime", models.DateTimeField(editable=False, null=True, verbose_name="end")),
                ("properties", models.JSONField(editable=False, verbose_name="properties")),
                ("document", django_stac.models.document.DocumentField(verbose_name="document")),
                ("digest", models.CharField(editable=False, max_length=32, verbose_name="digest")),
                ("published", models.BooleanField(default=True, verbose_name="published")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "collection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="django_stac.collection",
                        verbose_name="collection",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="marks",
                        to="django_stac.collection",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("storage", models.CharField(max_length=100, verbose_name="storage")),
                ("path", models.TextField(verbose_name="path")),
                ("key", models.TextField(verbose_name="asset key")),
                ("size", models.BigIntegerField(verbose_name="size in bytes")),
                ("checksum", models.TextField(default="", verbose_name="checksum (multihash)")),
                ("owned", models.BooleanField(default=False, verbose_name="written by django-stac")),
                (
                    "collection",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="django_stac.collection",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="django_stac.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "stored file",
                "verbose_name_plural": "stored files",
            },
        ),
        migrations.CreateModel(
            name="CatalogChild",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "catalog",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parents",
                        to="django_stac.catalog",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="django_stac.catalog",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parents",
                        to="django_stac.collection",
                    ),
                ),
            ],
            options={
                "verbose_name": "child of a catalogue",
                "verbose_name_plural": "children of catalogues",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("parent", "catalog"), name="stac_child_catalog"),
                    models.UniqueConstraint(fields=("parent", "collection"), name="stac_child_collection"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("catalog", None), ("collection__isnull", False)),
                            models.Q(("catalog__isnull", False), ("collection", None)),
                            _connector="OR",
                        ),
                        name="stac_child_is_one",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["item_id"], name="stac_item_id"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["-datetime", "-id"], name="stac_item_newest"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["collection", "-datetime", "-id"], name="stac_item_coll_newest"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["geometry", "datetime", "collection"], name="stac_item_place"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("end_datetime__isnull", False)),
                fields=["-datetime", "-id"],
                name="stac_range_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("end_datetime__isnull", False)),
                fields=["collection", "-datetime", "-id"],
                name="stac_range_coll_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=django.contrib.postgres.indexes.GistIndex(
                condition=models.Q(("end_datetime__isnull", False)),
                fields=["geometry", "datetime", "end_datetime", "collection"],
                name="stac_range_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("collection", "item_id"), name="stac_item_unique"),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["storage", "path"], name="stac_file_path"),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("collection", None)),
                fields=("item", "key", "storage", "path"),
                name="stac_file_of_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item", None)),
                fields=("collection", "key", "storage", "path"),
                name="stac_file_of_collection",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collection__isnull", False), ("item", None)),
                    models.Q(("collection", None), ("item__isnull", False)),
                    _connector="OR",
                ),
                name="stac_file_has_owner",
            ),
        ),
        CompressColumn("django_stac_item", "document"),
        CompressColumn("django_stac_item", "properties"),
        CreateAssetView(),
        migrations.CreateModel(
            name="Asset",
            fields=[
                (
                    "id",
                    django_stac.models.asset.AssetIdField(
                        editable=False, max_length=300, primary_key=True, serialize=False
                    ),
                ),
                # Written by hand: makemigrations leaves out the relations of an unmanaged model.
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="assets",
                        to="django_stac.item",
                    ),
                ),
                ("key", models.TextField(verbose_name="key")),
                ("position", models.IntegerField(verbose_name="position")),
                ("href", models.TextField(verbose_name="href")),
                ("media_type", models.TextField(null=True, verbose_name="media type")),
                ("title", models.TextField(null=True, verbose_name="title")),
                ("roles", models.JSONField(default=list, verbose_name="roles")),
                ("extra", models.JSONField(default=dict, verbose_name="further fields")),
            ],
            options={
                "verbose_name": "asset",
                "verbose_name_plural": "assets",
                "db_table": "django_stac_asset",
                "ordering": ["item", "position"],
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
    ]
