"""The history of a thing, a version and what differs, as pages."""

from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from django_stac.api.pages.hyperlinks import web_url
from django_stac.api.pages.members import mapping, objects
from django_stac.api.pages.properties import as_json
from django_stac.api.pages.times import instant, moment_in_words
from django_stac.api.pages.trail import Step, trail
from django_stac.api.pages.visit import Visit

Content = dict[str, Any]

MOST_ROWS = 500


def history(visit: Visit) -> Content:
    """The versions of a thing."""
    return {
        "versions": [version_row(each, visit) for each in objects(visit.document.get("versions"))],
        "deleted": in_words(visit.document.get("deleted")),
        "trail": [*to_thing(visit), (_("History"), "")],
    }


def version_row(version: Content, visit: Visit) -> Content:
    """One version with its times in words and the URLs that lead on."""
    links = {str(each.get("rel")): web_url(each.get("href"), visit.url) for each in objects(version.get("links"))}
    times = {name: in_words(version.get(name)) for name in ("written", "ended")}
    return {**version, **times, "url": links.get("self"), "diff": links.get("diff")}


def version(visit: Visit) -> Content:
    """A document as it was."""
    document, number = visit.document, number_of(visit)
    rels = {"predecessor-version": _("The one before"), "successor-version": _("The one after")}
    further = {"latest-version": _("The latest"), "version-history": _("All versions")}
    ways = [(web_url(visit.rel(rel)["href"], visit.url), label) for rel, label in (rels | further).items()]
    latest = visit.rel("latest-version")["href"]
    return {
        "number": number,
        "title": mapping(document.get("properties")).get("title") or document.get("title") or document.get("id"),
        "is_latest": latest == visit.url,
        "document_first": True,
        "ways": [(url, label) for url, label in ways if url and url != visit.url],
        "trail": [*to_thing(visit), (_("Version %(number)s") % {"number": number}, "")],
    }


def differences(visit: Visit) -> Content:
    """What leads from one version to another, operation by operation."""
    operations = objects(visit.document.get("patch"))
    verbs = {"add": _("was added"), "remove": _("was removed"), "replace": _("was replaced")}
    rows = [
        {
            "path": each["path"] or "/",
            "verb": verbs[each["op"]],
            "value": as_json(each["value"]) if "value" in each else "",
        }
        for each in operations[:MOST_ROWS]
    ]
    steps = to_thing(visit)
    return {
        "rows": rows,
        "left_out": len(operations) - len(rows),
        "name": steps[-1][0],
        "trail": [*steps, (_("What differs"), "")],
    }


def to_thing(visit: Visit) -> list[Step]:
    """The steps down to the thing that a history, a version or a difference belongs to."""
    root = visit.hrefs.root
    place = visit.url.removeprefix(root).split("?")[0].removeprefix("history/")
    if place.startswith("versions/"):
        place = place.split("/", 2)[2]
    kind, *ids = place.split("/")
    if kind == "catalogs":
        return trail(visit, (_("Catalogues"), visit.hrefs.catalogs), (unquote(ids[0]), root + place))
    collection = visit.hrefs.collection(unquote(ids[0]))
    steps = trail(visit, (_("Collections"), visit.hrefs.collections), (unquote(ids[0]), collection))
    return [*steps, (unquote("/".join(ids[2:])), root + place)] if len(ids) > 1 else steps


def number_of(visit: Visit) -> str:
    """The number in the URL of a version."""
    return visit.url.removeprefix(visit.hrefs.root).split("/")[1]


def in_words(time: object) -> str:
    moment = instant(time)
    return moment_in_words(moment) if moment else ""
