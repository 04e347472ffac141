"""Where in a JSON text the member of a pointer stands, for people who look at the text. Nothing is judged here."""

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]++')

Steps = tuple[str, ...]


def line_of(text: str, pointer: str) -> int:
    """Return the line, from 1, on which the member of a JSON pointer (RFC 6901) begins.

    Of a member that is missing it is the line of the nearest object or list around it. The text must be valid JSON.
    """
    wanted = steps_of(pointer)
    depth, position = 0, 0
    for steps, start in places(text):
        if len(steps) > depth and steps == wanted[: len(steps)]:
            depth, position = len(steps), start
        if depth == len(wanted):
            break
    return text.count("\n", 0, position) + 1


def steps_of(pointer: str) -> Steps:
    """Split a JSON pointer and undo its escapes."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def places(text: str) -> Iterator[tuple[Steps, int]]:
    """Yield the path of each member and of each entry with the position where it begins, in the order of the text."""
    path: list[str | int] = []
    expects_key: list[bool] = []
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if path and mark not in "}],:" and is_new(path, expects_key):
            if expects_key[-1]:
                path[-1] = str(json.loads(mark))
                expects_key[-1] = False
            yield tuple(map(str, path)), token.start()
        if mark in "{[":
            path.append("" if mark == "{" else 0)
            expects_key.append(mark == "{")
        elif mark in "}]":
            path.pop()
            expects_key.pop()
        elif mark == "," and isinstance(last := path[-1], int):
            path[-1] = last + 1
        elif mark == ",":
            expects_key[-1] = True


def is_new(path: list[str | int], expects_key: list[bool]) -> bool:
    """Whether a token begins a member (as its name) or an entry, and is not the value after a name."""
    return expects_key[-1] or isinstance(path[-1], int)
