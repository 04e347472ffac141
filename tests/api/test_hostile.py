"""Whatever is asked, by whoever, is answered: what is no question is 400 with a short sentence, and nothing is 500."""

import json
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from django_stac import transactions
from django_stac.api.urls import urlpatterns
from django_stac.api.views.asked_by_body import AskedByBody
from tests.api.asking import url
from tests.factories import an_item, put, put_catalog

PLACES = {
    "catalog_id": "shelf", "collection_id": "scenes", "item_id": "a", "date": "2024", "noun": "catalogs",
    "storage": "scenes", "path": "none", "number": "1",
}  # fmt: skip
READ = [pattern for pattern in urlpatterns if "get" in getattr(pattern.callback, "actions", {})]
ROUTES = {pattern.name: pattern for pattern in READ}
POSTED = sorted(name for name, pattern in ROUTES.items() if issubclass(pattern.callback.cls, AskedByBody))
FREE_TEXTS = {"ids", "collections", "fields", "q", "after", "from", "before", "lang"}
"""What may hold any text: it is found nowhere."""

HUGE = {
    "parentheses": "(" * 100_000,
    "balanced": "(" * 50_000 + ")" * 50_000,
    "a megabyte": "x" * 1_000_000,
    "deep": "[" * 10_000 + "]" * 10_000,
    "deep objects": '{"op": "not", "args": [' * 10_000 + "true" + "]}" * 10_000,
    "not closed": "'" + "a" * 1_000,
    "exponent": "1e999999999",
    "digits": "9" * 100_000,
    "NUL": "a\0b",
    "chain": "a = 1 AND " * 50_000 + "a = 1",
    "wide": json.dumps({f"p{number}": 1 for number in range(20_000)}),
    "slashes": "/" * 100_000,
}
WRONG = [True, 5, -1.5, 1e308, 2**63, [[[]]], [{}], [None], {"a": {}}, ["a", 1], ["a\0"], ["x"] * 20_000, "\0", "["]


@pytest.fixture
def stored(db):
    """One of each resource, and what is observed of the items."""
    put(an_item("a", properties={"platform": "p", "eo:cloud_cover": 1}))
    put_catalog("shelf")
    transactions.derive()


def path_of(name):
    """The path of a route at the resource that is stored."""
    converters = ROUTES[name].pattern.converters
    return url(name, *(PLACES[place] for place in converters))


def parameters_of(name):
    view = ROUTES[name].callback
    return view.cls.operations[view.actions["get"]].parameters or ()


def refused(response):
    """Whether it is a client's error that says so in few words."""
    body = response.json()
    return (
        400 <= response.status_code < 500 and 10 < len(body["description"]) <= 2_003 and len(response.content) < 13_000
    )


EACH = [(name, parameter) for name in ROUTES for parameter in parameters_of(name)]


@pytest.mark.parametrize(("name", "parameter"), EACH)
def test_huge_parameters_are_refused(stored, name, parameter):
    asked = {label: Client().get(path_of(name), {parameter: text}) for label, text in HUGE.items()}
    assert {label: answer.status_code for label, answer in asked.items() if answer.status_code >= 500} == {}
    if parameter not in FREE_TEXTS:
        assert [label for label, answer in asked.items() if not refused(answer)] == []


@pytest.mark.parametrize("sent", ["%ED%A0%80", "%FF%FE", "%", "%2", "%00", "%C0%80", "&&=&", "%26=%3D"])
@pytest.mark.parametrize("name", ROUTES)
def test_what_is_no_text_is_no_error_of_ours(stored, name, sent):
    for query in (f"filter={sent}", f"{sent}=1", f"q={sent}&ids={sent}&sortby={sent}&token={sent}&datetime={sent}"):
        assert Client().get(f"{path_of(name)}?{query}").status_code < 500


@pytest.mark.parametrize("text", ["(", "\0", "\ud800", "<script>", "'", "\N{ZERO WIDTH SPACE}", " "])
@pytest.mark.parametrize("name", ROUTES)
def test_pages_for_people_show_whatever_was_asked(stored, name, text):
    for parameter in parameters_of(name):
        sent = quote(text, errors="surrogatepass")
        answer = Client().get(f"{path_of(name)}?{parameter}={sent}", headers={"accept": "text/html"})
        assert answer.status_code < 500
        assert b"<script>" not in answer.content or text != "<script>"


@pytest.mark.parametrize("name", ROUTES)
def test_all_parameters_at_once_are_refused_or_answered(stored, name):
    for text in ("1", "(", "\0", "scenes"):
        assert Client().get(path_of(name), dict.fromkeys(parameters_of(name), text)).status_code < 500


@pytest.mark.parametrize("name", sorted({name for name, _ in EACH}))
def test_a_parameter_that_is_repeated_is_refused(stored, name):
    for parameter in parameters_of(name):
        assert refused(Client().get(f"{path_of(name)}?{parameter}=1&{parameter}=2"))


@pytest.mark.parametrize("name", POSTED)
def test_huge_members_are_refused(stored, name):
    for member in parameters_of(name):
        for label, text in HUGE.items():
            answer = post(name, json.dumps({member: text}))
            assert answer.status_code < 500, (member, label)
            assert member in FREE_TEXTS or refused(answer), (member, label)


@pytest.mark.parametrize("name", POSTED)
def test_members_of_another_type_are_refused(stored, name):
    for member in parameters_of(name):
        answers = {repr(value)[:20]: post(name, json.dumps({member: value})) for value in WRONG}
        assert {value: answer.content for value, answer in answers.items() if answer.status_code >= 500} == {}
        assert sum(refused(answer) for answer in answers.values()) >= len(WRONG) - 3, member


@pytest.mark.parametrize(
    "body",
    [
        "null", "[]", '"a"', "1", "{", '{"filter": {"op": "and", "args": [', '{"limit": 1, "limit": 2}',
        '{"a\\u0000": 1}', '{"ids": ["\\ud800"]}',
        '{"filter": "\\ud800"}', '{"\\ud800": 1}', '{"limit": 1e400}', '{"limit": NaN}',
        b'{"ids": ["\xff"]}', '{"ids": ["a\\u0000"]}', "[" * 10_000, "[" * 10_000 + "]" * 10_000,
        '{"filter": ' + '{"op": "not", "args": [' * 10_000 + "true" + "]}" * 10_000 + "}",
        "{" + ",".join(f'"k{number}": 1' for number in range(20_000)) + "}",
    ],
    ids=lambda body: repr(body)[:30],
)  # fmt: skip
@pytest.mark.parametrize("name", POSTED)
def test_bodies_that_are_no_question_are_refused(stored, name, body):
    assert refused(post(name, body))


def post(name, body):
    return Client().post(path_of(name), body, content_type="application/json")


def at_random(**parts):
    """Made up afresh, not for long, with what is stored once for all."""
    several = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
    return lambda test: several(given(**parts)(test))


WORDS = st.sampled_from([
    "op", "args", "property", "=", "and", "eo:cloud_cover", "datetime", "geometry", "s_intersects", "t_after", "casei",
    "in", "type", "Point", "Polygon", "coordinates", "interval", "timestamp", "bbox", "..", "include", "field",
    "direction",
    "asc", "eq", "lt", "^", "/", "like", "%", "2024-01-01T00:00:00Z", "scenes", "total_count",
])  # fmt: skip
TEXTS = WORDS | st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)
QUERY = st.lists(TEXTS | st.sampled_from(list("()'\",<>=+-*/^ \\")), max_size=12).map(" ".join)
MEMBERS = sorted({parameter for name in POSTED for parameter in parameters_of(name)})


@example(name="search", asked={"filter": {"op": "=", "args": [{"property": "eo:cloud_cover"}, -(2**63)]}})
@at_random(
    name=st.sampled_from(POSTED), asked=st.dictionaries(st.sampled_from(MEMBERS), VALUES, min_size=1, max_size=4)
)
def test_no_body_is_an_error_of_ours(stored, name, asked):
    asked = {member: value for member, value in asked.items() if member in parameters_of(name)}
    assert post(name, json.dumps(asked)).status_code < 500


@at_random(place=st.sampled_from(EACH), text=QUERY, accept=st.sampled_from(["*/*", "text/html"]))
def test_no_parameter_is_an_error_of_ours(stored, place, text, accept):
    name, parameter = place
    assert Client().get(path_of(name), {parameter: text}, headers={"accept": accept}).status_code < 500
