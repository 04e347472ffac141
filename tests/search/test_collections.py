"""Collections, searched and listed page by page."""

from dataclasses import replace

import pytest
from django.db.models.expressions import RawSQL

from django_stac.cql2.tree import Array, BBox, Interval, Operation, Property, Timestamp, Value
from django_stac.exceptions import InvalidParameter, QueryTimeout
from django_stac.models import Collection
from django_stac.search import words
from django_stac.search.pages.cursor import decode, encode, fingerprint
from django_stac.search.query import SearchQuery, SortKey
from django_stac.search.run import search_collections
from django_stac.spec.datetimes import parse_instant, parse_interval
from tests.factories import put_collection
from tests.search.asking import a_home, search
from tests.statements import statements

pytestmark = pytest.mark.django_db


def collections(*, visible=None, limit=5, **asked):
    """One page."""
    rows = Collection.objects.all() if visible is None else visible
    return search_collections(SearchQuery(limit=limit, **asked), visible=rows)


def listed(page) -> list[str]:
    return [row.collection_id for row in page.rows]


def test_pages_follow_the_ids_forward_and_back():
    for name in ["e", "b", "a", "d", "c"]:
        a_home(name)
    first = collections(limit=2)
    second = collections(limit=2, token=first.next)
    last = collections(limit=2, token=second.next)
    assert [listed(page) for page in (first, second, last)] == [["a", "b"], ["c", "d"], ["e"]]
    assert (first.prev, last.next) == (None, None)
    back = collections(limit=2, token=last.prev)
    assert (listed(back), back.next, back.prev) == (["c", "d"], second.next, second.prev)
    start = collections(limit=2, token=back.prev)
    assert (listed(start), start.prev) == (["a", "b"], None)


def test_ids_are_ordered_as_the_database_orders_them():
    for name in ["B", "a", "é", "_"]:
        a_home(name)
    pages, token = [], None
    while not pages or token:
        page = collections(limit=1, token=token)
        pages += listed(page)
        token = page.next
    assert pages == list(Collection.objects.order_by("collection_id").values_list("collection_id", flat=True))


def test_hidden_collections_are_neither_listed_nor_counted():
    a_home("open")
    a_home("hidden", published=False)
    page = collections(visible=Collection.objects.published())
    assert (listed(page), page.matched) == (["open"], 1)


def test_the_count_is_carried_from_the_first_page():
    for name in "abc":
        a_home(name)
    first = collections(limit=1)
    a_home("d")
    assert collections(limit=1, token=first.next).matched == first.matched == 3


def test_too_many_are_not_counted(settings):
    settings.DJANGO_STAC = {"COUNT_BOUND": 2}
    for name in "abc":
        a_home(name)
    assert collections(limit=1).matched is None


def test_nothing_is_an_empty_page():
    page = collections()
    assert (page.rows, page.next, page.prev, page.matched) == ([], None, None, 0)


def test_one_statement_lists_them():
    a_home()
    with statements() as seen:
        collections()
    assert len(seen) == 1


def test_only_a_search_that_may_be_slow_is_held_to_a_time():
    a_home()
    with statements() as plain:
        collections(bbox=(0.0, 0.0, 1.0, 1.0), interval=parse_interval("2020-01-01T00:00:00Z"))
    with statements() as costly:
        collections(sort=by("-title"), filter=Operation("=", (Property("license"), Value("x"))))
    assert [text.split()[0] for text in plain] == ["SELECT"]
    assert [text.split()[0] for text in costly] == ["SAVEPOINT", "SET", "SELECT", "ROLLBACK", "RELEASE"]


def test_a_slow_search_is_given_up(settings):
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 20}
    a_home()
    slow = Collection.objects.annotate(slept=RawSQL("pg_sleep(1)::text", ())).filter(slept="")
    with pytest.raises(QueryTimeout):
        collections(visible=slow, sort=by("-id"))


def test_a_strange_token_is_refused():
    with pytest.raises(InvalidParameter):
        collections(token="strange")


def test_an_id_too_long_for_a_token_leads_to_the_next_page_all_the_same():
    ids = ['"' * 2_000 + letter for letter in "ab"]
    for name in ids:
        a_home(name)
    second = collections(limit=1, token=collections(limit=1).next)
    assert listed(second) == ids[1:]
    assert listed(collections(limit=1, token=second.prev)) == ids[:1]


def test_a_digest_that_no_collection_has_is_refused():
    a_home("a")
    a_home("b")
    cursor = decode(collections(limit=1).next, query=fingerprint(SearchQuery(limit=1)))
    with pytest.raises(InvalidParameter, match="changed or gone"):
        collections(token=encode(replace(cursor, keys=("long" * 1_000,))))


def test_a_token_of_a_search_of_items_is_refused():
    a_home("a")
    a_home("b")
    with pytest.raises(InvalidParameter, match="token"):
        search(token=collections(limit=1).next)


def test_a_token_of_another_search_is_refused():
    a_home("a")
    a_home("b")
    with pytest.raises(InvalidParameter, match="belongs to another search"):
        collections(token=collections(limit=1).next, bbox=(0.0, 0.0, 1.0, 1.0))


@pytest.fixture
def regions():
    """One a region and a decade."""
    for name, box, interval in [
        ("alps", [10, 45, 11, 46], ["2000-01-01T00:00:00Z", "2009-12-31T00:00:00Z"]),
        ("fiji", [177, -18, -178, -16], ["2010-01-01T00:00:00Z", None]),
        ("world", [-180, -90, 180, 90], [None, None]),
    ]:
        put_collection(name, extent={"spatial": {"bbox": [box]}, "temporal": {"interval": [interval]}})


def test_a_box_finds_extents_on_both_sides_of_the_antimeridian(regions):
    assert listed(collections(bbox=(179.0, -17.0, -179.0, -16.5))) == ["fiji", "world"]


def test_time_finds_open_ends(regions):
    assert listed(collections(interval=parse_interval("2030-01-01T00:00:00Z/.."))) == ["fiji", "world"]
    assert listed(collections(interval=parse_interval("2009-12-31T00:00:00Z"))) == ["alps", "world"]


def test_all_conditions_hold_together_and_are_counted(regions):
    asked = {"bbox": (10.0, 45.0, 11.0, 46.0), "interval": parse_interval("2005-01-01T00:00:00Z")}
    first = collections(limit=1, **asked)
    second = collections(limit=1, token=first.next, **asked)
    assert (listed(first), listed(second), second.next, second.matched) == (["alps"], ["world"], None, 2)


# Filters


def filtered(op, *args):
    """The ids that a filter finds; texts that begin with @ are names."""
    nodes = tuple(Property(arg[1:]) if isinstance(arg, str) and arg[0] == "@" else as_node(arg) for arg in args)
    return listed(collections(filter=Operation(op, nodes)))


def as_node(arg):
    return Array(tuple(map(Value, arg))) if isinstance(arg, list) else Value(arg)


@pytest.fixture
def shelf(db):
    put_collection(
        "s2", keywords=["optical"], summaries={"platform": ["s2a", "s2b"], "gsd": {"minimum": 10, "maximum": 60}}
    )
    put_collection(
        "dem", keywords=["relief"], summaries={"gsd": {"minimum": 30, "maximum": 30}}, **{"sci:doi": "10.1/2"}
    )
    put_collection("hidden", published=False, **{"my:secret": 1})


@pytest.mark.parametrize(
    ("op", "args", "expected"),
    [
        ("=", ("@id", "dem"), ["dem"]),
        ("like", ("@title", "S%"), ["s2"]),
        ("=", ("@license", "CC-BY-4.0"), ["dem", "hidden", "s2"]),
        ("a_contains", ("@keywords", ["relief"]), ["dem"]),
        ("a_overlaps", ("@platform", ["s2b", "s2c"]), ["s2"]),
        (">=", ("@gsd.minimum", 30), ["dem"]),
        ("isNull", ("@sci:doi",), ["hidden", "s2"]),
        ("=", ("@properties.sci:doi", "10.1/2"), ["dem"]),
    ],
)
def test_filters_name_columns_members_and_summaries(shelf, op, args, expected):
    assert filtered(op, *args) == expected


@pytest.mark.parametrize("name", ["keyword", "my:secret"])
def test_a_name_that_is_nothing_here_or_hidden_is_refused_with_what_is_alike(shelf, name):
    with pytest.raises(InvalidParameter, match=f"`{name}` is no queryable here"):
        collections(visible=Collection.objects.published(), filter=Operation("=", (Property(name), Value(1))))


def test_a_filter_on_time_takes_open_ends_for_infinite(regions):
    since_2030 = Interval(Timestamp(parse_instant("2030-01-01T00:00:00Z")), None)
    asked = Operation("t_intersects", (Property("datetime"), since_2030))
    assert listed(collections(filter=asked)) == ["fiji", "world"]


def test_a_filter_on_place_sees_the_extent(regions):
    asked = Operation("s_within", (Property("geometry"), BBox((170.0, -20.0, -170.0, -10.0))))
    assert listed(collections(filter=asked)) == ["fiji"]


# Orders


def by(*names):
    return tuple(SortKey(name.lstrip("-"), name.startswith("-")) for name in names)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["-id"], ["s2", "hidden", "dem"]),
        (["title"], ["dem", "hidden", "s2"]),
        (["gsd.minimum"], ["s2", "dem", "hidden"]),
        (["-gsd.minimum"], ["dem", "s2", "hidden"]),
        (["license", "-id"], ["s2", "hidden", "dem"]),
    ],
)
def test_what_has_no_value_comes_last_either_way(shelf, names, expected):
    assert listed(collections(sort=by(*names))) == expected


def test_times_are_ordered_as_times(regions):
    assert listed(collections(sort=by("datetime"))) == ["alps", "fiji", "world"]
    assert listed(collections(sort=by("-start_datetime"))) == ["fiji", "alps", "world"]


@pytest.mark.parametrize(("name", "reason"), [("keywords", "cannot be sorted by"), ("titel", "alike are title")])
def test_what_has_no_order_is_refused(shelf, name, reason):
    with pytest.raises(InvalidParameter, match=reason):
        collections(sort=by(name))


# Free text


def test_texts_of_any_length_may_stand_beside_what_is_searched():
    many = [f"w{number}x" for number in range(100_000)]
    put_collection("long", description=" ".join(many), keywords=many)
    put_collection("odd", keywords=["a" * 9_000, "snow " * 9_000, "ice"])
    assert worded("w1x w400x snow") == ["long"]
    assert worded("ice") == ["odd"]


def worded(text):
    return listed(collections(words=words.parse(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SENTINEL", ["sentinel-2-l2a"]),
        ("sentinel-2-l2a", ["sentinel-2-l2a"]),
        ("surface reflectance,nothing", ["sentinel-2-l2a"]),
        ("reflectance surface,nothing", []),
        ("reflectance relief", ["glo-30", "sentinel-2-l2a"]),
        ("+heights -reflectance", ["glo-30"]),
        ("reflectance AND heights", []),
        ("snow", ["sentinel-2-l2a"]),
        ("producer", []),
        ("...", []),
    ],
)
def test_words_are_looked_for_in_id_title_description_and_keywords(db, text, found):
    put_collection("sentinel-2-l2a", title="Surface Reflectance", description="From space.", keywords=["snow", "ice"])
    put_collection("glo-30", title="", description="Heights of relief.", providers=[{"name": "producer"}])
    assert worded(text) == found
