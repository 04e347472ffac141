"""A patch on its way in: applied to the stored document; what may be stored is decided by ``prepare``."""

from typing import Any

from django_stac.exceptions import InvalidDocument
from django_stac.spec.patches import PatchError, patched, same
from django_stac.spec.versions import old_version
from django_stac.validation.problems import Problem

Patch = dict[str, Any] | list[Any]
"""A merge patch is an object, a JSON Patch a list of operations."""


def patched_document(document: dict[str, Any], patch: Patch, *, fixed: tuple[str, ...] = ("id",)) -> dict[str, Any]:
    """Return the document as a patch makes it. Raises InvalidDocument; members that are fixed keep their value.

    So does the version where another would have the document migrated. The problem of a patch that cannot be applied
    points into the patch.
    """
    try:
        result = patched(document, patch)
    except PatchError as error:
        raise InvalidDocument([Problem(error.pointer, str(error))], document_id=document["id"]) from error
    stay = fixed if old_version(result) is None else (*fixed, "stac_version")
    changed = [name for name in stay if result.get(name) != document.get(name)]
    if changed:
        problems = [Problem(f"/{name}", f"must stay {document.get(name)!r}: no patch changes it.") for name in changed]
        raise InvalidDocument(problems, document_id=document["id"])
    return without_old_bbox(result, document)


def without_old_bbox(result: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A box that a patch has left behind is that of the old geometry: ``prepare`` makes the new one."""
    if same(result.get("geometry"), document.get("geometry")) or result.get("bbox") != document.get("bbox"):
        return result
    return {name: value for name, value in result.items() if name != "bbox"}
