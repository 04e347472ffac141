"""``q``: items by the words of their properties (STAC API - Free-Text Search)."""

import pytest

from django_stac.models.words import config_of_items
from django_stac.search.names.indexes import renew_words
from tests.api.asking import ask, follow, href, ids, search
from tests.factories import an_item, put

FOREST = {"title": "Forests of the Alps", "keywords": ["forest", "high resolution"]}
SEA = {"title": "Ice of the Arctic sea", "platform": "sentinel-1a", "providers": [{"name": "Polar Office"}]}


@pytest.fixture
def three(db):
    put(an_item("forest", properties=FOREST), an_item("sea", properties=SEA), an_item("wordless"))


def found(q, **asked):
    """The ids that a search finds, by GET for a text and by POST for an array."""
    response = search(q=q, **asked) if isinstance(q, str) else search({"q": q, **asked})
    assert response.status_code == 200, response.content
    return set(ids(response.json()))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("FORESTS", {"forest"}),
        ("ice alps", {"forest", "sea"}),
        ("ice,alps", {"forest", "sea"}),
        (["high resolution"], {"forest"}),
        (["resolution high"], set()),
        ('"Polar office"', {"sea"}),
        ("sentinel-1a", {"sea"}),
        ("of -ice", {"forest"}),
        ("+of alps -ice", {"forest"}),
        ("of AND (arctic OR antarctic)", {"sea"}),
        ("-of", {"wordless"}),
        ("nothing", set()),
        ("2024", set()),
        ("https", set()),
        ("!", set()),
    ],
)
def test_words_find_items(three, q, expected):
    assert found(q) == expected


def test_a_body_may_hold_an_expression(three):
    assert ids(search({"q": "ice AND arctic"}).json()) == ["sea"]


@pytest.mark.parametrize("body", [{"q": []}, {"q": None}, {}])
def test_no_words_restrict_nothing(three, body):
    assert len(ids(search(body).json())) == 3


def test_words_are_asked_for_together_with_everything_else(three):
    assert found("of", ids="sea,wordless") == {"sea"}
    assert found("of", bbox="100,0,110,10") == set()
    assert found("of", datetime="2024-06-01T10:00:00Z", collections="scenes") == {"forest", "sea"}
    assert ids(ask("items", "scenes", q="ice").json()) == ["sea"]


def test_pages_of_words_are_walked(three):
    first = search(q="of", limit="1").json()
    second = follow(href(first, "next")).json()
    assert {*ids(first), *ids(second)} == {"forest", "sea"}
    assert (first["numberMatched"], second["numberMatched"]) == (2, 2)


@pytest.mark.parametrize("other", ["of AND the", "alps", "-of", "of,alps"])
def test_a_place_belongs_to_its_words(three, other):
    token = href(search(q="of the", limit="1").json(), "next").split("token=")[1]
    assert search(q=other, limit="1", token=token).status_code == 400


def test_hidden_items_are_not_found(db):
    put(an_item("hidden", properties=SEA), published=False)
    page = search(q="ice").json()
    assert (ids(page), page["numberMatched"]) == ([], 0)


@pytest.fixture
def english(db, settings):
    """A site that stems words, and has not read its items anew."""
    settings.DJANGO_STAC = {**settings.DJANGO_STAC, "TEXT_SEARCH_CONFIG": "english"}
    yield
    config_of_items.cache_clear()


def test_words_are_read_in_the_language_of_the_site(english):
    renew_words("default")
    put(an_item("forest", properties=FOREST))
    assert found("alp") == found("foresting") == {"forest"}
    assert found("the") == set()


def test_until_items_are_read_anew_the_language_is_that_of_before(english, three):
    assert found("alp") == set()
    assert found("the alps") == {"forest", "sea"}


@pytest.mark.parametrize("q", ["a\0b", "", " ", ",", "(a", 'a "b', "a AND", "x" * 1001, "(" * 30, "a " * 51])
def test_what_makes_no_sense_is_refused(three, q):
    for response in (search(q=q), search({"q": q})):
        assert (response.status_code, response.json()["parameter"]) == (400, "q")


@pytest.mark.parametrize("q", [5, True, {"a": "b"}, [1], [["a"]], 1e308], ids=repr)
def test_a_body_with_other_things_is_refused(three, q):
    response = search({"q": q})
    assert (response.status_code, response.json()["parameter"]) == (400, "q")


@pytest.mark.parametrize("q", ["'", "a:*", "a & | ! b", "\\", "%", "<->", "a <-> b", "𓀀", "'); DROP TABLE x; --"])
def test_any_text_is_only_text(three, q):
    assert search({"q": [q]}).status_code == 200


def test_a_page_for_people_keeps_the_words(three):
    response = ask("search", q='"ice of"', f="html")
    assert response.status_code == 200
    assert 'name="q" value="&quot;ice of&quot;"' in response.content.decode()
    assert b"/items/sea" in response.content


def test_a_form_whose_words_are_left_empty_searches_without_them(three):
    response = ask("search", q="", datetime="2024-06-01T10:00:00Z", f="html")
    assert (response.status_code, response["Location"]) == (303, "?datetime=2024-06-01T10:00:00Z&f=html")
