"""Members of a document that should be a list, a text or an object, and in a lenient catalogue may be anything."""

from typing import Any


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list; none when a lenient catalogue let something else in."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The texts of a list, or one text alone."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}
