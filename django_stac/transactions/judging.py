"""What the gate would say of documents that are stored already: rules may have become stricter since."""

from collections.abc import Container, Iterator
from typing import Any

from django_stac.exceptions import InvalidDocument
from django_stac.models import Catalog, Collection, Item
from django_stac.spec.versions import kind_of
from django_stac.transactions.files import references_of
from django_stac.transactions.prepare import Prepared, prepare_catalog, prepare_collection, prepare_item
from django_stac.transactions.schemas import strictness_of
from django_stac.transactions.strictness import Strictness
from django_stac.validation.extensions import Findings
from django_stac.validation.problems import Problem

Document = dict[str, Any]


def problems_of(row: Item | Collection | Catalog) -> tuple[Problem, ...]:
    """Validate a stored document as if it came in now; empty when it would be taken. The item's collection is read."""
    return tuple(findings_of(row).problems)


class Judge:
    """Judges the documents of one database, many of them; what a collection asks is looked up once."""

    def __init__(self, using: str, *, level: str | None = None) -> None:
        self.using, self.level = using, level
        self._strictness: dict[int | None, Strictness] = {}

    def strictness(self, collection: Collection | None) -> Strictness:
        """How the documents of a collection are judged, or those of none; ``level`` goes before its own."""
        key = collection.pk if collection else None
        if key not in self._strictness:
            self._strictness[key] = strictness_of(collection, self.using, level=self.level)
        return self._strictness[key]

    def items(self, rows: list[Item]) -> Iterator[Findings]:
        """Judge items with their collections, some hundreds at a time."""
        own = references_of(self.using, items=[row.pk for row in rows])
        for row in rows:
            files, home = own.get(row.pk, ()), row.collection
            yield self.document(row.document, home, collection_id=home.collection_id, files=files)

    def collection(self, row: Collection) -> Findings:
        own = references_of(self.using, collections=[row.pk]).get(row.pk, ())
        return self.document(row.document, row, files=own)

    def document(
        self, document: Document, home: Collection | None, *, collection_id: str = "", files: Container[str] = ()
    ) -> Findings:
        """Judge a document of any type as one of this collection; an item of none has this collection's id at least."""
        strictness = self.strictness(home)
        try:
            prepared = prepared_of(document, collection_id=collection_id, files=files, strictness=strictness)
        except InvalidDocument as error:
            return Findings(problems=list(error.problems))
        return Findings(unchecked=dict(prepared.unchecked))


def prepared_of(document: Document, *, collection_id: str, files: Container[str], strictness: Strictness) -> Prepared:
    """Prepare a document as its type asks. Raises InvalidDocument."""
    match kind_of(document):
        case "Collection":
            return prepare_collection(document, files=files, strictness=strictness)
        case "Catalog":
            return prepare_catalog(document, strictness=strictness)
        case _:
            return prepare_item(document, collection_id=collection_id, files=files, strictness=strictness)


def findings_of(row: Item | Collection | Catalog) -> Findings:
    """What the gate would say of the row's document, and which of its extensions it could not check."""
    match row:
        case Item():
            return next(Judge(str(row._state.db)).items([row]))
        case Collection():
            return Judge(str(row._state.db)).collection(row)
        case Catalog():
            return Judge(str(row._state.db)).document(row.document, None)
    raise TypeError(f"{type(row).__name__} is no item, collection or catalogue.")
