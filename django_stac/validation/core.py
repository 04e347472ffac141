"""The rules of the STAC core, from its JSON Schemas. What may never be stored is in ``soundness``."""

from typing import Any

from django_stac.spec.versions import check_version
from django_stac.validation.messages import in_words
from django_stac.validation.problems import Problem
from django_stac.validation.schemas import TYPES, validator


def core_problems(document: dict[str, Any]) -> list[Problem]:
    """Check a sound document against the core schema of its `type` and version (1.0.x or 1.1.x), offline.

    An item that names its collection needs a link with rel `collection`: give it one before asking.
    """
    kind = document.get("type")
    if not isinstance(kind, str) or kind not in TYPES:
        shown = "it is missing" if "type" not in document else f"got {kind!r}"
        return [Problem("/type", f"must be one of {', '.join(TYPES)}; {shown}")]
    try:
        check_version(document)
    except ValueError as error:
        return [Problem("/stac_version", str(error))]
    schema = validator(kind, document["stac_version"][:3])
    return [] if schema.is_valid(document) else in_words(document, schema.iter_errors(document))
