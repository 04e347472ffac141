"""A filter is written in one of two languages, GET's or POST's unless it is said."""

import pytest
from django.http import QueryDict

from django_stac.cql2 import json, text
from django_stac.exceptions import InvalidParameter
from django_stac.search.languages import CRS84, names_in
from django_stac.search.parse import from_body, from_params

TEXT = "platform = 'a' AND eo:cloud_cover < 5"
TREE = text.parse(TEXT)


def asked(**members):
    return from_params({name.replace("_", "-"): value for name, value in members.items()}).filter


def posted(**members):
    return from_body({name.replace("_", "-"): value for name, value in members.items()}).filter


def test_a_url_holds_text_and_a_body_json_unless_it_is_said():
    assert asked(filter=TEXT) == posted(filter=json.write(TREE)) == TREE
    assert posted(filter=TEXT, filter_lang="cql2-text", filter_crs=CRS84) == TREE


def test_a_url_may_hold_json():
    written = '{"op": "isNull", "args": [{"property": "platform"}]}'
    assert asked(filter=written, filter_lang="cql2-json") == text.parse("platform IS NULL")


def test_json_that_is_read_as_text_is_told():
    with pytest.raises(InvalidParameter, match="looks like JSON: say so with `filter-lang` cql2-json"):
        asked(filter=' {"op": "isNull", "args": [{"property": "platform"}]}')


def test_percent_signs_of_a_url_are_decoded_once():
    assert from_params(QueryDict("filter=platform+LIKE+%27%25ba%25%27")).filter == text.parse("platform LIKE '%ba%'")


@pytest.mark.parametrize("content", [True, False])
def test_a_truth_value_is_a_filter(content):
    assert posted(filter=content) == json.parse(content)


def test_no_filter_is_none():
    assert posted(filter=None, filter_lang="cql2-text") is None
    assert asked(filter_lang="cql2-json", filter_crs=CRS84) is None


@pytest.mark.parametrize(
    ("members", "parameter"),
    [
        ({"filter": ""}, "filter"),
        ({"filter": "a ="}, "filter"),
        ({"filter": "{", "filter_lang": "cql2-json"}, "filter"),
        ({"filter": "a = 1", "filter_lang": "cql2-json"}, "filter"),
        ({"filter": "a = 1", "filter_lang": "CQL2-TEXT"}, "filter-lang"),
        ({"filter": "a = 1", "filter_crs": "EPSG:4326"}, "filter-crs"),
        ({"filter_lang": ""}, "filter-lang"),
    ],
)
def test_what_is_no_filter_is_refused(members, parameter):
    for ask in (asked, posted):
        with pytest.raises(InvalidParameter) as caught:
            ask(**members)
        assert caught.value.parameter == parameter


@pytest.mark.parametrize("content", [5, [], {}, {"op": "="}, "a = 1"])
def test_other_json_is_no_filter(content):
    with pytest.raises(InvalidParameter, match=r"^filter: "):
        posted(filter=content)


def test_the_place_in_json_is_a_pointer_into_the_body():
    with pytest.raises(InvalidParameter) as caught:
        posted(filter={"op": "not", "args": [{"op": "below", "args": {}}]})
    assert caught.value.pointer.startswith("/filter/args/0")


def test_all_names_of_a_filter_are_known_wherever_they_stand():
    written = "a = b + 1 OR c IN (d, 1) AND T_DURING(e, INTERVAL(f, '..')) AND NOT CASEI(g) LIKE 'x' OR S_WITHIN(h, h)"
    assert set(names_in(text.parse(written))) == set("abcdefgh")
