"""The verb that says who may see a collection, and who owns it."""

import pytest

from django_stac import signals, transactions
from django_stac.exceptions import NotFound
from django_stac.models import Collection, Visibility
from tests.factories import a_collection, put_collection

pytestmark = pytest.mark.django_db


def rights():
    return Collection.objects.values_list("visibility", "viewer_groups", "owner_groups").get()


def test_a_new_collection_is_for_everybody_and_owned_by_nobody():
    put_collection()
    assert rights() == ("public", [], [])


def test_rights_are_kept_beside_the_document():
    digest = put_collection().digest
    given = transactions.set_rights("scenes", visibility=Visibility.GROUPS, viewer_groups=[2, 1, 2], owner_groups={7})
    assert rights() == ("groups", [1, 2], [7])
    assert (given.visibility, given.digest) == ("groups", digest)


def test_what_is_not_named_stays():
    put_collection()
    transactions.set_rights("scenes", visibility="groups", viewer_groups=[1], owner_groups=[2])
    transactions.set_rights("scenes", owner_groups=[])
    assert rights() == ("groups", [1], [])


def test_a_new_document_keeps_rights():
    put_collection()
    transactions.set_rights("scenes", visibility="signed-in", owner_groups=[2])
    transactions.replace_collection(a_collection("scenes", title="Other"))
    assert rights() == ("signed-in", [], [2])


@pytest.mark.parametrize(
    ("wrong", "raised", "says"),
    [
        ({"visibility": "private"}, ValueError, "private"),
        ({"viewer_groups": [1, True]}, TypeError, "True"),
        ({"owner_groups": ["surveyors"]}, TypeError, "surveyors"),
        ({"owner_groups": [0]}, ValueError, "key 0"),
        ({"viewer_groups": [2**31]}, ValueError, "2147483648"),
    ],
)
def test_what_is_wrong_is_refused_whole(wrong, raised, says):
    put_collection()
    with pytest.raises(raised, match=says):
        transactions.set_rights("scenes", **{"visibility": "groups", "owner_groups": [5]} | wrong)
    assert rights() == ("public", [], [])


def test_an_unknown_collection_has_none():
    with pytest.raises(NotFound, match="nowhere"):
        transactions.set_rights("nowhere", visibility="public")


def test_a_change_is_announced_once(django_capture_on_commit_callbacks):
    put_collection()
    heard = []

    def hear(updated, **kwargs):
        heard.append(updated)

    signals.collections_changed.connect(hear)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            transactions.set_rights("scenes", visibility="groups", viewer_groups=[3])
    signals.collections_changed.disconnect(hear)
    assert heard == [["scenes"]]
