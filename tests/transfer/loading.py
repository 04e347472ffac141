"""Trees of documents, what a run makes of them, and what it counts."""

from django_stac.models import CatalogChild
from django_stac.transfer.load import LoadOptions, load
from tests.factories import an_item


def linked(document, *hrefs, rel="child"):
    return {**document, "links": [*document["links"], *({"rel": rel, "href": href} for href in hrefs)]}


def bare(item_id, **changes):
    """An item that names no collection."""
    return {key: value for key, value in an_item(item_id, **changes).items() if key != "collection"}


def run(*paths, **options):
    return load(paths, LoadOptions(**options))


def counts(report):
    return report.created, report.updated, report.unchanged, report.skipped, report.failed


def graph():
    """Pairs of ids: a catalogue, and what it lists."""
    return {
        (link.parent.catalog_id, link.catalog.catalog_id if link.catalog else link.collection.collection_id)
        for link in CatalogChild.objects.select_related("parent", "catalog", "collection")
    }
