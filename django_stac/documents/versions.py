"""The history of a thing as it is served: the list of its versions, and each document as it was."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import orjson

from django_stac.documents.hrefs import Hrefs
from django_stac.documents.splice import present_files, spliced
from django_stac.models import Kind
from django_stac.models.document import dump
from django_stac.spec.datetimes import format_instant
from django_stac.spec.links import HTML_FORM, link
from django_stac.spec.media_types import GEOJSON, HTML, JSON

if TYPE_CHECKING:
    from datetime import datetime

    from django_stac.models import Version

Links = list[dict[str, Any]]


def media_type(kind: str) -> str:
    """What documents of a kind are sent as."""
    return GEOJSON if kind == Kind.ITEM else JSON


def present_version(state: "Version", links: Links, hrefs: Hrefs) -> bytes:
    """Return the JSON of a document as it was, with the links that lead on."""
    pieces = spliced(dump(state.document), orjson.dumps(links)[1:-1])
    return present_files(b"".join(pieces), hrefs)


def version_links(
    state: "Version", href: str, hrefs: Hrefs, *, before: int | None, after: int | None, newest: int | None
) -> Links:
    """The links of one state of what stands, or stood, at ``href`` (STAC version extension, "Relation types")."""
    kind = media_type(state.kind)
    own = hrefs.version(href, state.number)
    others = {"predecessor-version": before, "successor-version": after, "latest-version": newest}
    return [
        link("self", own, type=kind),
        link("alternate", f"{own}{HTML_FORM}", type=HTML),
        link("root", hrefs.root, type=JSON),
        *([link("collection", hrefs.collection(state.collection_id), type=JSON)] if state.kind == Kind.ITEM else []),
        *(link(rel, hrefs.version(href, number), type=kind) for rel, number in others.items() if number),
        link("version-history", hrefs.history(href), type=JSON),
    ]


def present_state(state: "Version", href: str, hrefs: Hrefs, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a line of the list of versions; ``names`` are those of people, as far as they are told."""
    told = {
        "number": state.number,
        "digest": state.digest,
        "size": state.size,  # type: ignore[attr-defined]
        "published": state.was_published,
        "written": instant(state.written),
        "written_by": names.get(state.written_by or ""),
        **({} if state._state.adding else end_of(state, names)),
    }
    links = [link("self", hrefs.version(href, state.number), type=media_type(state.kind))]
    return {name: value for name, value in told.items() if value is not None} | {"links": links}


def end_of(state: "Version", names: Mapping[str, str]) -> dict[str, Any]:
    """When a version ended, and how: what stands has not."""
    return {
        "ended": instant(state.ended),
        "ended_by": names.get(state.ended_by or ""),
        "end": "deleted" if state.deleted else "replaced",
    }


def with_differences(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines, newest first, each with a link to what it changed in the one below."""
    listed = list(lines)
    for line, older in pairwise(listed):
        own = line["links"][0]["href"]
        line["links"].append(link("diff", f"{own}?diff={older['number']}", type=JSON))
    return listed


def instant(time: "datetime | None") -> str | None:
    """A time as RFC 3339 in UTC, where it is known."""
    return None if time is None else format_instant(time)
