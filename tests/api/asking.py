"""Short words for asking the API in tests."""

from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

ROUTES = [
    ("landing",),
    ("conformance",),
    ("api",),
    ("children",),
    ("catalogs",),
    ("catalog", "shelf"),
    ("catalog-children", "shelf"),
    ("collections",),
    ("collections-search",),
    ("collection", "scenes"),
    ("dates", "scenes"),
    ("items", "scenes"),
    ("item", "scenes", "a"),
    ("search",),
    ("changes",),
    ("functions",),
    ("aggregate",),
    ("aggregations",),
    ("collection-aggregate", "scenes"),
    ("collection-aggregations", "scenes"),
    ("queryables",),
    ("sortables",),
    ("collection-queryables", "scenes"),
    ("collection-sortables", "scenes"),
    ("collections-queryables",),
    ("collections-sortables",),
]
"""Every resource in JSON, of the item `a` in `scenes` and the catalogue `shelf`."""


def url(name, *args):
    """The path of a route of the API."""
    return reverse(f"django_stac:{name}", args=args)


def ask(name, *args, client=None, user=None, headers=None, **params):
    """GET a resource by its route's name; ``user`` is signed in."""
    return asker(client, user).get(url(name, *args), params, headers=headers)


def follow(href, *, client=None, user=None, accept=None, **headers):
    """GET an absolute URL of a document."""
    parts = urlsplit(href)
    query = f"?{parts.query}" if parts.query else ""
    sent = {**headers, "host": parts.netloc} | ({"accept": accept} if accept else {})
    return asker(client, user).get(parts.path + query, headers=sent)


def search(body=None, *, client=None, user=None, **params):
    """POST a search with a body, or GET one with parameters."""
    if body is None:
        return ask("search", client=client, user=user, **params)
    return asker(client, user).post(url("search"), body, content_type="application/json")


def search_collections(body=None, *, client=None, user=None, **params):
    """POST a search of collections with a body, or GET one with parameters."""
    if body is None:
        return ask("collections", client=client, user=user, **params)
    return asker(client, user).post(url("collections-search"), body, content_type="application/json")


def asker(client, user):
    client = client or Client()
    if user is not None and not isinstance(user, AnonymousUser):
        client.force_login(user)
    return client


def hrefs(document, rel):
    """The URLs of a document's links of one relation."""
    return [link["href"] for link in document["links"] if link["rel"] == rel]


def href(document, rel):
    """The URL of a document's only link of a relation."""
    (only,) = hrefs(document, rel)
    return only


def ids(page):
    """The ids of a page's entries, in their order."""
    return [entry["id"] for entry in page.get("features") or page.get("collections") or page.get("catalogs") or []]
