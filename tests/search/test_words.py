"""Free text is read as terms or as an expression, and compared as the database compares words."""

import pytest
from django.db import connection
from django.db.models import F, Func, TextField, Value
from hypothesis import given
from hypothesis import strategies as st

from django_stac import transactions
from django_stac.models import Collection, Item
from django_stac.models.words import Config, TextVector, config_of_items
from django_stac.search.query import SearchQuery
from django_stac.search.watch import told as told_of
from django_stac.search.words import MAX_DEPTH, MAX_LENGTH, MAX_TERMS, MAX_WORD, Phrase, in_items, matching, parse
from tests.factories import a_collection, an_item, put, put_collection
from tests.search.asking import search
from tests.statements import statements

FOX = "The quick brown fox jumps over the lazy dog"


def said(words):
    """A tree in short: ``and(a, not(b c))``."""
    return words.text if isinstance(words, Phrase) else f"{words.op}({', '.join(map(said, words.parts))})"


def refusal(value):
    with pytest.raises(ValueError, match=r"\.$") as caught:
        parse(value)
    return str(caught.value)


def holds(asked, text=FOX, config="simple"):
    """Whether a text has the words, by the database's word."""
    vector = Func(Config(config), Value(text, TextField()), function="to_tsvector")
    return Collection.objects.filter(matching(parse(asked), vector, config)).exists()


@pytest.mark.parametrize(
    ("asked", "tree"),
    [
        ("a,b c", "or(a, b c)"),
        (["a", "b c"], "or(a, b c)"),
        (["a, b"], "a, b"),
        (" a , ,b,", "or(a, b)"),
        (['"a'], '"a'),
    ],
)
def test_an_array_or_a_comma_means_terms_of_which_one_must_be_found(asked, tree):
    assert said(parse(asked)) == tree


@pytest.mark.parametrize(
    ("asked", "tree"),
    [
        ("a", "a"),
        (" a\t b\n", "or(a, b)"),
        ("a OR b", "or(a, b)"),
        ("a AND b OR c", "or(and(a, b), c)"),
        ("a b AND c d", "or(a, and(b, c), d)"),
        ("(a OR b) AND c", "and(or(a, b), c)"),
        ('"a b" c', "or(a b, c)"),
        ('a"b c"d', "or(a, b c, d)"),
        ("a +b -c", "and(b, not(c))"),
        ("a b -c", "and(or(a, b), not(c))"),
        ("+a +b", "and(a, b)"),
        ("-a", "not(a)"),
        ("a AND -b", "and(a, not(b))"),
        ('-"a b" +(c d)', "and(or(c, d), not(a b))"),
        ("and or a-b", "or(and, or, a-b)"),
        ("a - b", "or(a, -, b)"),
        ("sentinel-2a", "sentinel-2a"),
        ("a --b", "or(a, --b)"),
        ("a +", "or(a, +)"),
        ('a ""', "or(a, )"),
    ],
)
def test_another_text_is_an_expression(asked, tree):
    assert said(parse(asked)) == tree


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("a AND", "at character 6: a word is missing before the end."),
        ("OR a", "at character 1: a word is missing before OR."),
        ("a AND AND b", "at character 7: a word is missing before AND."),
        ("(a", "at character 1: this parenthesis is not closed."),
        ("a) b", "at character 2: this parenthesis was not opened."),
        ("a ()", "at character 4: a word is missing before )."),
        ('a "b c', "at character 3: a quotation mark is not closed."),
        ("a OR", "at character 5: a word is missing before the end."),
    ],
)
def test_what_does_not_add_up_is_refused_by_its_place(asked, reason):
    assert refusal(asked) == reason


@pytest.mark.parametrize("asked", ["", "  ", ",", " , ", [""], [" ", ""]])
def test_empty_texts_are_refused(asked):
    assert refusal(asked) == "must hold a word."


def test_an_empty_array_restricts_nothing():
    assert parse([]) is None


@pytest.mark.parametrize("asked", [5, True, {"a": 1}, [1], ["a", None], [["a"]], 1.5])
def test_other_things_than_texts_are_refused(asked):
    assert refusal(asked) == "must be a text, or an array of texts."


@pytest.mark.parametrize("asked", ["a\0b", ["a", "\ud800"], "\udfff,b"])
def test_what_no_database_holds_is_refused(asked):
    assert "takes no NUL" in refusal(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "a " * MAX_LENGTH,
        ["a" * 100] * 11,
        "a " * (MAX_TERMS + 1),
        ["a"] * (MAX_TERMS + 1),
        "(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1),
        "語" * (MAX_WORD + 1),
    ],
    ids=lambda value: f"{value[:4]} {len(value)}",
)
def test_texts_are_bounded(asked):
    assert "most" in refusal(asked) or "deep" in refusal(asked)


def test_what_is_just_within_the_bounds_is_taken():
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == Phrase("a")
    assert len(parse("a " * MAX_TERMS).parts) == MAX_TERMS


@pytest.mark.parametrize("asked", [",".join(["a" * 30] * 20), ["a" * 30] * 20], ids=["text", "array"])
def test_many_terms_are_not_one_long_word(asked):
    assert len(parse(asked).parts) == 20


def test_words_are_told_in_a_line():
    assert str(parse('alps AND (forest -"high snow")')) == '("alps" AND ("forest" AND -"high snow"))'
    assert 'q=("a" OR "b")' in told_of(SearchQuery(limit=1, words=parse("a,b")))


@given(st.text("aA\"()+- \tANDOR,é'\\:*&|!<>", max_size=40))
def test_every_text_is_read_or_refused_with_a_sentence(text):
    try:
        parse(text)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ends are right


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("FOX", True),
        ("cat", False),
        ("cat dog", True),
        ("cat,lazy dog", True),
        (["dog lazy"], False),
        ('"brown fox"', True),
        ('"fox brown"', False),
        ("fox AND cat", False),
        ("fox AND (cat OR dog)", True),
        ("cat +fox -wolf", True),
        ("fox -dog", False),
        ("cat +fox", True),
        ("-cat", True),
        ("lazy-dog", False),
        ('fox ""', True),
        ('fox -""', True),
        ('"" ""', False),
    ],
)
def test_a_text_holds_what_is_asked_for(db, asked, is_there):
    put_collection()
    assert holds(asked) is is_there


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [("the", False), ("-the", False), ("the fox", True), ("the AND fox", True), ("fox -the", True), ("jumping", True)],
)
def test_stop_words_say_nothing(db, asked, is_there):
    put_collection()
    assert holds(asked, config="english") is is_there


@pytest.mark.parametrize("asked", ["!!!", "- -", "' OR 1=1", "a:* & !b", "%s %(x)s", "\\", "fox | !<->", ":", "<b>"])
def test_what_the_database_would_read_as_operators_is_text(db, asked):
    put_collection()
    assert holds(asked) is (asked == "fox | !<->")


@pytest.mark.parametrize("text", ["sentinel-2a", "S2A_MSIL2A_20240601T100000", "EPSG:32633", "Łódź", "10.5", "a/b.tif"])
def test_names_find_themselves(db, text):
    put_collection()
    assert holds(text, text=text)
    assert holds([text.lower()], text=text)


@pytest.mark.parametrize(("asked", "text"), [("caf\u00e9", "cafe\u0301"), ("cafe\u0301", "caf\u00e9")])
def test_a_letter_with_a_mark_is_found_in_either_spelling(db, asked, text):
    put_collection()
    assert holds(asked, text)
    assert holds(f'"le {asked}"', f"le {text}")
    assert not holds(f"-{asked}", text)
    assert not holds("cafe", text)


def test_every_word_of_the_bounds_reaches_the_database(db):
    put_collection()
    longest = "語" * MAX_WORD
    assert holds(longest, text=longest)


def test_an_item_with_more_words_than_the_database_makes_is_stored_and_found_by_its_title(db):
    many = [f"w{number}x" for number in range(200_000)]
    put(an_item("long", properties={"title": "Snow", "description": " ".join(many), "my:list": many}))
    assert [item.item_id for item in Item.objects.filter(in_items(parse("snow"), "default"))] == ["long"]


def test_texts_of_several_columns_are_one_and_null_is_none(db):
    untitled = a_collection("one")
    del untitled["title"]
    transactions.create_collection(untitled)
    put_collection("two", title="Mosaics of alps")
    vector = TextVector("simple", "title", "description", "collection_id")
    for asked, ids in (("landscape", {"one", "two"}), ("two AND alps AND landscape", {"two"})):
        found = Collection.objects.filter(matching(parse(asked), vector, "simple"))
        assert set(found.values_list("collection_id", flat=True)) == ids


def test_a_configuration_is_a_constant_of_the_statement(db):
    vector = Func(Config("it's 100%"), F("title"), function="to_tsvector")
    text, params = (
        Collection.objects.filter(matching(Phrase("x"), vector, "simple")).values("pk").query.sql_with_params()
    )
    assert "'it''s 100%%'::regconfig" in text
    assert params == ("x",)


def test_words_of_items_are_indexed(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    plan = Item.objects.filter(in_items(parse("alps AND -arctic"), "default")).explain()
    assert "Bitmap Index Scan on stac_item_words" in plan


NESTED = {
    "providers": [{"name": "Polar Office", "roles": ["licensor"]}],
    "note": "日本の山と川" * 9,
    "created": "2019-05-06T07:08:09Z",
    "gsd": 4711,
    "uri": "S2B_MSIL2A_20160101T003319_N0500_R093",
}


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("polar", True),
        ("licensor", True),
        (NESTED["note"], True),
        ("providers", False),
        ("2019", False),
        ("4711", False),
        ("msil2a", False),
    ],
)
def test_texts_at_any_depth_are_words_of_an_item_but_no_keys_numbers_times_and_long_names(db, asked, is_there):
    put(an_item(properties=NESTED))
    assert Item.objects.filter(in_items(parse(asked), "default")).exists() is is_there


@pytest.mark.django_db(transaction=True)
def test_a_search_for_words_has_a_time_limit_and_asks_for_the_configuration_once():
    put(an_item(properties={"title": "Alps"}))
    config_of_items.cache_clear()
    counts = []
    for _ in range(2):
        with statements() as seen:
            assert [row.item_id for row in search(words=parse("alps")).rows] == ["scene"]
        counts.append(sum("pg_attrdef" in text for text in seen))
    assert counts == [1, 0]
    assert [text.split()[0] for text in seen] == ["BEGIN;", "SELECT", "COMMIT"]
