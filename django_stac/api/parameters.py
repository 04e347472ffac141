"""Query parameters: which ones a resource takes; all others are refused. Their grammar is in ``search.parse``."""

import re
from collections.abc import Iterable, Mapping

from django.http import QueryDict

from django_stac.conf import stac_settings
from django_stac.exceptions import InvalidParameter

EVERYWHERE = ("f", "lang")
LONGEST_ID = 2_700
"""Characters of an id: the indexes of PostgreSQL hold no longer text."""
VERSION_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
CREDENTIALS = frozenset({"access_token", "api_key", "api-key", "apikey", "auth_token", "key", "subscription-key"})
"""Names by which proxies and clients carry keys; a resource ignores them."""


def refuse_unknown(given: Iterable[str], allowed: Iterable[str]) -> None:
    """Raise InvalidParameter for a parameter that the resource does not take (OGC API - Features, requirement 8)."""
    unknown = further(given, allowed)
    if unknown and stac_settings.STRICT_PARAMETERS:
        names = ", ".join(sorted({*allowed, *EVERYWHERE}))
        raise InvalidParameter(unknown[0], f"is no parameter of this resource; allowed are {names}.")


def further(given: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """The parameters beyond those that the resource takes."""
    known = {*allowed, *EVERYWHERE} | CREDENTIALS
    return [name for name in given if name not in known]


def refuse_repeated(given: QueryDict, taken: Iterable[str]) -> None:
    """Raise InvalidParameter for a parameter that is given more than once: taking one of them would be a guess."""
    for name in taken:
        if (times := len(given.getlist(name))) > 1:
            raise InvalidParameter(name, f"is given {times} times; give it once, with commas between several values.")


def refuse_other_collections(params: Mapping[str, str], collection_id: str) -> None:
    """Let clients repeat the collection of the path, as pystac-client does; any other would contradict it."""
    named = params.get("collections", collection_id)
    if collection_id not in (named, *named.split(",")):
        raise InvalidParameter("collections", f"must be {collection_id!r}, the collection of the path; got {named!r}.")


def truth(params: Mapping[str, str], name: str) -> bool:
    """Whether a parameter says ``true``; not when it is absent. Raises InvalidParameter."""
    given = params.get(name, "false")
    if given not in ("true", "false"):
        raise InvalidParameter(name, f"must be true or false; got {given[:40]!r}.")
    return given == "true"


def number(params: Mapping[str, str], name: str) -> int | None:
    """The number of a version that a parameter names; None when it is absent. Raises InvalidParameter."""
    given = params.get(name)
    if given is None:
        return None
    if not VERSION_NUMBER.fullmatch(given):
        raise InvalidParameter(name, f"must be the number of a version, a whole number from 1; got {given[:40]!r}.")
    return int(given)
