"""A scene that was read, on its way to the gate: its document with hrefs for consumers, and the files it refers to."""

from dataclasses import dataclass, replace
from typing import Any

from django_stac.conf import stac_settings
from django_stac.ingest.files import Copy, copy_of, keep_all, picture
from django_stac.ingest.names import thumbnail_path
from django_stac.ingest.plan import Entry
from django_stac.raster.item import Reading
from django_stac.spec.media_types import PNG
from django_stac.transactions import FileFact, Incoming
from django_stac.transactions.placement import Place
from django_stac.transactions.prepare import prepare_item

Asset = dict[str, Any]
THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An item that the gate will take."""

    entry: Entry
    document: dict[str, Any]
    facts: tuple[FileFact, ...]
    """Files in place."""
    copies: tuple[Copy, ...]
    """Files to be written."""
    written: tuple[FileFact, ...] = ()
    """Those of the copies that were not there before."""

    @property
    def incoming(self) -> Incoming:
        return Incoming(document=self.document, source=self.entry.source, files=self.facts)

    @property
    def thumbnail(self) -> FileFact | None:
        return next((fact for fact in self.facts if fact.key == THUMBNAIL), None)


def arrive(entry: Entry, reading: Reading) -> Arrival:
    """Put the hrefs into what was read. Raises InvalidDocument when the gate would not take it."""
    places = {key: entry.places[file] for key, file in reading.files.items() if file in entry.places}
    assets = {key: {**reading.item["assets"][key], "href": place.href} for key, place in places.items()}
    facts = {key: fact_of(key, assets[key], place) for key, place in places.items() if place.storage}
    copies = [copy_of(reading.files[key], fact) for key, fact in facts.items() if places[key].is_copy]
    if drawn := drawing(entry, reading):
        assets[THUMBNAIL] = picture_asset(drawn.fact)
        copies.append(drawn)
    arrival = Arrival(
        entry=entry,
        document={**reading.item, "collection": entry.collection, "assets": assets},
        facts=tuple(fact for key, fact in facts.items() if not places[key].is_copy),
        copies=tuple(copies),
    )
    check(arrival)
    return arrival


def settle(arrival: Arrival, using: str) -> Arrival:
    """Write the copies. Raises UnreachableFile."""
    facts, written = keep_all(arrival.copies, using)
    return replace(arrival, facts=(*arrival.facts, *facts), copies=(), written=written)


def unsettled(arrival: Arrival) -> Arrival:
    """Write nothing, but refer to the copies as if they were there."""
    return replace(arrival, facts=(*arrival.facts, *(copy.fact for copy in arrival.copies)), copies=())


def check(arrival: Arrival) -> None:
    """Let the gate look at the document before any file is written for it. Raises InvalidDocument."""
    references = {fact.reference for fact in unsettled(arrival).facts}
    prepare_item(arrival.document, collection_id=arrival.entry.collection, files=references)


def fact_of(key: str, asset: Asset, place: Place) -> FileFact:
    """What is known of a file in a storage."""
    size, checksum = asset["file:size"], asset["file:checksum"]
    return FileFact(storage=place.storage, path=place.path, key=key, size=size, checksum=checksum)


def drawing(entry: Entry, reading: Reading) -> Copy | None:
    """The thumbnail, unless there is none or a raster has taken its key."""
    if reading.thumbnail is None or THUMBNAIL in reading.files:
        return None
    path = thumbnail_path(entry.collection, reading.item["id"])
    return picture(reading.thumbnail, storage=stac_settings.THUMBNAIL_STORAGE, path=path, key=THUMBNAIL)


def picture_asset(fact: FileFact) -> Asset:
    """Size and checksum let the item change when its picture does."""
    return {
        "href": fact.reference,
        "type": PNG,
        "title": "Thumbnail",
        "roles": ["thumbnail"],
        "file:size": fact.size,
        "file:checksum": fact.checksum,
    }
