"""Free text: what ``q`` asks for, read, and compared by the database (STAC API - Free-Text Search).

No text of a client's is read as a query by the database: each phrase is a parameter, and what joins them is ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, NoReturn, TypeAlias
from unicodedata import normalize

from django.db.models import BooleanField, F, Func, TextField, Value

from django_stac.conf import stac_settings
from django_stac.models.words import Config, config_of_items, vector_of_collection

MAX_LENGTH = 1_000
"""Characters of all terms together."""
MAX_TERMS = 50
MAX_DEPTH = 20
"""Parentheses inside each other."""
MAX_WORD = 200
"""Characters without a space or comma: the database takes no word of more than 2,047 bytes, and says nothing."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; one word alone, mostly."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Combination:
    """``not`` has one part, the others have two or more."""

    op: Literal["and", "or", "not"]
    parts: tuple["Words", ...]

    def __str__(self) -> str:
        if self.op == "not":
            return f"-{self.parts[0]}"
        return f"({f' {self.op.upper()} '.join(map(str, self.parts))})"


Words: TypeAlias = Phrase | Combination


def parse(value: object) -> Words | None:
    """Read terms, given as an array or with commas (basic), or any other text (advanced); None for an empty array.

    Raises ValueError with a sentence.
    """
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError("must be a text, or an array of texts.")
    refuse_unfit(" ".join(texts))
    if isinstance(value, str) and "," not in value:
        return Advanced(value).words()
    return any_term(value.split(",") if isinstance(value, str) else texts) if texts else None


def refuse_unfit(text: str) -> None:
    """Refuse what is too long, or no text of a database."""
    if len(text) > MAX_LENGTH:
        raise ValueError(f"has at most {MAX_LENGTH} characters; got {len(text)}.")
    if any(len(word) > MAX_WORD for word in text.replace(",", " ").split()):
        raise ValueError(f"has words of at most {MAX_WORD} characters.")
    if found := _UNSTORABLE.search(text):
        raise ValueError(f"takes no NUL and no half of a surrogate pair; got one at character {found.start() + 1}.")


def any_term(terms: Sequence[str]) -> Words:
    """One of these terms; what is empty asks for nothing."""
    phrases = [Phrase(term.strip()) for term in terms if term.strip()]
    if not phrases:
        raise ValueError("must hold a word.")
    if len(phrases) > MAX_TERMS:
        raise ValueError(f"takes at most {MAX_TERMS} terms; got {len(phrases)}.")
    return combined("or", phrases)


def combined(op: Literal["and", "or"], parts: Sequence[Words]) -> Words:
    return parts[0] if len(parts) == 1 else Combination(op, tuple(parts))


# Advanced texts


class Token(NamedTuple):
    kind: str
    """``word``, ``phrase``, ``end``, or what it says: ``(``, ``)``, ``+``, ``-``, ``AND``, ``OR``."""
    text: str
    position: int


# A sign stands before something; alone or doubled it is a dash in a sentence.
_TOKEN = re.compile(r'\s*(?:([+-](?![\s+)-]|$)|[()])|"([^"]*)"|([^\s()"]+))')
OPERATORS = frozenset({"AND", "OR"})


def tokens(text: str) -> Iterator[Token]:
    position, text = 0, text.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            refuse("a quotation mark is not closed", text.index('"', position))
        mark, _, word = found.groups()
        kind = mark or (word if word in OPERATORS else "phrase" if word is None else "word")
        group = found.lastindex or 0
        yield Token(kind, found[group], found.start(group))
        position = found.end()
    yield Token("end", "", len(text))


def refuse(reason: str, position: int) -> NoReturn:
    raise ValueError(f"at character {position + 1}: {reason}.")


class Advanced:
    """A text read as an expression: a space says ``OR``, ``AND`` binds tighter, ``+`` must be there and ``-`` not."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.at = 0
        if sum(token.kind in ("word", "phrase") for token in self.tokens) > MAX_TERMS:
            raise ValueError(f"takes at most {MAX_TERMS} terms.")

    def words(self) -> Words:
        """Read it all. Raises ValueError."""
        if len(self.tokens) == 1:
            raise ValueError("must hold a word.")
        found = self.alternatives(depth=0)
        if self.next.kind != "end":
            refuse("this parenthesis was not opened", self.next.position)
        return found

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, *kinds: str) -> Token | None:
        """Read the next token if it is one of these."""
        token = self.next
        if token.kind not in kinds:
            return None
        self.at += 1
        return token

    def alternatives(self, *, depth: int) -> Words:
        """One of these clauses; where some must be found, the others are free to be."""
        clauses: dict[str, list[Words]] = {"+": [], "-": [], "": []}
        while True:
            sign, words = self.clause(depth)
            clauses[sign].append(words)
            if not self.take("OR") and self.next.kind in (")", "end"):
                break
        wanted = clauses["+"] or ([combined("or", clauses[""])] if clauses[""] else [])
        return combined("and", [*wanted, *map(absent, clauses["-"])])

    def clause(self, depth: int) -> tuple[str, Words]:
        """A term with its sign, or several that are joined by ``AND``."""
        parts = [self.term(depth)]
        while self.take("AND"):
            parts.append(self.term(depth))
        if len(parts) == 1:
            return parts[0]
        return "", combined("and", [absent(words) if sign == "-" else words for sign, words in parts])

    def term(self, depth: int) -> tuple[str, Words]:
        """A sign or none, and a word, a phrase, or what parentheses hold."""
        sign = self.take("+", "-")
        token = self.take("word", "phrase", "(")
        if token is None:
            refuse(f"a word is missing before {self.next.text or 'the end'}", self.next.position)
        return (sign.kind if sign else ""), (self.inside(token, depth + 1) if token.kind == "(" else Phrase(token.text))

    def inside(self, opening: Token, depth: int) -> Words:
        if depth > MAX_DEPTH:
            refuse(f"parentheses may be {MAX_DEPTH} deep", opening.position)
        words = self.alternatives(depth=depth)
        if not self.take(")"):
            refuse("this parenthesis is not closed", opening.position)
        return words


def absent(words: Words) -> Words:
    return Combination("not", (words,))


# The condition


class Matches(Func):
    """``vector @@ query``: false, never null."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


TEMPLATES = {
    "and": ("(%(expressions)s)", " && "),
    "or": ("(%(expressions)s)", " || "),
    "not": ("(!! %(expressions)s)", ""),
}


def in_items(words: Words, using: str) -> Func:
    """The condition that texts in the properties of an item hold the words."""
    return matching(words, F("words"), config_of_items(using))


def in_collections(words: Words) -> Func:
    """The condition that id, title, description or keywords of a collection hold the words."""
    config = stac_settings.TEXT_SEARCH_CONFIG
    return matching(words, vector_of_collection(config), config)


def matching(words: Words, vector: F | Func, config: str) -> Func:
    """The condition that a vector of this text search configuration holds the words.

    A phrase that comes to nothing (stop words, punctuation) is left out; if nothing is left, nothing matches.
    """
    return Matches(vector, query(words, config))


def query(words: Words, config: str) -> Func:
    """Words as a ``tsquery``; a letter with a mark is found in either of its spellings, one character or two."""
    if isinstance(words, Combination):
        return joined(words.op, [query(part, config) for part in words.parts])
    spellings = dict.fromkeys(normalize(form, words.text) for form in ("NFC", "NFD"))
    return joined("or", [phrase(text, config) for text in spellings])


def joined(op: Literal["and", "or", "not"], queries: Sequence[Func]) -> Func:
    if op != "not" and len(queries) == 1:
        return queries[0]
    template, joiner = TEMPLATES[op]
    return Func(*queries, template=template, arg_joiner=joiner)


def phrase(text: str, config: str) -> Func:
    # Of one word the parts need no order: of a phrase every row that the index finds is looked at again.
    function = "phraseto_tsquery" if len(text.split()) > 1 else "plainto_tsquery"
    return Func(Config(config), Value(text, TextField()), function=function)
