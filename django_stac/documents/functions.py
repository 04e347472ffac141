"""The functions that a filter may call, as CQL2 lists them (OGC 21-065r2 §7.7)."""

from typing import Any

from django_stac.cql2.functions import FUNCTIONS, Function
from django_stac.cql2.queryables import Kind
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.links import HTML_FORM, link
from django_stac.spec.media_types import HTML, JSON

TYPES = {Kind.TEXT: "string", Kind.NUMBER: "number", Kind.PERIOD: "datetime"}


def present_functions(hrefs: Hrefs) -> dict[str, Any]:
    """Return the list of functions, with what they take and return."""
    links = [
        link("self", hrefs.functions, type=JSON, title="This document"),
        link("alternate", f"{hrefs.functions}{HTML_FORM}", type=HTML, title="This document as a page"),
        link("root", hrefs.root, type=JSON, title="Landing page"),
    ]
    return {"functions": [present(function) for function in FUNCTIONS.values()], "links": links}


def present(function: Function) -> dict[str, Any]:
    return {
        "name": function.name,
        "description": function.description,
        "args": [{"type": [TYPES[function.takes]]}],
        "returns": [TYPES[function.returns]],
    }
