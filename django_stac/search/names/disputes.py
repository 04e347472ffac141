"""Names that everybody knows: what they are need not be looked up, as long as no collection has them for another thing.

Hidden collections are asked too: where none disputes a name, what it is does not depend on who asks.
"""

from collections.abc import Iterable, Set
from time import monotonic

from psycopg.sql import SQL

from django_stac.conf import stac_settings
from django_stac.cql2.known import KNOWN
from django_stac.models.execute import fetched
from django_stac.spec.fields import FIELDS

IS_DISPUTED = SQL("""\
EXISTS (SELECT FROM django_stac_collection WHERE disputed <> '{{}}'::text[] AND disputed && %(known)s::text[])""")
REMEMBERED_FOR = 60.0
"""Seconds for which a dispute that was met is taken to go on: it costs a look-up, and changes no answer."""


class Disputed(Exception):
    """A page was asked for that takes names for what they are not everywhere."""


class Disputes:
    """Those that one process has met lately."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], float] = {}

    def remember(self, names: Iterable[str], using: str) -> None:
        """Look up these names from now on; there are no more of them than known ones."""
        self._until |= dict.fromkeys(((using, name) for name in names), monotonic() + REMEMBERED_FOR)

    def knows(self, names: Iterable[str], using: str) -> bool:
        return any(monotonic() < self._until.get((using, name), 0.0) for name in names)

    def clear(self) -> None:
        self._until.clear()


disputes = Disputes()


def known_to_all(names: Set[str], using: str) -> list[str] | None:
    """Those of the names that a collection may dispute; None where one is unknown, the site's own, or disputed."""
    is_settled = names <= KNOWN.keys() and names.isdisjoint(stac_settings.QUERYABLES)
    return sorted(names & FIELDS.keys()) if is_settled and not disputes.knows(names, using) else None


def are_disputed(names: Iterable[str], using: str) -> bool:
    """Whether a collection has one of these known names for something of another kind; that is remembered."""
    held = list(names)
    if not held or not fetched(using, SQL("SELECT {}").format(IS_DISPUTED.format()), {"known": held})[0][0]:
        return False
    disputes.remember(held, using)
    return True
