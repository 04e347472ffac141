"""What a search of collections may name."""

from django_stac.cql2.queryables import Kind
from django_stac.models import Collection
from django_stac.search.names.collection_scope import observed, queryables_of_collections, target_of
from tests.factories import put_collection
from tests.statements import statements


def found(*values):
    """A property that collections have with these values; None where it is none."""
    for number, value in enumerate(values):
        put_collection(f"c{number}", **{"my:x": value})
    return observed(Collection.objects.all(), ["my:x"]).get("my:x")


def test_a_kind_is_what_is_found(db):
    put_collection(**{"a:n": 1.5, "a:b": True, "a:t": "x", "a:d": "2020-01-31", "a:i": "2020-01-31T00:00:00Z"})
    seen = observed(Collection.objects.all())
    assert [seen[f"a:{name}"].kind for name in "nbtdi"] == [
        Kind.NUMBER,
        Kind.BOOLEAN,
        Kind.TEXT,
        Kind.DATE,
        Kind.INSTANT,
    ]


def test_what_differs_is_of_any_kind(db):
    assert (found("x", 1).kind, found("x", 1).schema) == (Kind.ANY, {"type": ["number", "string"]})


def test_times_among_texts_are_texts(db):
    assert found("2020-01-31", "2020-01-31T00:00:00Z", "never").kind is Kind.TEXT


def test_what_looks_like_a_day_but_is_none_is_a_text(db):
    assert found("abcd-ef-gh").kind is Kind.TEXT


def test_null_is_absent(db):
    assert found(None) is None


def test_known_names_need_not_occur(db):
    known = queryables_of_collections(Collection.objects.all()).known
    assert (known["keywords"].kind, known["geometry"].kind, known["updated"].kind) == (
        Kind.ARRAY, Kind.GEOMETRY, Kind.INSTANT,
    )  # fmt: skip
    assert [name for name, each in known.items() if "type" not in each.schema] == ["geometry"]


def test_summaries_and_their_ranges_have_names(db):
    put_collection(summaries={"platform": ["s2a"], "gsd": {"minimum": 10, "maximum": 60}})
    known = queryables_of_collections(Collection.objects.all()).known
    assert (known["platform"].kind, known["gsd.minimum"].kind) == (Kind.ARRAY, Kind.NUMBER)


def test_hidden_collections_are_not_looked_at(db):
    put_collection("hidden", published=False, **{"my:secret": 1})
    assert "my:secret" not in queryables_of_collections(Collection.objects.published()).known
    assert target_of(Collection.objects.published(), ["my:secret"]).queryables.get("my:secret") is None


def test_nothing_visible_is_nothing_known_but_the_specification(db):
    put_collection(**{"my:x": 1})
    assert "my:x" not in queryables_of_collections(Collection.objects.none()).known


def test_known_names_cost_no_statement_and_others_one(db):
    put_collection(**{"my:x": 1})
    with statements() as none:
        target_of(Collection.objects.all(), ["title", "properties.updated"])
    with statements() as one:
        target_of(Collection.objects.all(), ["properties.my:x", "id"])
    assert (none, len(one)) == ([], 1)


def test_a_wrong_name_brings_all_names_so_that_one_can_be_suggested(db):
    put_collection(**{"my:number": 1})
    assert target_of(Collection.objects.all(), ["my:nmber"]).queryables.like("my:nmber") == ["my:number"]
