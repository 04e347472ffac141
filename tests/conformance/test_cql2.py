"""The classes of CQL2 through HTTP: a test a class, named after it, and the whole of the standard's suite."""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import connection

from django_stac import transactions
from django_stac.spec.conformance import Conformance
from django_stac.transfer.load import LoadOptions, load
from tests.api.asking import ask, ids, search
from tests.factories import an_item, put
from tests.shared import SHARED, needs_shared

SUITE = SHARED / "conformance" / "cql2_ats"
CASES = json.loads((SUITE / "cases.json").read_text()) if SUITE.is_dir() else {}
PREDICATES = [*CASES.get("counted_cases", []), *CASES.get("counted_logical", [])]


@pytest.fixture(scope="module")
def layers(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Countries, places and rivers as items of a collection each, and what is observed of their properties."""
    with django_db_blocker.unblock():
        assert load([SUITE / "stac"], LoadOptions()).created == 436
        transactions.derive()
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE django_stac_item, django_stac_collection CASCADE")


def of_suite(test):
    """Every predicate, in both languages."""
    cases = pytest.mark.parametrize("case", PREDICATES, ids=[case["id"] for case in PREDICATES])
    languages = pytest.mark.parametrize("language", ["cql2-text", "cql2-json"])
    return needs_shared(pytest.mark.django_db(cases(languages(test))))


def written(case, language: str) -> str:
    """A predicate as a text; the geometry has the name that it has in STAC."""
    text = case["filter_text"] if language == "cql2-text" else json.dumps(case["filter_json"])
    return re.sub(r"\bgeom\b", "geometry", text)


@of_suite
def test_a_predicate_of_the_suite_gives_its_count(layers, case, language):
    asked = {"filter": written(case, language), "filter-lang": language, "limit": 1}
    response = ask("items", case["data_source"], **asked)
    assert response.json().get("numberMatched") == case["expected_count"], response.content


@of_suite
def test_a_predicate_of_the_suite_gives_its_count_by_post(layers, case, language):
    text = written(case, language)
    asked = {"filter": text if language == "cql2-text" else json.loads(text), "filter-lang": language, "limit": 1}
    response = search({"collections": [case["data_source"]], **asked})
    assert response.json().get("numberMatched") == case["expected_count"], response.content


@pytest.fixture
def scenes(db):
    """Four scenes that differ in what the classes ask for."""
    winter, summer = "2024-01-01T00:00:00Z", "2024-07-01T00:00:00Z"
    put(
        an_item("a", properties={"platform": "Straße", "eo:cloud_cover": 10, "instruments": ["oli", "tirs"]}),
        an_item("b", properties={"platform": "ZÜRICH", "eo:cloud_cover": 20, "gsd": 10}, datetime=winter),
        an_item("c", properties={"platform": "zurich", "eo:cloud_cover": 30, "gsd": 30}, datetime=summer),
        an_item("d", properties={}, geometry={"type": "Point", "coordinates": [179.5, 0]}),
    )


def declared(member: Conformance) -> bool:
    return member in ask("conformance").json()["conformsTo"]


def found(filter_text: str) -> list[str]:
    """The ids of the items that a filter lets through."""
    response = search(filter=filter_text, collections="scenes")
    assert response.status_code == 200, response.content
    return sorted(ids(response.json()))


def test_conforms_to_cql2_text(scenes):
    assert declared(Conformance.CQL2_TEXT)
    assert found("platform = 'ZÜRICH'") == ["b"]


def test_conforms_to_cql2_json(scenes):
    assert declared(Conformance.CQL2_JSON)
    asked = {"op": "=", "args": [{"property": "platform"}, "ZÜRICH"]}
    assert ids(search({"filter": asked, "collections": "scenes"}).json()) == ["b"]
    assert ids(search(filter=json.dumps(asked), **{"filter-lang": "cql2-json"}).json()) == ["b"]


def test_conforms_to_basic_cql2(scenes):
    assert declared(Conformance.BASIC_CQL2)
    assert found("eo:cloud_cover >= 20 AND NOT eo:cloud_cover = 30 OR platform IS NULL") == ["b", "d"]
    assert found("datetime < TIMESTAMP('2024-03-01T00:00:00Z')") == ["b"]


def test_conforms_to_advanced_comparison_operators(scenes):
    assert declared(Conformance.ADVANCED_COMPARISON_OPERATORS)
    assert found("platform LIKE 'z%'") == ["c"]
    assert found("eo:cloud_cover BETWEEN 10 AND 20 AND eo:cloud_cover IN (20, 30)") == ["b"]


def test_conforms_to_case_insensitive_comparison(scenes):
    assert declared(Conformance.CASE_INSENSITIVE_COMPARISON)
    assert found("CASEI(platform) = casei('STRASSE')") == ["a"]


def test_conforms_to_accent_insensitive_comparison(scenes):
    assert declared(Conformance.ACCENT_INSENSITIVE_COMPARISON)
    assert found("CASEI(ACCENTI(platform)) = casei(accenti('zürich'))") == ["b", "c"]


def test_conforms_to_basic_spatial_functions(scenes):
    assert declared(Conformance.BASIC_SPATIAL_FUNCTIONS)
    assert found("S_INTERSECTS(geometry, POINT(10.5 45.5))") == ["a", "b", "c"]
    assert found("S_INTERSECTS(geometry, BBOX(179, -1, -179, 1))") == ["d"]


def test_conforms_to_basic_spatial_functions_plus(scenes):
    assert declared(Conformance.BASIC_SPATIAL_FUNCTIONS_PLUS)
    assert found("S_INTERSECTS(geometry, LINESTRING(179 -1, 180 1))") == ["d"]


def test_conforms_to_spatial_functions(scenes):
    assert declared(Conformance.SPATIAL_FUNCTIONS)
    assert found("S_DISJOINT(geometry, POLYGON((0 40, 20 40, 20 50, 0 50, 0 40)))") == ["d"]


def test_conforms_to_temporal_functions(scenes):
    assert declared(Conformance.TEMPORAL_FUNCTIONS)
    assert found("T_INTERSECTS(datetime, INTERVAL('2024-06-15', '..'))") == ["c"]
    assert found("T_BEFORE(datetime, DATE('2024-02-01'))") == ["b"]


def test_conforms_to_array_functions(scenes):
    assert declared(Conformance.ARRAY_FUNCTIONS)
    assert found("A_CONTAINS(instruments, ('tirs'))") == ["a"]


def test_conforms_to_property_property(scenes):
    assert declared(Conformance.PROPERTY_PROPERTY)
    assert found("gsd = eo:cloud_cover") == ["c"]
    assert found("20 > eo:cloud_cover") == ["a"]


def test_conforms_to_functions(scenes):
    assert declared(Conformance.FUNCTIONS)
    assert found("month(datetime) = 7 OR upper(platform) LIKE 'ZÜ%' AND length(platform) < 7") == ["b", "c"]


def test_conforms_to_arithmetic(scenes):
    assert declared(Conformance.ARITHMETIC)
    assert found("eo:cloud_cover = gsd * 2") == ["b"]
