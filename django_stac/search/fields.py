"""What ``fields`` asks for, as a parameter or in a body (STAC API - Fields). What is made of it is in ``documents``."""

from collections.abc import Mapping

from django_stac.documents.fields import Fields
from django_stac.exceptions import InvalidParameter
from django_stac.search.parse import Params, shown

PARAMETER = "fields"
MEMBERS = ("include", "exclude")
MAX_NAMES = 500
MAX_LENGTH = 300
"""Characters of a name."""


def from_params(params: Params | Mapping[str, str]) -> Fields | None:
    """Understand ``a,+b,-c.d``; None where the parameter is absent. Raises InvalidParameter.

    Nothing to include means the default set: a URL cannot tell an empty list from an absent one.
    """
    text = params.get(PARAMETER)
    if text is None:
        return None
    # A plus sign that is not escaped arrives as a space.
    given = [part for part in (name.strip() for name in text.split(",")) if part]
    include = [name.removeprefix("+") for name in given if not name.startswith("-")]
    return Fields(names(include), names([name[1:] for name in given if name.startswith("-")]))


def from_body(body: Mapping[str, object]) -> Fields | None:
    """Understand ``{"include": […], "exclude": […]}``; None where the member is absent. Raises InvalidParameter.

    An absent ``include`` beside an ``exclude`` means everything; null and empty lists mean the default set.
    """
    if PARAMETER not in body:
        return None
    given = {} if body[PARAMETER] is None else body[PARAMETER]
    if not isinstance(given, dict) or not given.keys() <= set(MEMBERS):
        raise InvalidParameter(PARAMETER, f"must be an object with `include` and `exclude`; got {told(given)}.")
    exclude = names(given.get("exclude") or [])
    return Fields(None if exclude and "include" not in given else names(given.get("include") or []), exclude)


def told(value: object) -> str:
    """What stands in place of an object, or the first member of it that is none of ours."""
    return shown(next(name for name in value if name not in MEMBERS)) if isinstance(value, dict) else shown(value)


def names(given: object) -> tuple[str, ...]:
    """Check a list of names. Raises InvalidParameter."""
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise InvalidParameter(PARAMETER, f"must hold arrays of names; got {shown(given)}.")
    if len(given) > MAX_NAMES or any(len(name) > MAX_LENGTH for name in given):
        raise InvalidParameter(PARAMETER, f"takes at most {MAX_NAMES} names of at most {MAX_LENGTH} characters.")
    return tuple(dict.fromkeys(name for name in given if name))
