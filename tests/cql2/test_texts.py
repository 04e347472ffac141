"""LIKE, and comparison without regard to case and accents."""

import unicodedata

import pytest

from django_stac.cql2.compile import condition
from django_stac.cql2.tree import CQL2Error, Operation, Property, Value
from tests.cql2.asking import TARGET, answers, found, refusal, some_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("landsat-_", {"landsat-8"}),
        ("landsat%", {"landsat-8", "landsat-10"}),
        ("%", {"landsat-8", "landsat-10", "100%", "a_b", "a\\b", "Ø"}),
        ("_", {"Ø"}),
        ("100\\%", {"100%"}),
        ("a\\_b", {"a_b"}),
        ("a_b", {"a_b", "a\\b"}),
        ("a\\\\b", {"a\\b"}),
        ("Landsat%", set()),
        ("", set()),
    ],
)
def test_a_pattern_matches_the_whole_text(pattern, names):
    every = ["landsat-8", "landsat-10", "100%", "a_b", "a\\b", "Ø"]
    some_rows(*({"platform": name} for name in every))
    written = pattern.replace("\\", "\\\\")
    assert {every[int(number)] for number in found(f"platform LIKE '{written}'")} == names


def test_a_pattern_that_ends_in_an_escape_is_refused():
    assert refusal("platform LIKE 'a\\\\'") == (
        14, "a pattern must not end in the middle of an escape: write \\\\ for a backslash."
    )  # fmt: skip
    assert refusal("CASEI(platform) LIKE CASEI(ACCENTI('%\\\\'))")[0] == 35
    assert refusal("platform LIKE 'a\\\\\\\\'") is None


def test_a_pattern_is_written_in_the_filter():
    with pytest.raises(CQL2Error, match="at character 3: the pattern of like is a text"):
        condition(Operation("like", (Value("a"), Property("platform", 2))), TARGET)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "strasse"), ("STRASSE", "straße"), ("KØBENHAVN", "københavn"), ("ΟΔΟΣ", "οδος"), ("Ǆ", "ǆ"),
        ("É", "é"), ("ЖУК", "жук"), ("Ⅷ", "ⅷ"), ("𐐀", "𐐨"), ("ΣΑΣ%", "σας%"),
    ],
)  # fmt: skip
def test_case_is_folded_in_every_script(one, other):
    some_rows({"platform": one})
    assert found(f"CASEI(platform) = CASEI('{other}')") == ["0"]
    assert found(f"CASEI(platform) LIKE CASEI('{other.upper()}')") == ["0"]


def test_letters_that_only_look_alike_differ():
    some_rows({"platform": "ø"})
    assert answers("CASEI(platform) = CASEI('o') OR ACCENTI(platform) = ACCENTI('o')") == [False]


LETTERS = [chr(code) for code in range(0x20, 0x2FFF) if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt")]


def test_case_folds_as_unicode_folds_it():
    letters = [letter for letter in LETTERS if len(letter.casefold()) == 1 and letter.lower() == letter.casefold()]
    some_rows(*({"platform": letter, "odd": letter.casefold()} for letter in letters))
    assert set(answers("CASEI(platform) = CASEI(odd)")) == {True}
    assert len(letters) > 1_000


@pytest.mark.parametrize(
    ("stored", "asked"), [("Chișinău", "Chisinau"), ("e\u0301", "e"), ("É", "e\u0301".upper()), ("Ṩ", "S"), ("Å", "A")]
)
def test_accents_are_dropped(stored, asked):
    some_rows({"platform": stored})
    assert found(f"ACCENTI(platform) = ACCENTI('{asked}')") == ["0"]
    assert found(f"ACCENTI(platform) LIKE ACCENTI('{asked}%')") == ["0"]


def test_marks_that_are_no_accents_stay():
    some_rows({"platform": "が"})
    assert answers("ACCENTI(platform) = 'か'") == [False]
    assert answers("ACCENTI(platform) = 'が'") == [True]


def test_case_and_accents_are_left_out_together():
    some_rows({"platform": "CHIȘINĂU"}, {"platform": None})
    assert answers("ACCENTI(CASEI(platform)) = ACCENTI(CASEI('chisinau'))") == [True, None]
    assert answers("CASEI(ACCENTI(platform)) LIKE CASEI(ACCENTI('Chiș%'))") == [True, None]
