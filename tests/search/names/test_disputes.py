"""What everybody knows of a name holds as long as no collection says otherwise."""

import pytest

from django_stac import transactions
from django_stac.cql2.tree import Operation, Property, Value
from django_stac.exceptions import InvalidParameter
from django_stac.models import Collection
from django_stac.search.query import SortKey
from tests.factories import a_collection, an_item, put
from tests.search.asking import found, search
from tests.search.test_statements import told
from tests.statements import statements

pytestmark = pytest.mark.django_db


def is_cloudy(value):
    return Operation("=", (Property("eo:cloud_cover"), Value(value)))


def a_scene(item_id, clouds, home="worded"):
    """An item with clouds of any kind."""
    put(an_item(item_id, collection=home, **{"eo:cloud_cover": clouds}))


@pytest.fixture
def worded():
    """A collection whose clouds are words, and nobody else's are anything."""
    transactions.create_collection(a_collection("worded"))
    a_scene("some", "few")
    transactions.derive()
    return Collection.objects.get(collection_id="worded")


def test_what_items_have_is_compared_as_what_it_is(worded):
    assert worded.disputed == ["eo:cloud_cover"]
    assert found(filter=is_cloudy("few")) == ["some"]
    with pytest.raises(InvalidParameter, match="a text is needed here"):
        search(filter=is_cloudy(7))


def test_a_hidden_collection_changes_nothing_for_who_does_not_see_it(worded):
    transactions.set_published([worded], published=False)
    with pytest.raises(InvalidParameter, match="a number is needed here"):
        search(filter=is_cloudy("few"))
    assert found(filter=is_cloudy(7)) == []


def test_where_one_collection_has_it_as_everybody_knows_it_that_counts(worded):
    transactions.create_collection(a_collection("counted"))
    a_scene("ten", 10, "counted")
    transactions.derive()
    assert found(filter=is_cloudy(10)) == ["ten"]


def test_what_an_owner_declares_is_a_dispute_until_it_is_taken_back(worded):
    disputed = []
    for declared in ({"eo:cloud_cover": {"type": "number"}}, {"gsd": {"type": "string"}}, None):
        transactions.set_queryables("worded", declared)
        disputed.append(Collection.objects.get().disputed)
    assert disputed == [[], ["eo:cloud_cover", "gsd"], ["eo:cloud_cover"]]


def test_an_order_is_that_of_the_disputed_kind(worded):
    a_scene("most", "many")
    assert found(sort=(SortKey("eo:cloud_cover"),)) == ["some", "most"]


@pytest.mark.django_db(transaction=True)
def test_names_that_nobody_disputes_are_not_looked_up():
    transactions.create_collection(a_collection("counted"))
    a_scene("ten", 10, "counted")
    with statements() as seen:
        assert found(filter=is_cloudy(10)) == ["ten"]
        assert found(filter=is_cloudy(11)) == []
    assert not {"look-up", "disputes"} & set(told(seen).split())


@pytest.mark.django_db(transaction=True)
def test_a_dispute_that_was_met_is_remembered_for_a_minute(worded, monkeypatch):
    times = []
    for moment in (0.0, 30.0, 61.0):
        monkeypatch.setattr("django_stac.search.memory.monotonic", lambda moment=moment: moment)
        with statements() as seen:
            assert found(filter=is_cloudy("few")) == ["some"]
        times.append(told(seen).count("disputes"))
    assert times == [1, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_a_page_says_itself_that_a_name_is_disputed(worded):
    transactions.create_collection(a_collection("counted"))
    a_scene("ten", 10, "counted")
    transactions.derive()
    with statements() as seen:
        assert found(filter=is_cloudy(10)) == ["ten"]
    assert told(seen) == "estimate indexes limit page ROLLBACK look-up limit page COMMIT"


@pytest.mark.parametrize("sort", [(), (SortKey("platform"), SortKey("created"))], ids=str)
def test_what_is_disputed_is_never_an_empty_page(worded, sort):
    transactions.create_collection(a_collection("counted"))
    a_scene("ten", 10, "counted")
    transactions.derive()
    for _ in range(2):
        assert found(filter=is_cloudy(10), sort=sort) == ["ten"]
        assert found(filter=is_cloudy(11), sort=sort) == []


def test_what_the_site_declares_is_looked_up(settings):
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "QUERYABLES": {"eo:cloud_cover": {"type": "string"}}}
    with pytest.raises(InvalidParameter, match="a text is needed here"):
        search(filter=is_cloudy(7))
