"""The words, signs and literals of a filter in the text encoding, one at a time (OGC 21-065r2, Annex B)."""

import re

from django_stac.cql2 import literals
from django_stac.cql2.literals import shown
from django_stac.cql2.tree import CQL2Error

NUMBER = r"(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+"
# Annex B lets the Ogham space begin a name; here it is the space that it is elsewhere in the annex.
_START = (
    r":_A-Za-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u167F\u1681-\u1FFE\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
NAME = rf"[{_START}][{_START}.0-9\u0300-\u036F\u203F\u2040]*+"

# Every repetition is possessive: a text that is not closed is refused in one pass.
_TOKEN = re.compile(
    rf"\s*+(?:(?P<name>{NAME})|(?P<number>{NUMBER})|(?P<sign><>|<=|>=|!=|[-<>=+*/%^(),])"
    r"|(?P<text>'(?:[^'\\]++|''|\\.)*+')|(?P<quoted>\"(?:[^\"]++|\"\")*+\")|(?P<end>\Z))",
    re.DOTALL,
)
_SPACE = re.compile(r"\s*+")
_ESCAPE = re.compile(r"''|\\([abtnvfr'\\])")
_ESCAPED = dict(zip("abtnvfr'\\", "\a\b\t\n\v\f\r'\\", strict=True))


class Tokens:
    """The token that stands next in a text, and the way to the one after it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.jump(0)

    def jump(self, position: int) -> None:
        """Make the token at or after a position the next one. Raises CQL2Error where there is none."""
        match = _TOKEN.match(self.source, position)
        if match is None:
            raise self._no_token(position)
        self.kind = match.lastgroup or ""
        self.raw = match[self.kind]
        self.start = match.start(self.kind)
        self.end = match.end()
        # ABNF strings are ASCII: the long s (U+017F) is no S, though upper() makes it one.
        self.word = self.raw.upper() if self.kind == "name" and self.raw.isascii() else self.raw

    def advance(self) -> None:
        self.jump(self.end)

    def following(self) -> str | None:
        """Tell the kind of the token after the next one."""
        match = _TOKEN.match(self.source, self.end)
        return match.lastgroup if match else None

    def skip(self, word: str) -> bool:
        """Pass a keyword or a sign if it stands next."""
        if self.word != word:
            return False
        self.advance()
        return True

    def expect(self, word: str) -> None:
        if not self.skip(word):
            raise self.unexpected(f"{word!r}")

    def name(self) -> str:
        """Pass a name, in double quotes or not, and return it."""
        name = self.raw[1:-1].replace('""', '"') if self.kind == "quoted" else self.raw
        self.advance()
        return name

    def text(self) -> str:
        """Pass a text literal and return what it says."""
        if self.kind != "text":
            raise self.unexpected("a text such as 'x'")
        said = unescaped(self.raw)
        self.advance()
        return said

    def number(self) -> int | float:
        """Pass a number with or without a sign."""
        sign = self.word if self.word in ("+", "-") else ""
        if sign:
            self.advance()
        if self.kind != "number":
            raise self.unexpected("a number")
        value = literals.number_of(sign + self.raw, self.start)
        self.advance()
        return value

    def unexpected(self, wanted: str) -> CQL2Error:
        """Make the refusal of the token that stands next."""
        found = "the end" if self.kind == "end" else shown(self.raw)
        return CQL2Error(f"expected {wanted}; found {found}.", self.start)

    def _no_token(self, position: int) -> CQL2Error:
        found = _SPACE.match(self.source, position)
        start = found.end() if found else position
        unclosed = {"'": "the text is not closed by a '", '"': 'the name is not closed by a "'}
        mark = self.source[start]
        return CQL2Error(f"{unclosed.get(mark) or f'unexpected character {mark!r}'}.", start)


def unescaped(raw: str) -> str:
    r"""Return what a text literal says: ``''`` and ``\'`` are quotes, ``\t`` and the like control characters.

    The backslash escapes itself; before other characters it stays, for the patterns of LIKE (/req/cql2-text/escaping).
    """
    return _ESCAPE.sub(lambda match: _ESCAPED[match[1]] if match[1] else "'", raw[1:-1])
