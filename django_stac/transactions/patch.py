"""A patch on its way in: applied to the stored document; what may be stored is decided by ``prepare``."""

from typing import Any

from django_stac.exceptions import InvalidDocument
from django_stac.spec.patches import PatchError, patched
from django_stac.validation.problems import Problem

Patch = dict[str, Any] | list[Any]
"""A merge patch is an object, a JSON Patch a list of operations."""


def patched_document(document: dict[str, Any], patch: Patch, *, fixed: tuple[str, ...] = ("id",)) -> dict[str, Any]:
    """Return the document as a patch makes it. Raises InvalidDocument; members that are fixed keep their value.

    The problem of a patch that cannot be applied points into the patch.
    """
    try:
        result = patched(document, patch)
    except PatchError as error:
        raise InvalidDocument([Problem(error.pointer, str(error))], document_id=document["id"]) from error
    changed = [name for name in fixed if result.get(name) != document.get(name)]
    if changed:
        problems = [Problem(f"/{name}", f"must stay {document.get(name)!r}: no patch changes it.") for name in changed]
        raise InvalidDocument(problems, document_id=document["id"])
    return result
