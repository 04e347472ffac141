"""A consumer of ``/changes`` that keeps a copy by doing what the documentation says, and knows nothing else."""

from django.test import Client

from tests.api.asking import ask, follow, href


class Consumer:
    """Somebody's copy: what was sent as ``rev`` with each thing, by kind, collection and id."""

    def __init__(self, user=None, **params):
        self.client = Client()
        if user is not None:
            self.client.force_login(user)
        self.params, self.next, self.copy = params, None, {}

    def poll(self):
        """Follow the feed to its end."""
        while not self.step():
            pass
        return self.copy

    def step(self):
        """Take one page; return whether it was the last."""
        answer = self.get(self.next) if self.next else ask("changes", client=self.client, **self.params)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        for change in page["changes"]:
            self.take(change)
        self.next = href(page, "next")
        return page["atEnd"]

    def take(self, change):
        collection = change["id"] if change["kind"] == "collection" else change.get("collection", "")
        key = (change["kind"], collection, change["id"])
        if change["kind"] == "collection" and (change["type"] == "deleted" or "items" in change):
            self.copy = {kept: rev for kept, rev in self.copy.items() if kept[:2] != ("item", collection)}
        self.copy.pop(key, None)
        if change["type"] != "deleted":
            self.fetch(key, change["href"])
        if "items" in change:
            self.fetch_items(collection, change["items"])

    def fetch(self, key, url):
        answer = self.get(url)
        # Gone meanwhile: that is told later.
        if answer.status_code == 200:
            self.copy[key] = rev_of(answer.json())

    def fetch_items(self, collection, url):
        while url:
            answer = self.get(url)
            page = answer.json() if answer.status_code == 200 else {"features": [], "links": []}
            self.copy |= {("item", collection, item["id"]): rev_of(item) for item in page["features"]}
            url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)

    def get(self, url):
        return follow(url, client=self.client)


def rev_of(document):
    return document.get("rev") or document.get("properties", {}).get("rev")


def catalogue(catalogs, collections, items):
    """What a copy should hold of visible rows."""
    found = {("catalog", "", row.catalog_id): rev_of(row.document) for row in catalogs}
    found |= {("collection", row.collection_id, row.collection_id): rev_of(row.document) for row in collections}
    return found | {
        ("item", row.collection.collection_id, row.item_id): rev_of(row.document)
        for row in items.select_related("collection")
    }
