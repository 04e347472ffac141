"""One write: the database alias, one transaction, the open gate, and announcements after the commit."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, transaction
from django.dispatch import Signal
from psycopg.errors import ProgramLimitExceeded

from django_stac import signals
from django_stac.exceptions import InvalidDocument, PreconditionFailed, StacError
from django_stac.history import tombstones, versions
from django_stac.logs import plain
from django_stac.models import Kind, Mark
from django_stac.models.alias import write_alias
from django_stac.models.gate import open_gate
from django_stac.validation.problems import Problem

if TYPE_CHECKING:
    from django_stac.access import User

logger = logging.getLogger("django_stac.transactions")

TOO_LONG = "hold a text that is too long for an index: shorten it, or drop the index (`stac_index` lists them)"
NOUNS = {
    signals.items_changed: "items",
    signals.collections_changed: "collections",
    signals.catalogs_changed: "catalogues",
}


@dataclass(slots=True, kw_only=True)
class Write:
    """What one write has changed, to be announced when it has committed."""

    using: str
    actor: "User" = None
    changes: dict[Signal, dict[str, list[Any]]] = field(default_factory=dict)

    def note(self, signal: Signal, what: str, key: Any) -> None:
        """Remember one change: ``what`` is created, updated or deleted."""
        lists = self.changes.setdefault(signal, {"created": [], "updated": [], "deleted": []})
        lists[what].append(key)

    def note_item(self, what: str, collection_id: str, item_id: str) -> None:
        self.note(signals.items_changed, what, (collection_id, item_id))

    @property
    def by(self) -> str | None:
        """Who writes, as rows tell it: the primary key as text, for people may live in another database."""
        key = getattr(self.actor, "pk", None)
        return None if key is None else str(key)

    def supersede(self, kind: Kind, *keys: int) -> None:
        """Keep the documents of rows that are locked, before they are replaced."""
        versions.keep(kind, keys, deleted=False, by=self.by, using=self.using)

    def bury(self, kind: Kind, *keys: int) -> None:
        """Keep the documents of rows that are locked, and tell that they are gone, before they are deleted."""
        tombstones.bury(kind, keys, deleted=True, by=self.by, using=self.using)
        versions.keep(kind, keys, deleted=True, by=self.by, using=self.using)

    def hide(self, kind: Kind, *keys: int) -> None:
        """Tell that rows that are locked leave somebody's sight, before they do."""
        tombstones.bury(kind, keys, deleted=False, by=self.by, using=self.using)

    def mark(self, *collections: int) -> None:
        """Let ``derive`` compute these collections (primary keys) again."""
        Mark.objects.using(self.using).bulk_create(Mark(collection_id=key) for key in sorted(set(collections)))

    def announce(self) -> None:
        """Tell the receivers; Django logs one that raises, for what is stored is stored."""
        for signal, lists in self.changes.items():
            counts = ", ".join(f"{len(keys)} {what}" for what, keys in lists.items() if keys)
            logger.debug("Stored on %r, %s: %s", self.using, NOUNS[signal], counts)
            signal.send_robust(sender=type(self), using=self.using, actor=self.actor, **lists)


@contextmanager
def write(using: str | None, actor: "User" = None) -> Iterator[Write]:
    """Open the gate for one transaction on the alias (default: where the routers write items)."""
    alias = write_alias(using)
    current = Write(using=alias, actor=actor)
    try:
        with transaction.atomic(using=alias), open_gate():
            yield current
            transaction.on_commit(partial(Write.announce, current), using=alias)
    except StacError as error:
        logger.info("Refused on %r: %s: %s", alias, type(error).__name__, plain(error))
        raise
    except OperationalError as error:
        if isinstance(error.__cause__, ProgramLimitExceeded):
            raise InvalidDocument([Problem("/properties", TOO_LONG)]) from error
        raise


def require_match(digest: str, if_match: str | None) -> None:
    """Raise PreconditionFailed when the stored digest is not the one that the writer has read."""
    if if_match is not None and if_match != digest:
        raise PreconditionFailed(f"The document was changed since it was read: its digest is {digest}, not {if_match}.")
