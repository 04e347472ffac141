"""Which STAC versions are stored as they are. The migration of older documents is not here."""

import re
from typing import Any

STORED = ("1.0", "1.1")
"""Minor versions whose final releases keep their version in the database."""

CURRENT = "1.1.0"
"""The version of every document that the server itself makes."""

_FINAL = re.compile(r"1\.[01]\.(0|[1-9][0-9]*)")
_ACCEPTED = "documents of STAC 1.0.x and 1.1.x are accepted"


def check_version(document: dict[str, Any]) -> None:
    """Accept finals of the stored versions; raise ValueError with a sentence that names any other version."""
    version = document.get("stac_version")
    if version is None:
        raise ValueError(f"`stac_version` is missing; {_ACCEPTED}.")
    if not isinstance(version, str):
        raise ValueError(f"`stac_version` must be text such as {CURRENT!r}, got {version!r}; {_ACCEPTED}.")
    if not _FINAL.fullmatch(version):
        raise ValueError(f"`stac_version` is {version!r}; {_ACCEPTED}.")
