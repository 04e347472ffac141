"""The verb by which owners declare what may be filtered by."""

import pytest

from django_stac import signals, transactions
from django_stac.exceptions import InvalidDocument, NotFound
from django_stac.models import Collection
from tests.factories import a_collection, put_collection

pytestmark = pytest.mark.django_db

DECLARED = {"x:y": {"type": "string", "format": "date"}}


def test_what_is_declared_is_kept_beside_the_document():
    digest = put_collection().digest
    transactions.set_queryables("scenes", DECLARED)
    stored = Collection.objects.get()
    assert (stored.queryables, stored.digest) == (DECLARED, digest)


def test_a_new_document_keeps_it():
    put_collection()
    transactions.set_queryables("scenes", DECLARED)
    transactions.replace_collection(a_collection("scenes", title="Other"))
    assert Collection.objects.get().queryables == DECLARED


def test_none_takes_it_back():
    put_collection()
    transactions.set_queryables("scenes", DECLARED)
    assert transactions.set_queryables("scenes", None).queryables is None


def test_what_is_wrong_is_refused_whole_with_its_place():
    put_collection()
    with pytest.raises(InvalidDocument, match="/x:y/type") as caught:
        transactions.set_queryables("scenes", {"x:z": {"type": "number"}, "x:y": {}})
    assert [problem.pointer for problem in caught.value.problems] == ["/x:y/type"]
    assert Collection.objects.get().queryables is None


def test_an_unknown_collection_has_none():
    with pytest.raises(NotFound, match="nowhere"):
        transactions.set_queryables("nowhere", DECLARED)


def test_it_is_announced_once(django_capture_on_commit_callbacks):
    put_collection()
    heard = []

    def hear(updated, **kwargs):
        heard.append(updated)

    signals.collections_changed.connect(hear)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            transactions.set_queryables("scenes", DECLARED)
    signals.collections_changed.disconnect(hear)
    assert heard == [["scenes"]]
