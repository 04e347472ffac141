"""Groups as command lines name them: by name, or by primary key where they come from elsewhere."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from django_stac.exceptions import InvalidParameter
from django_stac.transactions.rights import GROUP_KEYS

SHOWN = 10
"""Names that a message lists."""


def keys_of(option: str, given: Iterable[str]) -> list[int]:
    """Return the primary keys of groups. Raises InvalidParameter when there is no such group, or two."""
    return sorted({key_of(option, each) for each in given})


def key_of(option: str, given: str) -> int:
    """Return the key of one group; a number is the name of a group first."""
    named = Group.objects.filter(name=given).values_list("pk", flat=True).first()
    is_key = given.isascii() and given.isdecimal() and int(given) in GROUP_KEYS
    if named is None and not is_key:
        raise InvalidParameter(option, f"there is no group {given!r}, but {known()}.")
    if named is None:
        return int(given)
    if is_key and Group.objects.filter(pk=int(given)).exclude(pk=named).exists():
        raise InvalidParameter(option, f"may mean two groups: {given!r} is the name of one and the key of another.")
    return named


def known() -> str:
    """The groups of the site, in a few words."""
    names = list(Group.objects.order_by("name").values_list("name", flat=True)[: SHOWN + 1])
    more = " and more" if len(names) > SHOWN else ""
    return ", ".join(map(repr, names[:SHOWN])) + more if names else "no group at all"


def named(keys: Iterable[int]) -> list[str]:
    """The names of groups, and the keys of those that the site does not know."""
    wanted = sorted(keys)
    names = dict(Group.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [names.get(key, str(key)) for key in wanted]
