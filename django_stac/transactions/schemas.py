"""The stored schemas of extensions: kept by verbs, compiled once a process, and who is judged by them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson
from django.db import connections, transaction

from django_stac.conf import stac_settings
from django_stac.models import Collection, ExtensionSchema, Validation
from django_stac.transactions.strictness import Strictness
from django_stac.validation.extensions import ExtensionSchemas
from django_stac.validation.rules import ItemRules

# Of all that stands, so that no process misses what another one has stored.
STAMP = "SELECT md5(coalesce(string_agg(uri || digest, ',' ORDER BY uri), '')) FROM django_stac_extensionschema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What one transaction made of schemas: their addresses."""

    created: list[str]
    updated: list[str]
    unchanged: list[str]


def store_schemas(schemas: Mapping[str, str], using: str) -> Stored:
    """Keep the texts of schemas by their addresses, all or none; every process judges by them from then on."""
    given = {uri: ExtensionSchema(uri=uri, text=text, digest=digest_of(text)) for uri, text in sorted(schemas.items())}
    with transaction.atomic(using=using):
        rows = ExtensionSchema.objects.using(using)
        standing = dict(rows.filter(uri__in=given).values_list("uri", "digest"))
        changed = {uri: row for uri, row in given.items() if standing.get(uri) != row.digest}
        rows.bulk_create(
            changed.values(), update_conflicts=True, unique_fields=["uri"], update_fields=["text", "digest", "stored"]
        )
    return Stored(
        created=[uri for uri in changed if uri not in standing],
        updated=[uri for uri in changed if uri in standing],
        unchanged=[uri for uri in given if uri not in changed],
    )


def digest_of(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def forget_schemas(uris: Iterable[str], using: str) -> list[str]:
    """Drop schemas; return the addresses of those that were there."""
    rows = ExtensionSchema.objects.using(using).filter(uri__in=list(uris))
    with transaction.atomic(using=using):
        found = list(rows.order_by("uri").values_list("uri", flat=True))
        rows.delete()
    return found


# Judging by them


@dataclass(frozen=True, slots=True)
class Standing:
    """The schemas of a database, as they were when it bore this stamp."""

    stamp: str
    schemas: ExtensionSchemas


_standing: dict[str, Standing] = {}


def current_schemas(using: str) -> ExtensionSchemas:
    """The schemas of a database; compiled ones are kept until any of them changes. One small statement."""
    with connections[using].cursor() as cursor:
        cursor.execute(STAMP)
        (stamp,) = cursor.fetchone()
    standing = _standing.get(using)
    if standing is None or standing.stamp != stamp:
        standing = _standing[using] = Standing(stamp, ExtensionSchemas(finder(using)))
    return standing.schemas


def finder(using: str) -> Any:
    """Return what looks for a schema in a database."""
    known = set(ExtensionSchema.objects.using(using).values_list("uri", flat=True))

    def find(address: str) -> Any:
        # Documents may name any number of addresses: only those that stand cost a statement.
        if address not in known:
            return None
        text = ExtensionSchema.objects.using(using).filter(uri=address).values_list("text", flat=True).first()
        return None if text is None else orjson.loads(text)

    return find


def strictness_of(collection: Collection | None, using: str, *, level: str | None = None) -> Strictness:
    """How the documents of a collection are judged, or those of none; ``level`` is another than its own."""
    chosen = level or (collection.validation if collection else "") or stac_settings.VALIDATION
    rules = (
        ItemRules(rules=collection.rules, item_assets=assets_of(collection))
        if collection and collection.rules
        else None
    )
    schemas = current_schemas(using) if chosen == Validation.EXTENSIONS else None
    return Strictness(level=chosen, schemas=schemas, rules=rules)


def assets_of(collection: Collection) -> dict[str, Any]:
    """The `item_assets` of a collection; with validation off they may be anything."""
    found = collection.document.get("item_assets")
    return found if isinstance(found, dict) else {}
