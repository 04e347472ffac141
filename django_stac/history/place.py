"""Places in the feed of changes: behind one change and before the next, as text that a consumer keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b
from typing import NoReturn

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from django_stac.exceptions import InvalidParameter
from django_stac.spec.tokens import is_count, is_text, packed, unpacked

VERSION = 1
LARGEST = 2**63 - 1
SMALLEST = -1
"""A key before all others."""


class Rank(IntEnum):
    """In which order one transaction is told: what went, what others are in, and what is in it."""

    TOMBSTONE = 0
    CATALOG = 1
    SHOWN = 2
    """Collections, at the transaction that last changed who sees them."""
    COLLECTION = 3
    ITEM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a consumer is: behind this key of this rank, in what this transaction has changed."""

    changed: int = 0
    rank: int = 0
    key: int = SMALLEST
    newest: int | None = None
    """While what stands is walked, which has no transaction: the last one whose changes need not be told after it."""

    @property
    def is_walk(self) -> bool:
        return self.newest is not None

    def key_of(self, rank: Rank) -> int:
        """The key behind which those of a rank go on."""
        if rank == self.rank:
            return self.key
        return SMALLEST if rank > self.rank else LARGEST


def behind(changed: int) -> Place:
    """Behind all that a transaction has changed."""
    return Place(changed=changed, rank=max(Rank), key=LARGEST)


def encode(place: Place, *, epoch: str, collections: Sequence[str]) -> str:
    """Write a place as a token."""
    where = [place.changed, place.rank, place.key]
    seal = seal_of(place, epoch, settings.SECRET_KEY)
    return packed(VERSION, p=where, n=place.newest, s=seal, q=digest(*sorted(collections)))


def decode(token: str, *, collections: Sequence[str]) -> tuple[Place, str]:
    """Read a place, and its seal. Raises InvalidParameter."""
    shape = {"p": is_where, "n": is_newest, "s": is_text, "q": is_text}
    try:
        given = unpacked(token, VERSION, shape)
    except ValueError:
        refuse("must be `now`, or a text that this server has made: take it from a `next` link.")
    if given["q"] != digest(*sorted(collections)):
        refuse("belongs to other collections: follow the `next` links without changing other parameters.")
    changed, rank, key = given["p"]
    return Place(changed=changed, rank=rank, key=key, newest=given["n"]), given["s"]


def is_sealed(place: Place, seal: str, epoch: str) -> bool:
    """Whether this site has written the token, in this epoch.

    Pages end at rows that the user does not see, too: at places of somebody's own choice they would count these.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(seal, seal_of(place, epoch, key)) for key in keys)


def seal_of(place: Place, epoch: str, key: str | bytes) -> str:
    where = f"{place.changed} {place.rank:d} {place.key} {place.newest} {epoch}"
    return salted_hmac("django_stac.changes", where, secret=key, algorithm="sha256").hexdigest()[:32]


def digest(*texts: str) -> str:
    """Tell texts from others: sixteen hexadecimal digits."""
    return blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=8).hexdigest()


def is_where(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    changed, rank, key = value
    return is_count(changed) and is_count(rank) and rank in list(Rank) and (key == SMALLEST or is_count(key))


def is_newest(value: object) -> bool:
    return value is None or is_count(value)


def refuse(reason: str) -> NoReturn:
    raise InvalidParameter("since", reason)
