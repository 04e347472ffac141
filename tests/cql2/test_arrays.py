"""Lists as sets."""

import pytest

from django_stac.cql2.compile import condition
from django_stac.cql2.tree import Array, CQL2Error, Operation, Property, Value
from tests.cql2.asking import TARGET, answers, refusal, some_rows

pytestmark = pytest.mark.django_db

STORED = [
    ["msi", "oli"], ["oli", "msi", "oli"], ["msi"], [], "msi", None, ["msi", ["oli"]], {"msi": 1}, [1, 1.0], ["1"],
]  # fmt: skip
"""One row each; the texts below say what is answered for each of them: true, false or nothing."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A_CONTAINS(instruments, ('msi'))", "TTTF--T-FF"),
        ("A_CONTAINS(instruments, ('msi', 'oli'))", "TTFF--F-FF"),
        ("A_CONTAINS(instruments, ())", "TTTT--T-TT"),
        ("A_CONTAINEDBY(instruments, ('msi', 'oli', 'x'))", "TTTT--F-FF"),
        ("A_CONTAINEDBY(instruments, ())", "FFFT--F-FF"),
        ("A_EQUALS(instruments, ('oli', 'msi'))", "TTFF--F-FF"),
        ("A_EQUALS(instruments, ('msi', 'msi'))", "FFTF--F-FF"),
        ("A_EQUALS(instruments, ())", "FFFT--F-FF"),
        ("A_EQUALS(instruments, (1))", "FFFF--F-TF"),
        ("A_EQUALS(instruments, ('1'))", "FFFF--F-FT"),
        ("A_OVERLAPS(instruments, ('oli', 'x'))", "TTFF--F-FF"),
        ("A_OVERLAPS(instruments, ())", "FFFF--F-FF"),
        ("A_EQUALS(instruments, ('msi', ('oli')))", "FFFF--T-FF"),
        ("A_CONTAINS(instruments, (('oli')))", "FFFF--T-FF"),
        ("A_CONTAINS(instruments, ((('oli'))))", "FFFF--F-FF"),
        ("A_OVERLAPS(instruments, (('oli'), 'x'))", "FFFF--T-FF"),
        ("A_EQUALS(instruments, instruments)", "TTTT--T-TT"),
        ("A_CONTAINS(('msi', 'oli', 'x'), instruments)", "TTTT--F-FF"),
        ("A_CONTAINEDBY(('msi'), instruments)", "TTTF--T-FF"),
        ("A_OVERLAPS(('oli', 'x'), instruments)", "TTFF--F-FF"),
        ("A_EQUALS(('1'), ('1'))", "TTTTTTTTTT"),
    ],
)
def test_sets_are_compared(text, expected):
    some_rows(*({"instruments": stored} for stored in STORED))
    signs = {True: "T", False: "F", None: "-"}
    assert "".join(signs[answer] for answer in answers(text)) == expected


def test_two_properties_are_compared_member_by_member():
    some_rows(
        {"instruments": ["a", "b"], "bands": ["b", "a", "a"]},
        {"instruments": ["a"], "bands": ["a", ["a"]]},
        {"instruments": [["a", "b"]], "bands": [["a"]]},
        {"instruments": [1], "bands": [1.0]},
        {"instruments": [], "bands": []},
        {"instruments": ["a"]},
    )
    assert answers("A_EQUALS(instruments, bands)") == [True, False, False, True, True, None]
    assert answers("A_CONTAINS(instruments, bands)") == [True, False, False, True, True, None]
    assert answers("A_CONTAINEDBY(instruments, bands)") == [True, True, False, True, True, None]
    assert answers("A_OVERLAPS(instruments, bands)") == [True, True, False, True, False, None]


def test_members_may_be_properties_and_calculations():
    some_rows({"platform": "a", "gsd": 2, "odd": "x", "bands": ["a", 3, "x"]}, {"bands": ["a"]})
    assert answers("A_EQUALS(bands, (platform, gsd + 1, odd))") == [True, None]
    assert answers("A_EQUALS((upper(platform), 'B'), ('B', 'A'))") == [True, None]


def test_a_member_that_is_null_says_nothing():
    some_rows({"odd": None, "bands": [None]})
    assert answers("A_CONTAINS(bands, (odd))") == [None]


def test_times_in_lists_are_compared_as_they_are_stored():
    some_rows({"bands": ["2024-06-01T02:00:00+02:00", "2024-06-01"], "created": "2024-06-01T00:00:00Z"})
    assert answers("A_CONTAINS(bands, (TIMESTAMP('2024-06-01T00:00:00Z'), DATE('2024-06-01')))") == [True]
    assert answers("A_CONTAINS(bands, ('2024-06-01T00:00:00Z', created))") == [True]


def test_a_list_of_many_properties_is_no_call_of_many_arguments():
    some_rows({"gsd": 1, "bands": [1]})
    assert answers(f"A_EQUALS(bands, ({', '.join(['gsd'] * 200)}))") == [True]


def test_a_scalar_is_no_list_of_one():
    some_rows({"odd": "a"}, {"odd": ["a"]})
    assert answers("A_CONTAINS(odd, ('a'))") == [None, True]


def test_what_is_no_list_is_refused():
    assert refusal("A_CONTAINS(platform, ('a'))") == (11, "a list is needed here; `platform` is a text.")
    assert refusal("A_CONTAINS(bands, (geometry))") == (19, "a text is needed here; `geometry` is a geometry.")


def test_a_condition_is_no_member():
    inner = Operation("=", (Property("gsd"), Value(1)))
    with pytest.raises(CQL2Error, match="a text is needed here; = gives a truth value"):
        condition(Operation("a_equals", (Array((inner,)), Property("bands"))), TARGET)


def test_a_text_in_a_list_that_cannot_be_stored_is_refused():
    with pytest.raises(CQL2Error, match=r"U\+0000"):
        condition(Operation("a_equals", (Array((Value("\0"),)), Property("bands"))), TARGET)
