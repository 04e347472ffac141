"""Strict and fast JSON: what orjson lets pass silently is refused. What STAC allows is not known here."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import orjson

SMALLEST_INTEGER = -(2**63)
LARGEST_INTEGER = 2**64 - 1
"""The integers that orjson keeps exact; beyond these bounds it reads floats."""

_MARKED = bytes(0x30 if chr(byte).isdecimal() else 0x2C if byte in b" \t\n\r:,[" else byte for byte in range(256))
_LONG_NUMBERS = (b"," + b"0" * 19, b",-" + b"0" * 19)
"""How numbers of so many digits begin where every digit is a zero, and all that may stand before a number a comma."""

_TOKEN = re.compile(
    r'(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+")(?:[ \t\n\r]*+(?P<colon>:))?'
    r"|(?P<number>-?[0-9][0-9.eE+-]*+)|(?P<brace>[{}])"
)
_NOT_FINITE = re.compile(r"-?(?:NaN|Infinity)")


class JSONTextError(ValueError):
    """A text that is not strict JSON; ``position`` counts characters from 0."""

    def __init__(self, message: str, text: str, position: int) -> None:
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        super().__init__(f"{message} (line {line}, column {column})")
        self.position = position


def loads(text: bytes | str) -> Any:
    """Read JSON and refuse duplicate keys, NaN, infinities, integers beyond 64 bits and more than 254 levels.

    Raises JSONTextError with the reason and the place.
    """
    try:
        with uncollected():
            value = orjson.loads(text)
            dump = orjson.dumps(value)
    except orjson.JSONDecodeError as error:
        _refuse_malformed(text, error)
    except TypeError:
        raise JSONTextError("nested deeper than 254 levels", "", 0) from None
    raw = text.encode() if isinstance(text, str) else text
    if _is_suspicious(raw, dump):
        _refuse_what_was_lost(raw.decode())
    return value


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector from looking through parsed JSON, which holds no cycles: reading takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _is_suspicious(raw: bytes, dump: bytes) -> bool:
    """Tell whether a key or a huge integer may have been lost: never wrongly no, seldom wrongly yes."""
    # Each key has one colon; those inside strings add the same to both, unless the text spells them \\u003a.
    return raw.count(b":") != dump.count(b":") or (b"\\" in raw and b"\\u003" in raw) or _has_long_number(raw)


def _has_long_number(raw: bytes) -> bool:
    # Checksums are full of digits: only those that begin like a number count. A regular expression is ten times slower.
    marked = b"," + raw.translate(_MARKED)
    return any(beginning in marked for beginning in _LONG_NUMBERS)


def _refuse_what_was_lost(text: str) -> None:
    """Walk the tokens of a text that orjson has accepted; no recursion, and linear time."""
    objects: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token["brace"] == "{":
            objects.append(set())
        elif token["brace"]:
            objects.pop()
        elif token["colon"]:
            _note_key(token, objects[-1])
        elif token["number"] and _is_huge_integer(token["number"]):
            _refuse(f"integer beyond 64 bits: {token['number'][:40]}", token)


def _note_key(token: re.Match[str], seen: set[str]) -> None:
    key = orjson.loads(token["text"])
    if key in seen:
        _refuse(f"duplicate key {key[:60]!r}", token)
    seen.add(key)


def _is_huge_integer(number: str) -> bool:
    digits = number.removeprefix("-")
    if not digits.isdigit():
        return False
    # The length first: int() of very many digits is slow, and refused by Python beyond 4300.
    return len(digits) > 20 or not SMALLEST_INTEGER <= int(number) <= LARGEST_INTEGER


def _refuse(message: str, token: re.Match[str]) -> NoReturn:
    raise JSONTextError(message, token.string, token.start())


def _refuse_malformed(text: bytes | str, error: orjson.JSONDecodeError) -> NoReturn:
    shown = text if isinstance(text, str) else bytes(text).decode(errors="replace")
    # orjson points behind the sign of -Infinity.
    around = _NOT_FINITE.match(shown, error.pos) or _NOT_FINITE.match(shown, max(error.pos - 1, 0))
    reason = f"{around[0]} is not a JSON number" if around else error.msg
    raise JSONTextError(reason, shown, around.start() if around else error.pos) from None
