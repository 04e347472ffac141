"""JSON merge patch (RFC 7396) and JSON Patch (RFC 6902), without recursion and within bounds."""

import re
from collections.abc import Callable
from math import inf
from typing import Any

JSON = Any

MOST_OPERATIONS = 10_000
MOST_VALUES = 1_000_000
MOST_BYTES = 64 * 2**20
"""Values, and bytes of names and texts, that one patch may copy: a document copied into itself doubles each time."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,17}")
_BAD_ESCAPE = re.compile(r"~(?![01])")


class PatchError(ValueError):
    """A patch that cannot be applied; ``pointer`` (RFC 6901) is a place in the patch."""

    def __init__(self, message: str, pointer: str = "") -> None:
        super().__init__(message)
        self.pointer = pointer


def patched(document: dict[str, JSON], patch: JSON) -> dict[str, JSON]:
    """Apply a merge patch (an object) or a JSON Patch (a list of operations) to a copy of a document.

    Raises PatchError; then nothing was applied.
    """
    if isinstance(patch, dict):
        return merged(document, patch)
    if not isinstance(patch, list):
        raise PatchError("A patch is an object (RFC 7396) or a list of operations (RFC 6902).")
    if len(patch) > MOST_OPERATIONS:
        raise PatchError(f"A patch has at most {MOST_OPERATIONS} operations; this one has {len(patch)}.")
    run = _Run({"": document})
    for index, operation in enumerate(patch):
        _apply(run, operation, index)
    result = run.root.get("")
    if not isinstance(result, dict):
        raise PatchError("The whole document must stay an object.")
    return result


def merged(document: dict[str, JSON], patch: dict[str, JSON]) -> dict[str, JSON]:
    """Apply a merge patch: null takes a member away, objects are merged, all else is set. Both stay as they are."""
    result = dict(document)
    waiting = [(result, patch)]
    while waiting:
        target, change = waiting.pop()
        for name, value in change.items():
            if value is None:
                target.pop(name, None)
            elif isinstance(value, dict):
                standing = target.get(name)
                # Even where nothing stands, the nulls inside are not values (RFC 7396 §2).
                target[name] = inner = dict(standing) if isinstance(standing, dict) else {}
                waiting.append((inner, value))
            else:
                target[name] = value
    return result


class _Run:
    """One JSON Patch: the document below a root of its own, and how much may still be copied."""

    def __init__(self, root: dict[str, JSON]) -> None:
        self.values: float = inf
        self.bytes: float = inf
        self.root: dict[str, JSON] = self.copy(root)
        self.values, self.bytes = MOST_VALUES, MOST_BYTES

    def copy(self, value: JSON) -> JSON:
        """Copy a value, with all inside it."""
        holder: list[JSON] = [value]
        waiting: list[Any] = [holder]
        while waiting:
            inside = waiting.pop()
            for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
                if isinstance(inside[key], dict | list | tuple):
                    kind = dict if isinstance(inside[key], dict) else list
                    inside[key] = kind(inside[key])
                    waiting.append(inside[key])
            self.spend(inside)
        return holder[0]

    def spend(self, inside: JSON) -> None:
        """Count what a copied container holds itself: its values, and its names and texts."""
        self.values -= len(inside)
        self.bytes -= sum(map(_size, inside))
        if isinstance(inside, dict):
            self.bytes -= sum(map(_size, inside.values()))
        if self.values < 0:
            raise PatchError(f"A patch may not copy more than {MOST_VALUES} values.")
        if self.bytes < 0:
            raise PatchError(f"A patch may not copy more than {MOST_BYTES} bytes of text.")


def _size(value: JSON) -> int:
    """The bytes of a text as UTF-8; what is no text is counted as a value."""
    if not isinstance(value, str):
        return 0
    return len(value) if value.isascii() else len(value.encode(errors="surrogatepass"))


def _apply(run: _Run, operation: JSON, index: int) -> None:
    """Apply one operation; errors name it by index, verb and path."""
    if not isinstance(operation, dict):
        raise PatchError("An operation is an object.", f"/{index}")
    verb, path = operation.get("op"), operation.get("path")
    apply = _VERBS.get(verb) if isinstance(verb, str) else None
    if apply is None:
        raise PatchError(f"`op` must be one of {', '.join(_VERBS)}; got {verb!r}.", f"/{index}/op")
    if not isinstance(path, str):
        raise PatchError(f"`path` must be a JSON pointer; got {path!r}.", f"/{index}/path")
    try:
        apply(run, operation, _steps(path))
    except PatchError as error:
        raise PatchError(f"Operation {index} ({verb} {path[:200]!r}): {error}", f"/{index}") from error


def _add(run: _Run, operation: dict[str, JSON], steps: list[str]) -> None:
    _insert(run, steps, run.copy(_member(operation, "value")))


def _remove(run: _Run, operation: dict[str, JSON], steps: list[str]) -> None:
    _take(run, steps)


def _replace(run: _Run, operation: dict[str, JSON], steps: list[str]) -> None:
    value = run.copy(_member(operation, "value"))
    parent, key = _place(run, steps)
    parent[key] = value


def _move(run: _Run, operation: dict[str, JSON], steps: list[str]) -> None:
    source = _source(operation)
    if steps[: len(source)] == source and len(steps) > len(source):
        raise PatchError("a value cannot be moved into itself.")
    _insert(run, steps, _take(run, source))


def _copy(run: _Run, operation: dict[str, JSON], steps: list[str]) -> None:
    parent, key = _place(run, _source(operation))
    _insert(run, steps, run.copy(parent[key]))


def _test(run: _Run, operation: dict[str, JSON], steps: list[str]) -> None:
    parent, key = _place(run, steps)
    if not same(parent[key], _member(operation, "value")):
        raise PatchError("the value that stands there is another.")


_VERBS: dict[str, Callable[[_Run, dict[str, JSON], list[str]], None]] = {
    "add": _add, "remove": _remove, "replace": _replace, "move": _move, "copy": _copy, "test": _test,
}  # fmt: skip


def _member(operation: dict[str, JSON], name: str) -> JSON:
    if name not in operation:
        raise PatchError(f"`{name}` is missing.")
    return operation[name]


def _source(operation: dict[str, JSON]) -> list[str]:
    source = _member(operation, "from")
    if not isinstance(source, str):
        raise PatchError(f"`from` must be a JSON pointer; got {source!r}.")
    return _steps(source)


def _steps(pointer: str) -> list[str]:
    """The steps from the root; the first is the document itself."""
    if (pointer and not pointer.startswith("/")) or _BAD_ESCAPE.search(pointer):
        raise PatchError("this is no JSON pointer: it begins with / and has ~ only as ~0 and ~1.")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")]


def _place(run: _Run, steps: list[str]) -> tuple[Any, Any]:
    """The container of a value that stands, and its key or index there."""
    at: Any = run.root
    for depth, step in enumerate(steps):
        key = _key(at, step)
        if key is None or (isinstance(at, list) and key >= len(at)):
            raise PatchError(f"there is nothing at {_shown(steps[: depth + 1])}.")
        if depth == len(steps) - 1:
            return at, key
        at = at[key]
    raise AssertionError("a pointer has a step")


def _key(at: JSON, step: str) -> Any:
    if isinstance(at, dict):
        return step if step in at else None
    return int(step) if isinstance(at, list) and _INDEX.fullmatch(step) else None


def _take(run: _Run, steps: list[str]) -> JSON:
    parent, key = _place(run, steps)
    return parent.pop(key)


def _insert(run: _Run, steps: list[str], value: JSON) -> None:
    if len(steps) == 1:
        run.root[""] = value
        return
    parent, key = _place(run, steps[:-1])
    into, last = parent[key], steps[-1]
    if isinstance(into, dict):
        into[last] = value
    elif not isinstance(into, list):
        raise PatchError(f"{_shown(steps[:-1])} is neither an object nor a list.")
    elif last == "-":
        into.append(value)
    elif _INDEX.fullmatch(last) and int(last) <= len(into):
        into.insert(int(last), value)
    else:
        raise PatchError(f"{last!r} is no place in a list of {len(into)}: give 0 to {len(into)}, or -.")


def same(one: JSON, other: JSON) -> bool:
    """Whether two values are equal as JSON (RFC 6902 §4.6): true is not 1, but 1 is 1.0."""
    waiting = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            if left.keys() != right.keys():
                return False
            waiting.extend((left[name], right[name]) for name in left)
        elif isinstance(left, list | tuple) and isinstance(right, list | tuple):
            if len(left) != len(right):
                return False
            waiting.extend(zip(left, right, strict=True))
        elif isinstance(left, bool) is not isinstance(right, bool) or left != right:
            return False
    return True


def _shown(steps: list[str]) -> str:
    pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
    return repr(pointer[:200])
