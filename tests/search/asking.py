"""Searches and rows for the tests of this package."""

from datetime import UTC, datetime, timedelta

from django.contrib.gis.geos import GEOSGeometry

from django_stac.models import Collection, Item
from django_stac.models.gate import open_gate
from django_stac.search.query import SearchQuery
from django_stac.search.run import Page, search_items
from django_stac.spec.wkb import ewkb


def at(text: str) -> datetime:
    """An instant such as ``2024-06-01``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def point(x: float, y: float) -> dict:
    return {"type": "Point", "coordinates": [x, y]}


def a_row(item_id, home, moment, *, end=None, geometry=None, published=True) -> Item:
    """A row that never went through validation: dates that no document would have are welcome."""
    return Item(
        collection=home,
        item_id=item_id,
        geometry=None if geometry is None else GEOSGeometry(memoryview(ewkb(geometry))),
        datetime=moment,
        start_datetime=None if end is None else moment,
        end_datetime=end,
        properties={},
        document={"id": item_id},
        digest="",
        published=published,
    )


def store(*rows: Item) -> None:
    with open_gate():
        Item.objects.bulk_create(rows)


def a_home(collection_id="scenes", *, published=True) -> Collection:
    with open_gate():
        return Collection.objects.create(
            collection_id=collection_id, description="", license="", document={}, digest="", published=published
        )


def search(*, limit: int = 10, **asked) -> Page:
    """One page of what everybody may see."""
    query = SearchQuery(limit=limit, **asked)
    return search_items(query, visible=Item.objects.published(), collections=Collection.objects.published())


def found(**asked) -> list[str]:
    """The ids on one page."""
    return [row.item_id for row in search(**asked).rows]


def walked(**asked) -> list[Page]:
    """All pages from the first to the last."""
    pages = [search(**asked)]
    while token := pages[-1].next:
        pages.append(search(token=token, **asked))
    return pages


def walked_back(page: Page, **asked) -> list[Page]:
    """All pages before this one, the first of all last."""
    pages = []
    while token := page.prev:
        page = search(token=token, **asked)
        pages.append(page)
    return pages


def ids(pages: list[Page]) -> list[str]:
    return [row.item_id for page in pages for row in page.rows]


MICROSECOND = timedelta(microseconds=1)
