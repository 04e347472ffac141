"""What the database could do at another time: which errors say so. What clients are told is in ``exceptions``."""

import logging

import psycopg
from django.db import OperationalError

from django_stac.exceptions import DatabaseAway, DatabaseBusy, StacError
from django_stac.logs import plain

logger = logging.getLogger("django_stac.api")

BUSY = frozenset(("40001", "40P01", "55P03", "57014"))
"""Serialization failure, deadlock, lock timeout, statement timeout: what was rolled back for certain (SQLSTATE)."""
AWAY = ("08", "53", "57P")
"""How the codes begin of a connection that broke, of a server that is full, and of one that starts or ends."""

SECONDS: dict[type[Exception], int] = {DatabaseBusy: 1, DatabaseAway: 10}
"""After which it is worth while to try again."""


def outage_of(error: Exception) -> StacError | None:
    """What to answer for an error of the database that is no bug; None for any other error. The cause is logged."""
    cause = error.__cause__
    if not isinstance(error, OperationalError) or not isinstance(cause, psycopg.Error):
        return None
    if cause.sqlstate in BUSY:
        outage: StacError = DatabaseBusy()
    # The client's own errors have no code: it cannot connect, or nobody answers any more.
    elif cause.sqlstate is None or cause.sqlstate.startswith(AWAY):
        outage = DatabaseAway()
    else:
        return None
    logger.warning("%s: %s", type(outage).__name__, plain(cause))
    return outage
