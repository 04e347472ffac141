"""What is superseded is kept, and what changes is told. Rows that are there stay, and have no transaction."""

from collections.abc import Callable
from typing import Any

import django.contrib.postgres.fields
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from django_stac.models.changed import ChangedField, CurrentTransaction
from django_stac.models.document import DocumentField
from django_stac.models.operations import CompressColumn

THING: list[tuple[str, Any]] = [
    (
        "kind",
        models.CharField(
            choices=[("item", "item"), ("collection", "collection"), ("catalog", "catalogue")],
            editable=False,
            max_length=10,
            verbose_name="kind",
        ),
    ),
    ("collection_id", models.TextField(blank=True, editable=False, verbose_name="collection")),
    ("thing_id", models.TextField(editable=False, verbose_name="id")),
    ("id", models.BigAutoField(primary_key=True, serialize=False)),
]


def changed(**options: Any) -> ChangedField:
    """The transaction that wrote a row."""
    return ChangedField(verbose_name="changed in transaction", editable=False, null=True, serialize=False, **options)


def shown(**options: Any) -> Any:
    """The transaction that last changed who sees a collection."""
    return models.BigIntegerField(
        verbose_name="shown since transaction", editable=False, null=True, serialize=False, **options
    )


def told(model: str) -> list[migrations.AddField]:
    """Who wrote a row, and in which transaction."""
    written_by = models.TextField(editable=False, null=True, verbose_name="written by")
    return [
        migrations.AddField(model_name=model, name="written_by", field=written_by),
        migrations.AddField(model_name=model, name="changed", field=changed()),
    ]


def from_now_on(model: str, name: str, field: Callable[..., Any]) -> migrations.AlterField:
    """The default of a column, for later rows: with it a new column would be written into each row that is there."""
    return migrations.AlterField(model_name=model, name=name, field=field(db_default=CurrentTransaction()))


class Migration(migrations.Migration):
    dependencies = [
        ("django_stac", "0008_answers_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("began", models.DateTimeField(auto_now_add=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                *THING,
                ("deleted", models.BooleanField(verbose_name="deleted")),
                ("published", models.BooleanField(default=True, verbose_name="collection published")),
                (
                    "visibility",
                    models.CharField(
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
                (
                    "viewer_groups",
                    django.contrib.postgres.fields.ArrayField(
                        models.IntegerField(), default=list, verbose_name="groups that saw it"
                    ),
                ),
                (
                    "owner_groups",
                    django.contrib.postgres.fields.ArrayField(
                        models.IntegerField(), default=list, verbose_name="groups that owned it"
                    ),
                ),
                ("item_published", models.BooleanField(default=True, verbose_name="item published")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("by", models.TextField(null=True, verbose_name="by")),
                ("changed", changed(db_default=CurrentTransaction())),
            ],
            options={
                "verbose_name": "tombstone",
                "verbose_name_plural": "tombstones",
                "ordering": ["id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["changed", "id"], name="stac_tombstone_changed"),
                    models.Index(fields=["kind", "collection_id", "thing_id", "id"], name="stac_tombstone_thing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                *THING,
                ("number", models.IntegerField(verbose_name="number")),
                ("document", DocumentField(null=True, verbose_name="document")),  # type: ignore[misc]
                ("digest", models.CharField(editable=False, max_length=32, verbose_name="digest")),
                ("published", models.BooleanField(default=True, verbose_name="published")),
                ("written", models.DateTimeField(null=True, verbose_name="written")),
                ("written_by", models.TextField(null=True, verbose_name="written by")),
                ("ended", models.DateTimeField(verbose_name="ended")),
                ("ended_by", models.TextField(null=True, verbose_name="ended by")),
                ("deleted", models.BooleanField(default=False, verbose_name="ended by deletion")),
                ("files", models.JSONField(null=True, verbose_name="files")),
                ("beside", models.JSONField(null=True, verbose_name="beside the document")),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["kind", "collection_id", "thing_id", "number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "collection_id", "thing_id", "number"), name="stac_version_number"
                    )
                ],
                "indexes": [
                    GinIndex(
                        fields=["files"],
                        name="stac_version_files",
                        opclasses=["jsonb_path_ops"],
                        condition=models.Q(("files__isnull", False)),
                    )
                ],
            },
        ),
        CompressColumn("django_stac_version", "document"),
        *told("catalog"),
        *told("collection"),
        *told("item"),
        migrations.AddField(model_name="collection", name="shown", field=shown()),
        from_now_on("catalog", "changed", changed),
        from_now_on("collection", "changed", changed),
        from_now_on("collection", "shown", shown),
        from_now_on("item", "changed", changed),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("changed__isnull", False)), fields=["changed", "id"], name="stac_item_changed"
            ),
        ),
    ]
