"""Requests to the API under the site's prefix."""

from django.test import Client

ROOT = "/geo/stac/"
JSON = "application/json"


def get(path="", *, client=None, **headers):
    """GET below the landing page; ``if_none_match="…"`` is the header."""
    return (client or Client()).get(ROOT + path, headers={name.replace("_", "-"): headers[name] for name in headers})


def found(path, **kwargs):
    """The ids of a page of items."""
    return [feature["id"] for feature in get(path, **kwargs).json()["features"]]


def hrefs(document):
    """Every href of a document, at any depth."""
    if isinstance(document, dict):
        own = [document["href"]] if isinstance(document.get("href"), str) else []
        return own + [href for value in document.values() for href in hrefs(value)]
    return [href for value in document for href in hrefs(value)] if isinstance(document, list) else []
