"""A Sphinx extension: a line ``% made from the code: NAME`` of a page becomes what the code says about NAME."""

import re
from typing import Any

from sphinx.application import Sphinx

from stac_reference import code, commands, conformance, http, settings, writes

PARTS = {
    "settings": settings.settings,
    "checks": settings.checks,
    "commands": commands.commands,
    "signals": code.signals,
    "verbs": code.verbs,
    "models": code.models,
    "access": code.access,
    "exceptions": code.exceptions,
    "statuses": http.statuses,
    "conformance": conformance.conformance,
    "limits of filters": http.filter_limits,
    "functions of filters": code.functions,
    "routes": http.routes,
    "media types": http.media_types,
    "writes": writes.writes,
}
"""Name → function that returns Markdown."""
LINE = re.compile(r"^% made from the code: (.+)$", re.MULTILINE)


def fill(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the parts into a page before it is parsed."""
    source[0] = filled(source[0])


def filled(text: str) -> str:
    """Return a page with its parts. Raises KeyError for a name that there is not."""
    return LINE.sub(lambda match: PARTS[match[1]](), text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Let Sphinx call us for every page that it reads."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
