"""Which STAC versions are stored as they are, and which are migrated first. How is told by ``migration``."""

import re
from typing import Any

STORED = ("1.0", "1.1")
"""Minor versions whose final releases keep their version in the database."""

CURRENT = "1.1.0"
"""The version of every document that the server itself makes, and of those that were migrated."""

OLDEST = "0.6.0"
KINDS = ("Feature", "Collection", "Catalog")

_FINAL = re.compile(r"1\.[01]\.(0|[1-9][0-9]*)")
_OLD = re.compile(r"0\.[6-9](\.[0-9]{1,3})?(-?(alpha|beta|rc)\.?[0-9]{0,3})?|1\.0\.0-(alpha|beta|rc)\.?[0-9]{0,3}")
_TYPED = re.compile(r"1\.0\.0-rc.*")
_ACCEPTED = "documents of STAC 1.0.x and 1.1.x are accepted, and those from 0.6 on are migrated as they come in"


def check_version(document: dict[str, Any]) -> None:
    """Accept finals of the stored versions; raise ValueError with a sentence that names any other version."""
    version = document.get("stac_version")
    if version is None:
        raise ValueError(f"`stac_version` is missing; {_ACCEPTED}.")
    if not isinstance(version, str):
        raise ValueError(f"`stac_version` must be text such as {CURRENT!r}, got {version!r}; {_ACCEPTED}.")
    if not _FINAL.fullmatch(version):
        raise ValueError(f"`stac_version` is {version!r}; {_ACCEPTED}.")


def old_version(document: dict[str, Any]) -> str | None:
    """Return the version of a document from before 1.0.0; None for all others, old beyond 0.6 or new.

    Items of 0.6 need not name it: one without, and without the later `stac_extensions`, is one of these.
    """
    version = document.get("stac_version")
    if isinstance(version, str):
        return version if _OLD.fullmatch(version) else None
    return OLDEST if version is None and _is_nameless_item(document) else None


def kind_of(document: dict[str, Any]) -> str:
    """Return a document's `type`. Before 1.0.0-rc.1 catalogues and collections had none, and are told by members."""
    kind = document.get("type")
    if kind is not None:
        return kind if isinstance(kind, str) else ""
    version = old_version(document)
    if version is None or _TYPED.fullmatch(version):
        return ""
    return "Collection" if "extent" in document or "license" in document else "Catalog"


def _is_nameless_item(document: dict[str, Any]) -> bool:
    shape = (("properties", dict), ("assets", dict), ("links", list))
    return (
        document.get("type") == "Feature"
        and not {"stac_version", "stac_extensions"} & document.keys()
        and all(isinstance(document.get(name), kind) for name, kind in shape)
    )
