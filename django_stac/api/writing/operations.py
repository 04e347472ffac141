"""The operations that write one kind of resource, said once for items, collections and catalogues."""

from dataclasses import dataclass

from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from django_stac.access import Action
from django_stac.api.operations import Operation
from django_stac.api.parsers import DocumentParser, GeoJSONDocumentParser, JSONPatchParser, MergePatchParser

CREATE = ("Idempotency-Key", "If-None-Match", "Prefer")
CHANGE = ("If-Match", "If-None-Match", "Prefer")
PATCHES: tuple[type[BaseParser], ...] = (MergePatchParser, JSONPatchParser, DocumentParser)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What differs between them."""

    name: str
    """The end of operation ids."""
    noun: str
    """In summaries."""
    tag: str
    document: str
    """Name of the schema of the served document."""
    create: Action
    replace: Action
    delete: Action
    renderer: type[BaseRenderer]
    delete_parameters: tuple[str, ...] = ()


def writes(kind: Kind) -> dict[str, Operation]:
    """Return the operations of POST, PUT, PATCH and DELETE (STAC API - Transaction)."""
    bodies = (DocumentParser, GeoJSONDocumentParser)

    def operation(verb: str, summary: str, action: Action, **further: object) -> Operation:
        return Operation(
            id=f"{verb}{kind.name}", tag=kind.tag, summary=summary, renderer=kind.renderer, action=action,
            **({"answer": kind.document} | further),  # type: ignore[arg-type]
        )  # fmt: skip

    return {
        "create": operation(
            "post", f"Create {kind.noun}, or several", kind.create, body=f"New{kind.document}s", parsers=bodies,
            answer=f"Created{kind.document}",
            headers=CREATE, answers=(201,), statuses=(404, 409, 410, 411, 412, 413, 415, 422),
        ),
        "update": operation(
            "put", f"Replace {kind.noun}", kind.replace, body=f"New{kind.document}", parsers=bodies,
            headers=CHANGE, answers=(200, 204), statuses=(404, 410, 411, 412, 413, 415, 428),
        ),
        "partial_update": operation(
            "patch", f"Change parts of {kind.noun}", kind.replace, body="Patch", parsers=PATCHES,
            headers=CHANGE, answers=(200, 204), statuses=(404, 410, 411, 412, 413, 415, 428),
        ),
        "destroy": operation(
            "delete", f"Delete {kind.noun}", kind.delete, headers=CHANGE, parameters=kind.delete_parameters,
            answers=(200, 204), statuses=(404, 409, 410, 412, 428),
        ),
    }  # fmt: skip
