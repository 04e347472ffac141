"""Names that everybody knows: what they are need not be looked up, as long as no collection has them for another thing.

Hidden collections are asked too: where none disputes a name, what it is does not depend on who asks.
"""

from collections.abc import Iterable, Set

from psycopg.sql import SQL

from django_stac.conf import stac_settings
from django_stac.cql2.known import KNOWN
from django_stac.models.execute import fetched
from django_stac.spec.fields import FIELDS

IS_DISPUTED = SQL("""\
EXISTS (SELECT FROM django_stac_collection WHERE disputed <> '{{}}'::text[] AND disputed && %(known)s::text[])""")


def known_to_all(names: Set[str]) -> list[str] | None:
    """Those of the names that a collection may dispute; None where one is not known, or declared by the site."""
    if not names <= KNOWN.keys() or not names.isdisjoint(stac_settings.QUERYABLES):
        return None
    return sorted(names & FIELDS.keys())


def are_disputed(names: Iterable[str], using: str) -> bool:
    """Whether a collection has one of these known names for something of another kind."""
    held = list(names)
    return bool(held) and bool(fetched(using, SQL("SELECT {}").format(IS_DISPUTED.format()), {"known": held})[0][0])
