"""The command ``stac_index``: properties become fast, what is searched is listed, what nobody needs goes."""

import json
import random
import string
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from django_stac import transactions
from django_stac.exceptions import InvalidDocument
from django_stac.models import SearchedProperty
from django_stac.search.names import indexes
from django_stac.search.words import parse
from tests.factories import an_item, put
from tests.search.asking import search

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_index_stays():
    yield
    for each in indexes.property_indexes("default"):
        indexes.drop_index(each.name, "default")


@pytest.fixture
def items():
    """Items whose facts are known."""
    put(
        *(
            an_item(f"{number}", **{"eo:cloud_cover": number, "properties": {"platform": "a", "x": []}})
            for number in range(3)
        )
    )
    transactions.derive()


def index(*names, **options):
    out = StringIO()
    call_command("stac_index", *names, json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def refused(*names, **options):
    """What the command says when it fails, and its exit code."""
    err = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("stac_index", *names, stdout=StringIO(), stderr=err, **options)
    return f"{caught.value} {err.getvalue()}", caught.value.returncode


def indexed():
    return {each.property: each.kind.value for each in indexes.property_indexes("default")}


def searched(name, *, days=0, searches=5):
    moment = datetime.now(UTC) - timedelta(days=days)
    SearchedProperty.objects.create(name=name, searches=searches, last_searched=moment)


def test_properties_get_indexes_of_the_kind_that_items_hold(items):
    assert index("eo:cloud_cover", "platform")["created"] == 2
    assert indexed() == {"eo:cloud_cover": "number", "platform": "text"}


def test_a_second_run_changes_nothing(items):
    index("platform")
    assert (index("platform")["unchanged"], len(indexed())) == (1, 1)


def test_the_prefix_of_a_filter_is_no_part_of_the_name(items):
    index("properties.platform", "properties.my:grade", kind="text")
    assert indexed() == {"platform": "text", "my:grade": "text"}
    index("properties.platform", drop=True)
    assert indexed() == {"my:grade": "text"}


def test_a_kind_may_be_said(items):
    index("my:grade", kind="number")
    assert indexed() == {"my:grade": "number"}


@pytest.mark.parametrize(
    ("name", "words"), [("my:grade", "--kind"), ("x", "no order"), ("datetime", "column of its own"), ("id", "column")]
)
def test_what_cannot_be_indexed_fails_by_name_and_reason(items, name, words):
    said, code = refused(name)
    assert (name in said, words in said, code) == (True, True, 1)


def test_a_dry_run_makes_nothing(items):
    assert (index("platform", dry_run=True)["created"], indexed()) == (1, {})


def test_an_index_that_was_left_broken_is_made_again(items):
    index("platform")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass",
            [indexes.index_name("platform", indexes.Kind.TEXT)],
        )
    assert not indexes.property_indexes("default")[0].is_valid
    index("platform")
    assert indexes.property_indexes("default")[0].is_valid


def incompressible(length=20_000):
    return "".join(random.Random(1).choices(string.printable[:90], k=length))


def test_texts_too_long_for_an_index_are_told_and_leave_no_index_behind():
    put(an_item(properties={"sci:citation": incompressible()}))
    said, code = refused("sci:citation")
    assert ("sci:citation" in said, "too long for an index" in said, code) == (True, True, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'stac_property_%'")
        assert cursor.fetchone() == (0,)


def test_an_item_whose_text_is_too_long_for_an_index_is_refused_with_the_way_out(items):
    index("platform")
    too_long = an_item("long", properties={"platform": incompressible()})
    with pytest.raises(InvalidDocument, match="stac_index"):
        put(too_long)
    report = transactions.upsert_items([an_item("a"), an_item("b"), too_long, an_item("c"), an_item("1")])
    assert (report.created, report.updated, [each.source for each in report.failures]) == (3, 1, ["long"])


def test_a_named_index_is_dropped(items):
    index("platform")
    index("platform", drop=True)
    assert indexed() == {}


def test_dropping_what_has_no_index_fails(items):
    said, code = refused("platform", drop=True)
    assert ("no index" in said, code) == (True, 1)


@pytest.mark.parametrize(("days", "stays"), [(10, True), (40, False)])
def test_an_index_is_unused_when_its_property_was_long_not_searched(items, monkeypatch, days, stays):
    index("platform")
    searched("platform", days=days)
    age_all(monkeypatch)
    index(drop_unused=True)
    assert ("platform" in indexed()) is stays


def test_a_young_index_stays(items):
    index("platform")
    index(drop_unused=True)
    assert "platform" in indexed()


def age_all(monkeypatch):
    """Let all indexes be old."""
    with connection.cursor() as cursor:
        for each in indexes.property_indexes("default"):
            comment = json.dumps(
                {
                    "made_by": indexes.MARK,
                    "property": each.property,
                    "kind": each.kind,
                    "created": "2020-01-01T00:00:00+00:00",
                }
            )
            cursor.execute(f"COMMENT ON INDEX {each.name} IS '{comment}'")


def test_what_is_searched_is_listed_most_first_with_what_is_indexed(items):
    searched("platform", searches=2)
    searched("eo:cloud_cover", searches=7)
    index("gsd", kind="number")
    found = index("eo:cloud_cover")["properties"]
    assert [(each["property"], each["searches"], len(each["indexes"])) for each in found] == [
        ("eo:cloud_cover", 7, 1), ("platform", 2, 0), ("gsd", 0, 1),
    ]  # fmt: skip


def test_people_read_a_list(items):
    searched("platform")
    index("eo:cloud_cover")
    err = StringIO()
    call_command("stac_index", stdout=StringIO(), stderr=err)
    assert "not indexed: stac_index platform" in err.getvalue()
    assert "indexed as number" in err.getvalue()


def test_words_are_read_anew_in_the_configuration_of_the_site(items, settings):
    put(an_item("boats", properties={"title": "Two boats"}))
    settings.DJANGO_STAC = {"TEXT_SEARCH_CONFIG": "english"}
    assert index(words=True)["updated"] == 1
    assert found("boat") == ["boats"]
    settings.DJANGO_STAC = {}
    index(words=True)
    assert found("boat") == []


def found(words):
    return [row.item_id for row in search(words=parse(words)).rows]


@pytest.mark.parametrize("options", [{"drop": True}, {"drop_unused": True, "names": ["platform"]}])
def test_wrong_usage_is_told(options):
    names = options.pop("names", [])
    assert refused(*names, **options)[1] == 2


def test_the_timeout_of_the_site_is_back_afterwards(items):
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()
    index("platform")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == before
