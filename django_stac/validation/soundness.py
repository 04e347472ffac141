"""What may never be stored, whatever the level of validation. The rules of STAC are in ``core``."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, islice
from math import isfinite
from typing import Any

from django_stac.spec.geometry import OVERSHOOT, geometry_problems, parse_bbox
from django_stac.spec.json_text import LARGEST_INTEGER, SMALLEST_INTEGER
from django_stac.validation.problems import Problem, pointer_to

MAX_DEPTH = 64
"""How many objects and lists may lie inside each other, the document included."""

MOST = 100
"""How many problems are named."""

_PLAIN = {str, int, float, bool, type(None)}


def unsound(document: object) -> list[Problem]:
    """Name what may never be stored: values that JSON or the database lose, members that break the views.

    At most 100 problems are named; the document may hold anything that Python can.
    """
    if not isinstance(document, dict):
        return [Problem("", "a STAC document is an object")]
    values = () if _is_plain(document) else _value_problems(document)
    return list(islice(chain(values, _member_problems(document)), MOST))


def _is_plain(document: dict[Any, Any]) -> bool:
    """Tell fast that all values can be stored; the slow walk judges and names whatever is unusual."""
    found: defaultdict[type, list[Any]] = defaultdict(list)
    texts: list[Any] = []
    level: list[Any] = [document]
    for _ in range(MAX_DEPTH):
        for node in level:
            keyed = type(node) is dict
            if keyed:
                texts.extend(node)
            for value in node.values() if keyed else node:
                found[type(value)].append(value)
        level = found.pop(dict, []) + found.pop(list, [])
    return not level and found.keys() <= _PLAIN and _are_plain(found, texts + found[str])


def _are_plain(found: dict[type, list[Any]], texts: list[Any]) -> bool:
    try:
        joined = "".join(texts).encode()
    except (TypeError, UnicodeEncodeError):
        return False
    integers = found.get(int) or [0]
    small = min(integers) >= SMALLEST_INTEGER and max(integers) <= LARGEST_INTEGER
    return small and all(map(isfinite, found.get(float, ()))) and b"\0" not in joined


def _value_problems(document: dict[Any, Any]) -> Iterator[Problem]:
    stack: list[tuple[str, object, int]] = [("", document, 1)]
    while stack:
        pointer, value, depth = stack.pop()
        if not isinstance(value, dict | list | tuple):
            yield from _scalar_problems(pointer, value)
        elif depth > MAX_DEPTH:
            yield Problem(pointer, f"is nested deeper than {MAX_DEPTH} levels")
        else:
            members = value.items() if isinstance(value, dict) else enumerate(value)
            inner = [(pointer + pointer_to([key]), each, key) for key, each in members]
            if isinstance(value, dict):
                yield from chain.from_iterable(_key_problems(place, key) for place, _, key in inner)
            stack.extend((place, each, depth + 1) for place, each, _ in reversed(inner))


def _key_problems(pointer: str, key: object) -> Iterator[Problem]:
    if not isinstance(key, str):
        yield Problem(pointer, f"a name of a member is text; got {key!r}")
    else:
        yield from _text_problems(pointer, key)


def _scalar_problems(pointer: str, value: object) -> Iterator[Problem]:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        yield from _text_problems(pointer, value)
    elif isinstance(value, int):
        if not SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
            yield Problem(pointer, "is an integer beyond 64 bits")
    # Not isinstance: numpy's float64 is a float to Python, but not to the JSON writer.
    elif type(value) is not float:
        yield Problem(pointer, f"is not a JSON value; got {type(value).__name__}")
    elif not isfinite(value):
        yield Problem(pointer, f"must be a finite number; got {value}")


def _text_problems(pointer: str, text: str) -> Iterator[Problem]:
    if "\0" in text:
        yield Problem(pointer, "must not contain the character NUL")
    try:
        text.encode()
    except UnicodeEncodeError:
        yield Problem(pointer, "must not contain half of a surrogate pair")


def _member_problems(document: dict[Any, Any]) -> Iterator[Problem]:
    yield from _asset_problems(document.get("assets", {}))
    yield from _link_problems(document.get("links", []))
    if document.get("type") in ("Collection", "Catalog"):
        return
    if not isinstance(document.get("properties", {}), dict):
        yield Problem("/properties", "must be an object")
    if document.get("geometry") is not None:
        for pointer, sentence in geometry_problems(document["geometry"], overshoot=OVERSHOOT):
            yield Problem("/geometry" + pointer, sentence)
    if document.get("bbox") is not None:
        yield from _bbox_problems(document["bbox"])


def _asset_problems(assets: object) -> Iterator[Problem]:
    if not isinstance(assets, dict):
        yield Problem("/assets", "must be an object")
        return
    for key, asset in assets.items():
        if not isinstance(asset, dict):
            yield Problem(pointer_to(["assets", key]), "an asset is an object")


def _link_problems(links: object) -> Iterator[Problem]:
    if not isinstance(links, list | tuple):
        yield Problem("/links", "must be a list")
        return
    for index, link in enumerate(links):
        if not isinstance(link, dict):
            yield Problem(f"/links/{index}", "a link is an object")


def _bbox_problems(bbox: object) -> Iterator[Problem]:
    if not isinstance(bbox, list | tuple):
        yield Problem("/bbox", "must be a list of 4 or 6 numbers")
        return
    try:
        parse_bbox(bbox, overshoot=OVERSHOOT)
    except ValueError as error:
        yield Problem("/bbox", str(error))
