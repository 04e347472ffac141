"""Any verbs in any order leave what was superseded as versions, once and in order, and each departure told."""

from collections import defaultdict

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac import transactions
from django_stac.exceptions import NotFound
from django_stac.models import Collection, Item, Tombstone, Version
from tests.factories import a_collection, an_item, put_collection

NAMES, TITLES = "abc", "xyz"
HOME = "scenes"


class Ledger:
    """What stands, what was, and what has gone, by the name of the thing; each verb is done to the database, too."""

    def __init__(self):
        self.home, self.is_shown = "x", True
        self.standing, self.shown, self.ended, self.departed = {}, {}, defaultdict(list), defaultdict(list)
        put_collection(title="x")

    def write(self, name, title, *, published=True):
        if name in self.standing and self.standing[name] != title:
            self.ended[name].append(self.standing[name])
        self.shown.setdefault(name, published)
        self.standing[name] = title

    def remove(self, name):
        self.ended[name].append(self.standing.pop(name))
        self.departed[name].append((True, self.is_shown, self.shown.pop(name)))

    # Verbs

    def load(self, name, title):
        transactions.upsert_items([an_item(each, title=title) for each in (*NAMES, name)])
        for each in NAMES:
            self.write(each, title)

    def load_one(self, name, title):
        transactions.upsert_items([an_item(name, title=title)], published=False)
        self.write(name, title, published=False)

    def create(self, name, title):
        if name not in self.standing:
            transactions.create_item(an_item(name, title=title))
            self.write(name, title)

    def replace(self, name, title):
        if name in self.standing:
            transactions.replace_item(an_item(name, title=title))
            self.write(name, title)

    def delete(self, name, title):
        if name in self.standing:
            transactions.delete_item(HOME, name)
            self.remove(name)

    def delete_others(self, name, title):
        transactions.delete_items(Item.objects.exclude(item_id=name))
        for each in set(self.standing) - {name}:
            self.remove(each)

    def publish(self, name, title):
        to = title == "x"
        transactions.set_published(Item.objects.exclude(item_id=name), published=to)
        for each in set(self.standing) - {name}:
            if self.shown[each] and not to:
                self.departed[each].append((False, self.is_shown, True))
            self.shown[each] = to

    def restore(self, name, title):
        number = TITLES.index(title) + 1
        try:
            transactions.restore_item(HOME, name, number)
        except NotFound:
            assert number > len(self.ended[name])
            return
        if number <= len(self.ended[name]):
            was_shown = self.departed[name][-1][2] if name not in self.standing else True
            self.write(name, self.ended[name][number - 1], published=was_shown)

    def rewrite_home(self, name, title):
        transactions.replace_collection(a_collection(title=title))
        if title != self.home:
            self.ended[HOME].append(self.home)
        self.home = title

    def publish_home(self, name, title):
        transactions.set_published(Collection.objects.all(), published=title == "x")
        if self.is_shown and title != "x":
            self.departed[HOME].append((False, True, True))
        self.is_shown = title == "x"

    def delete_all(self, name, title):
        transactions.delete_collection(HOME, cascade=True)
        for each in list(self.standing):
            self.remove(each)
        self.ended[HOME].append(self.home)
        self.departed[HOME].append((True, self.is_shown, True))
        put_collection(title="x")
        self.home, self.is_shown = "x", True


VERBS = [name for name in vars(Ledger) if name[0] != "_" and name not in ("write", "remove")]
steps = st.tuples(st.sampled_from(VERBS), st.sampled_from(NAMES), st.sampled_from(TITLES))


def versions(name):
    found = Version.objects.filter(thing_id=name).order_by("number").values_list("number", "document")
    return [(number, document["title"]) for number, document in found]


def departures(name):
    found = Tombstone.objects.filter(thing_id=name).order_by("id")
    return list(found.values_list("deleted", "published", "item_published"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(steps, max_size=14))
def test_versions_are_what_was_superseded_and_tombstones_what_has_gone(db, walk):
    with transaction.atomic():
        ledger = Ledger()
        for verb, name, title in walk:
            getattr(ledger, verb)(name, title)
        for name in (*NAMES, HOME):
            assert versions(name) == list(enumerate(ledger.ended[name], 1))
            assert departures(name) == ledger.departed[name]
        standing = {item.item_id: item.document["title"] for item in Item.objects.all()}
        assert standing == ledger.standing
        transaction.set_rollback(True)
