"""Problems counted by what is wrong."""

import pytest

from django_stac.management.tally import OTHERS, Tally, kind_of
from django_stac.validation.extensions import Findings
from django_stac.validation.problems import Problem


def tallied(*documents):
    tally = Tally()
    firsts = [tally.add(str(number), Findings(problems=list(each))) for number, each in enumerate(documents)]
    return tally, firsts


@pytest.mark.parametrize(
    ("pointer", "message", "kind"),
    [
        ("/links/3/href", "must be text; got 7", ("/links/*/href", "must be text")),
        ("/links/12", "x", ("/links/*", "x")),
        ("/assets/B1/href", "must be text; got 'a; got b'", ("/assets/B1/href", "must be text")),
        ("/a", "must be at most 1; got 2 (eo v2.0.0)", ("/a", "must be at most 1 (eo v2.0.0)")),
        ("", "is missing", ("", "is missing")),
    ],
)
def test_values_and_numbers_of_members_make_no_kind(pointer, message, kind):
    assert kind_of(pointer, message) == kind


def test_the_first_documents_of_each_kind_are_named():
    wrong = [Problem("/id", "must not be empty; got ''")]
    tally, firsts = tallied(wrong, wrong, wrong, wrong, [Problem("/x", "y")])
    assert firsts == [True, True, True, False, True]
    assert tally.as_dict()["problems"] == [
        {"pointer": "/id", "message": "must not be empty", "count": 4, "examples": ["0", "1", "2"]},
        {"pointer": "/x", "message": "y", "count": 1, "examples": ["4"]},
    ]


def test_a_document_counts_once_a_kind():
    tally, _ = tallied([Problem(f"/links/{number}", "must be text") for number in range(5)])
    assert [each["count"] for each in tally.as_dict()["problems"]] == [1]


def test_people_read_the_most_frequent_first():
    tally, _ = tallied([Problem("", "rare")], *[[Problem("/a", "often")]] * 4)
    assert list(tally.lines()) == [
        "/a: often",
        "       4 times, such as in 1, 2, 3, …",
        "/: rare",
        "       1 times, such as in 0",
    ]


def test_what_was_not_checked_is_no_problem():
    tally = Tally()
    assert not tally.add("scene", Findings(unchecked={"https://a.b/c": "unknown"}))
    assert tally.as_dict() == {
        "problems": [],
        "unchecked": [{"extension": "https://a.b/c", "reason": "unknown", "count": 1, "examples": ["scene"]}],
    }


def test_kinds_without_end_fall_together(monkeypatch):
    monkeypatch.setattr("django_stac.management.tally.MOST_KINDS", 2)
    tally, _ = tallied(*([Problem("", f"{number}")] for number in range(5)))
    assert tally.problems[OTHERS].count == 3
