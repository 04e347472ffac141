"""What the metadata file beside a raster says, as keys and values; what they mean is told elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 4_000_000

# `<KEY>value</KEY>`, `"KEY": "value"`, `"KEY": 12.5`, `KEY = value` and `Key: value`; no XML parser meets a
# stranger's file.
_PAIR = re.compile(
    r"<(?:\w+:)?(?P<tag>[A-Za-z]\w{2,40})(?:\s[^<>]{0,200})?>(?P<text>[^<>\n]{1,40})<"
    r'|"(?P<member>[A-Za-z][\w:]{2,40})"\s*:\s*(?:"(?P<string>[^"\n]{1,40})"|(?P<number>-?\d[\d.]{0,39}))'
    r'|^[ \t]*(?P<key>[A-Za-z][\w:]{2,40})[ \t]*[=:][ \t]*"?(?P<value>[^"\n]{1,40})',
    re.MULTILINE,
)


def facts_in(sidecar: Path, section: str = "") -> Iterator[tuple[str, str]]:
    """Yield the keys as written and their values, in the order of the file; nothing when it is no text.

    With the name of a ``section`` only those in it: its name stands at both ends, in JSON a brace at the second.
    """
    try:
        with sidecar.open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST)
    except OSError:
        return
    if section:
        inside = re.search(rf"\b{section}\b(.*?)(?:\b{section}\b|\}})", text, re.DOTALL)
        text = inside[1] if inside else ""
    for match in _PAIR.finditer(text):
        key, value = (part for part in match.groups() if part)
        # ISO 19115 writes the age of the metadata as <gco:DateTime>.
        if not (match["tag"] and key.lower() == "datetime"):
            yield key, value.strip()
