"""What is behind "none of these alternatives matched". Words for it are in ``messages``."""

from collections.abc import Iterable, Iterator

from jsonschema_rs import ValidationError

CHOICES = ("anyOf", "oneOf")


def innermost(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Yield, for an error of a choice, those of the alternative that was meant; other errors as they are.

    A choice stays whole where members are its alternatives, of which one is wanted, and where no alternative is for an
    object of this type.
    """
    for error in errors:
        meant = min(alternatives(error), key=_distance, default=[])
        if not meant or _is_for_another_type(meant) or wanted_members(error):
            yield error
        else:
            yield from innermost(meant)


def alternatives(error: ValidationError) -> list[list[ValidationError]]:
    """The errors of each alternative of a choice; empty for other errors, and where several alternatives matched."""
    found = getattr(error.kind, "context", []) if error.kind.name in CHOICES else []
    return [branch for branch in found if branch] if all(found) else []


def wanted_members(error: ValidationError) -> list[str]:
    """The names of which an object needs one at least; empty where a choice is about something else."""
    branches = alternatives(error)
    is_wanted = all(len(branch) == 1 and _is_required(branch[0], error.instance_path) for branch in branches)
    return [_property(branch[0]) for branch in branches] if is_wanted else []


def _is_required(error: ValidationError, path: list[str | int]) -> bool:
    return error.kind.name == "required" and error.instance_path == path


def _property(error: ValidationError) -> str:
    name: str = getattr(error.kind, "property", "")
    return name


def _distance(branch: list[ValidationError]) -> tuple[bool, bool, int]:
    """How far a document is from an alternative; one that only forbids something is hardly what was meant."""
    forbids = any(error.kind.name == "not" for error in branch)
    return _is_for_another_type(branch), forbids, len(branch)


def _is_for_another_type(branch: list[ValidationError]) -> bool:
    return any(error.kind.name in ("const", "enum") and error.instance_path[-1:] == ["type"] for error in branch)
