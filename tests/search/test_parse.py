"""Parameters of GET and members of POST become one query, or are refused with a sentence."""

import json

import pytest
from django.http import QueryDict

from django_stac.exceptions import InvalidParameter
from django_stac.search.parse import CHECKS, MAX_NAMES, from_body, from_params
from django_stac.search.shape import MAX_POSITIONS
from tests.search.asking import at, point

BOWTIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def refusal(asked) -> InvalidParameter:
    """What is raised for a query string or a body."""
    with pytest.raises(InvalidParameter) as caught:
        from_params(QueryDict(asked)) if isinstance(asked, str) else from_body(asked)
    return caught.value


def test_nothing_asked_is_the_first_page_of_everything():
    query = from_params(QueryDict(""))
    assert query == from_body({})
    assert (query.limit, query.collections, query.bbox, query.token) == (100, (), None, None)


def test_both_ways_of_asking_give_the_same_query():
    text = "collections=a,b&ids=x&bbox=1, 2, 3, 4&datetime=2020-01-01T00:00:00Z/..&limit=5"
    body = {"collections": ["a", "b"], "ids": ["x"], "bbox": [1, 2, 3, 4], "limit": 5}
    assert from_params(QueryDict(text)) == from_body({**body, "datetime": "2020-01-01T00:00:00Z/.."})


def test_the_path_names_the_collection():
    assert from_params(QueryDict("collections=other"), collection="mine").collections == ("mine",)


@pytest.mark.parametrize("asked", ["collections=&ids=", {"collections": [], "ids": []}])
def test_empty_lists_restrict_nothing(asked):
    query = from_params(QueryDict(asked)) if isinstance(asked, str) else from_body(asked)
    assert (query.collections, query.ids) == ((), ())


def test_a_bare_text_in_a_body_is_a_list_of_one():
    assert from_body({"collections": "a,b", "ids": "x"}).collections == ("a,b",)


def test_null_members_count_as_absent():
    assert from_body(dict.fromkeys(CHECKS)) == from_body({})


def test_names_are_kept_once():
    assert from_params(QueryDict("ids=b,a,b")).ids == ("b", "a")


@pytest.mark.parametrize(
    "value",
    [["x"] * (MAX_NAMES + 1), [1], ["a\0b"], ["\ud800"], {"a": 1}, 5, [None]],
    ids=lambda value: repr(value)[:9],
)
@pytest.mark.parametrize("name", ["ids", "collections"])
def test_lists_of_other_things_than_ids_are_refused(name, value):
    assert refusal({name: value}).parameter == name


def test_five_thousand_ids_are_welcome():
    assert len(from_body({"ids": [str(number) for number in range(5_000)]}).ids) == 5_000


@pytest.mark.parametrize("name", ["ids", "collections", "bbox"])
def test_brackets_in_a_url_are_refused(name):
    assert "takes no brackets" in refusal(f"{name}=[1,2,3,4]").reason


@pytest.mark.parametrize("text", ["1,2,3,4", " 1 , 2 ,3, 4 ", "1,2,-10,3,4,10", "+1,2.,3e0,.4e1"])
def test_a_box_is_four_numbers_or_six_with_heights(text):
    assert from_params(QueryDict(), collection="c").bbox is None
    assert from_params({"bbox": text}).bbox == (1.0, 2.0, 3.0, 4.0)


@pytest.mark.parametrize(
    "text",
    ["", "1,2", "1,2,3", "1,2,3,4,5", "1,2,3,4,5,6,7", "a,2,3,4", "nan,2,3,4", "inf,2,3,4", "1_0,2,3,4", "1,2,,4",
     "1,4,3,2", "1,-91,3,4", "-181,2,3,4", "1,2,9,3,4,8", "\u0661,2,3,4", "1e999,2,3,4"],
)  # fmt: skip
def test_what_is_no_box_is_refused(text):
    assert refusal(f"bbox={text}").parameter == "bbox"


@pytest.mark.parametrize(
    "value", ["1,2,3,4", [1, 2, 3], [1, 2, 3, "4"], [1, 2, 3, True], [1, 2, 3, None], 7, [1, 2, 3, 10**400], {}]
)
def test_a_body_holds_a_box_as_numbers(value):
    assert refusal({"bbox": value}).parameter == "bbox"


def test_a_box_may_cross_the_antimeridian_and_have_no_area():
    assert from_params({"bbox": "170,0,-170,0"}).bbox == (170.0, 0.0, -170.0, 0.0)


def test_an_instant_is_an_interval_without_length():
    interval = from_params({"datetime": "2020-01-01t00:00:00.1234567z"}).interval
    assert interval.start == interval.end == at("2020-01-01T00:00:00.123456")


@pytest.mark.parametrize("text", ["../2020-01-01T00:00:00Z", "/2020-01-01T00:00:00Z"])
def test_one_end_of_an_interval_may_be_open(text):
    assert from_params({"datetime": text}).interval.start is None


@pytest.mark.parametrize(
    "text", ["", "/", "../..", "../", "2020-01-01", "2020-01-01T00:00:00", "2021-01-01T00:00:00Z/2020-01-01T00:00:00Z"]
)
def test_what_is_no_interval_is_refused(text):
    assert refusal({"datetime": text}).parameter == refusal(f"datetime={text}").parameter == "datetime"


def test_a_limit_above_the_maximum_is_lowered():
    assert from_params({"limit": "1000000"}).limit == from_body({"limit": 10**50}).limit == 10_000


@pytest.mark.parametrize("text", ["0", "-1", "ten", "1.5", "", "1e3", "\u0661", "9" * 101])
def test_a_limit_that_is_no_count_is_refused(text):
    assert refusal(f"limit={text}").parameter == "limit"


@pytest.mark.parametrize("value", [0, -1, "10", 1.0, True, [1]])
def test_a_body_holds_the_limit_as_an_integer(value):
    assert refusal({"limit": value}).parameter == "limit"


@pytest.mark.parametrize(
    "geometry",
    [
        point(0, 0),
        {"type": "MultiPoint", "coordinates": [[0, 0], [1, 1]]},
        {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1]]]},
        SQUARE,
        {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]},
        {"type": "GeometryCollection", "geometries": [SQUARE, point(5, 5)]},
    ],
    ids=lambda geometry: geometry["type"],
)
def test_every_geometry_of_geojson_may_be_met(geometry):
    assert from_params({"intersects": json.dumps(geometry)}).intersects == geometry
    assert from_body({"intersects": geometry | {"crs": "odd"}}).intersects == geometry


@pytest.mark.parametrize(
    ("geometry", "part"),
    [
        (BOWTIE, "Self-intersection"),
        ({"type": "LineString", "coordinates": [[0, 0], [0, 0]]}, "no valid LineString"),
        ({"type": "Polygon", "coordinates": [[0, 0], [1, 1], [0, 0]]}, "/coordinates/0"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "closed"),
        ({"type": "Point", "coordinates": [200, 0]}, "longitude"),
        ({"type": "Circle"}, "Circle"),
        ({"type": "Feature", "geometry": SQUARE}, "Feature"),
        ({"type": "GeometryCollection", "geometries": [BOWTIE]}, "Self-intersection"),
        ({"type": "MultiPoint", "coordinates": [[0, 0]] * (MAX_POSITIONS + 1)}, "simplify"),
        ("POINT(0 0)", "object"),
        ([], "object"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_sound_geometry_is_refused(geometry, part):
    refused = refusal({"intersects": geometry})
    assert refused.parameter == "intersects"
    assert part in refused.reason


@pytest.mark.parametrize("text", ["", "{", "POINT(0 0)", '{"type": "Point", "coordinates": [NaN, 0]}', "[" * 2000])
def test_a_geometry_in_a_url_is_json(text):
    assert refusal(f"intersects={text}").parameter == "intersects"


def test_a_box_and_a_geometry_are_not_asked_together():
    assert refusal({"bbox": [0, 0, 1, 1], "intersects": SQUARE}).parameter == "intersects"


@pytest.mark.parametrize("value", [5, ["a"], {}])
def test_a_token_is_text(value):
    assert refusal({"token": value}).parameter == "token"


def test_unknown_members_of_a_body_are_refused_by_name():
    refused = refusal({"colour": {}})
    assert refused.parameter == "colour"
    assert "bbox, collections, datetime" in refused.reason


def test_unknown_members_are_passed_over_where_the_site_says_so(settings):
    settings.DJANGO_STAC = {"STRICT_PARAMETERS": False}
    assert from_body({"colour": {}}) == from_body({})


@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_a_body_is_an_object(body):
    with pytest.raises(InvalidParameter, match="must be a JSON object"):
        from_body(body)
