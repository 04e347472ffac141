"""Words, signs and literals of the text encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.cql2.text.tokens import Tokens, unescaped
from django_stac.cql2.tree import CQL2Error


def cut(source):
    tokens, found = Tokens(source), []
    while tokens.kind != "end":
        found.append((tokens.kind, tokens.raw, tokens.start))
        tokens.advance()
    return found


def test_a_filter_is_cut_where_its_tokens_begin():
    assert cut("a<=-.5  AND'x''y' ") == [
        ("name", "a", 0),
        ("sign", "<=", 1),
        ("sign", "-", 3),
        ("number", ".5", 4),
        ("name", "AND", 8),
        ("text", "'x''y'", 11),
    ]


@pytest.mark.parametrize("name", ["_a", ":a", "eo:cloud_cover", "a.b.c", "a1", "É", "日本", "a\u0301", "𐀀", "a‿b"])
def test_names_are_those_of_the_grammar(name):
    assert cut(name) == [("name", name, 0)]


def test_a_name_holds_no_sign():
    assert [raw for _, raw, _ in cut("s2:level-1")] == ["s2:level", "-", "1"]


@pytest.mark.parametrize("number", ["0", "5.", ".5", "1.5", "1E5", "1e+5", "1.5E-05", "007"])
def test_numbers_are_those_of_the_grammar(number):
    assert cut(number) == [("number", number, 0)]


@pytest.mark.parametrize("space", ["\t", "\n", "\x0b", "\r\n", "\x85", "\xa0", "\u1680", "\u2003", "\u3000"])
def test_every_space_of_the_grammar_parts_names(space):
    assert [raw for _, raw, _ in cut(f"a{space}b")] == ["a", "b"]


@pytest.mark.parametrize(
    ("source", "place", "reason"),
    [
        ("a ; b", 2, "unexpected character ';'"),
        ("a = $1", 4, r"unexpected character '\$'"),
        ("a = 'x", 4, "the text is not closed by a '"),
        (r"a = 'x\'", 4, "the text is not closed by a '"),
        ('"a = 1', 0, 'the name is not closed by a "'),
        ("\n?", 1, r"unexpected character '\?'"),
    ],
)
def test_what_is_no_token_is_refused_where_it_stands(source, place, reason):
    with pytest.raises(CQL2Error, match=reason) as refused:
        cut(source)
    assert refused.value.place == place


@pytest.mark.parametrize(
    ("source", "word"),
    [("and", "AND"), ("AnD", "AND"), ("'and'", "'and'"), ('"and"', '"and"'), ("\u017f_within", "\u017f_within")],
)
def test_keywords_are_words_in_any_case_of_ascii(source, word):
    assert Tokens(source).word == word


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("''", ""),
        ("'it''s'", "it's"),
        (r"'it\'s'", "it's"),
        (r"'\a\b\t\n\v\f\r'", "\a\b\t\n\v\f\r"),
        (r"'C:\\temp\\'", r"C:\temp" + "\\"),
        (r"'50\% of a\_b'", r"50\% of a\_b"),
        (r"'\T'", r"\T"),
        ("'a\nb'", "a\nb"),
    ],
)
def test_escapes_of_texts_are_undone(raw, said):
    assert cut(raw) == [("text", raw, 0)]
    assert unescaped(raw) == said


@pytest.mark.parametrize(("source", "value"), [("-5", -5), ("+ 5", 5), ("5.", 5.0), ("1E2", 100.0)])
def test_a_number_may_have_a_sign(source, value):
    number = Tokens(source).number()
    assert (type(number), number) == (type(value), value)


def test_what_was_expected_is_said_with_what_was_found():
    with pytest.raises(CQL2Error, match=r"at character 2: expected '\('; found 'x'"):
        Tokens(" x").expect("(")
    with pytest.raises(CQL2Error, match="expected a number; found the end"):
        Tokens("-").number()
    with pytest.raises(CQL2Error, match="expected a text such as 'x'; found '5'"):
        Tokens("5").text()


@given(st.text(alphabet="aA1.eE+-'\"\\n(),<>=!%*^ \t_:é", max_size=40))
def test_tokens_and_spaces_are_the_whole_text(source):
    try:
        raws = [raw for _, raw, _ in cut(source)]
    except CQL2Error as refused:
        raws = [raw for _, raw, _ in cut(source[: refused.place])] + [source[refused.place :]]
    assert "".join("".join(raws).split()) == "".join(source.split())
