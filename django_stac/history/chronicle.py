"""The states of a thing, as somebody may see them: its versions, and what stands as the version that it will be."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import F, Func, IntegerField, Max, Min, Q

from django_stac.exceptions import NotFound
from django_stac.history.names import Name, Row
from django_stac.models import Catalog, Kind, Version
from django_stac.models.document import dump
from django_stac.models.querysets import VersionQuerySet

WORD = {Kind.ITEM: "item_published", Kind.COLLECTION: "published"}
"""The column in which a version keeps whether the thing itself was published."""
SIZE = Func(F("document"), function="octet_length", output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The numbers of the states beside one, None where there is none."""

    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class Chronicle:
    """What a thing was, and is. ``row`` is what stands, None when it is gone; ``told`` says which versions are seen."""

    name: Name
    row: Row | None
    told: Q
    using: str | None = None

    @property
    def versions(self) -> VersionQuerySet:
        """The versions that are seen, newest first."""
        return self.name.among(Version.objects.using(self.using)).kept().filter(self.told).order_by("-number")

    @cached_property
    def last(self) -> int:
        """The number of the last version, be it seen or not; 0 when there is none."""
        found: int | None = self.name.among(Version.objects.using(self.using)).aggregate(last=Max("number"))["last"]
        return found or 0

    @cached_property
    def present(self) -> Version | None:
        """What stands, as a version that has not ended; None when nothing does."""
        return None if self.row is None else present(self.row, self.last + 1)

    @property
    def newest(self) -> int | None:
        """The number of the last state."""
        return self.present.number if self.present else self.versions.values_list("number", flat=True).first()

    def state(self, number: int) -> Version:
        """One state, with its document. Raises NotFound."""
        if self.present and number == self.present.number:
            return self.present
        found = self.versions.filter(number=number).first()
        if found is None:
            raise NotFound(f"There is no version {number} of {self.name}.")
        return found

    def neighbors(self, number: int) -> Neighbors:
        """The states beside one."""
        beside = self.versions.order_by().aggregate(
            before=Max("number", filter=Q(number__lt=number)), after=Min("number", filter=Q(number__gt=number))
        )
        standing = self.present.number if self.present and number < self.present.number else None
        return Neighbors(beside["before"], beside["after"] or standing)

    def page(self, limit: int, below: int | None = None, *, documents: bool = False) -> list[Version]:
        """The newest states, as many as ``limit`` and one more if there are; each has its ``size`` in bytes.

        Those of numbers ``below`` one; ``documents`` are read only when they are wanted, but for what stands.
        """
        unread = ("files", "beside", *([] if documents else ["document"]))
        older = self.versions.defer(*unread).annotate(size=SIZE)
        if below is not None:
            older = older.filter(number__lt=below)
        first = [self.present] if self.present and (below is None or self.present.number < below) else []
        return [*first, *older[: limit + 1 - len(first)]]


def present(row: Row, number: int) -> Version:
    """What stands, as a version that nobody stores."""
    name = Name.of(row)
    state = Version(
        kind=name.kind, collection_id=name.collection_id, thing_id=name.thing_id, number=number, digest=row.digest,
        document=row.document, written=row.updated, written_by=row.written_by,
        **({} if isinstance(row, Catalog) else {WORD[name.kind]: row.published}),
    )  # fmt: skip
    state.size = len(dump(row.document))  # type: ignore[attr-defined]
    return state
