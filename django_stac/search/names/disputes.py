"""Names that everybody knows: what they are need not be looked up, as long as no collection has them for another thing.

Hidden collections are asked too: where none disputes a name, what it is does not depend on who asks.
"""

from collections.abc import Iterable, Set

from psycopg.sql import SQL

from django_stac.conf import stac_settings
from django_stac.cql2.known import KNOWN
from django_stac.models.execute import fetched
from django_stac.search.memory import Memory
from django_stac.spec.fields import FIELDS

IS_DISPUTED = SQL("""\
EXISTS (SELECT FROM django_stac_collection
        WHERE disputed <> '{{}}'::text[] AND disputed && %(known)s::text[])""").format()


class Disputed(Exception):
    """A page was asked for that takes names for what they are not everywhere."""


disputes: Memory[tuple[str, str], str] = Memory()
"""Names that were found disputed, by alias: one that is no more costs a look-up, and changes no answer."""


def remember(names: Iterable[str], using: str) -> None:
    """Look up these names from now on."""
    for name in names:
        disputes.set((using, name), name)


def known_to_all(names: Set[str], using: str) -> list[str] | None:
    """Those of the names that a collection may dispute; None where one is unknown, the site's own, or disputed."""
    if not names <= KNOWN.keys() or not names.isdisjoint(stac_settings.QUERYABLES):
        return None
    return None if any(disputes.get((using, name)) for name in names) else sorted(names & FIELDS.keys())


def are_disputed(names: Iterable[str], using: str) -> bool:
    """Whether a collection has one of these known names for something of another kind; that is remembered."""
    held = list(names)
    if not held or not fetched(using, SQL("SELECT {}").format(IS_DISPUTED), {"known": held})[0][0]:
        return False
    remember(held, using)
    return True
