"""The OpenAPI 3.0 description, made from the routes and their operations, whatever the host sets for its own API."""

from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Any

import uritemplate
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import SPECTACULAR_DEFAULTS, patched_settings

from django_stac.api.openapi.components import COMPONENTS, TEXT, name_of, ref
from django_stac.api.openapi.examples import examples, with_example
from django_stac.api.openapi.geometries import GEOMETRIES
from django_stac.api.openapi.of_history import NUMBER, REMEMBERED
from django_stac.api.openapi.of_writes import FORMS, WRITTEN
from django_stac.api.operations import Operation
from django_stac.api.parameters import EVERYWHERE
from django_stac.api.writing.unchecked import HEADER as UNCHECKED
from django_stac.conf import stac_settings
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.media_types import HTML

# Settings of views cannot be patched, and mean nothing to a generator.
SETTINGS = {
    **{name: value for name, value in SPECTACULAR_DEFAULTS.items() if not name.startswith(("SERVE_", "DEFAULT_"))},
    "OAS_VERSION": "3.0.3",
    "SCHEMA_PATH_PREFIX": "",
    "APPEND_COMPONENTS": {
        **COMPONENTS,
        "schemas": COMPONENTS["schemas"] | GEOMETRIES | WRITTEN | REMEMBERED,
        "parameters": {name: with_example(each) for name, each in COMPONENTS["parameters"].items()},
    },
    "POSTPROCESSING_HOOKS": [],
}
ALWAYS = (400, 401, 403, 406, 414, 429, 503)
"""Statuses that every resource may answer."""
BODILESS = {
    204: "Done.",
    302: "The URL of the file.",
    303: "The URL of the page without the empty fields of a form.",
    304: "Not changed since the client asked last.",
}
TOLD = {"headers": {UNCHECKED: {"description": "Extensions that nobody could check.", "schema": {"type": "string"}}}}
"""What the answer to one document that was written tells beside it."""

OF_SCHEMES = {"type", "description", "name", "in", "scheme", "flows", "openIdConnectUrl"}
"""What the authentication extension knows of a scheme."""

_generating = Lock()


class OperationSchema(AutoSchema):
    """Describes what the view declares in ``operations``; nothing is guessed from serializers."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any
    ) -> dict[str, Any] | None:
        """Return the Operation Object of one method of one path."""
        self.registry, self.method = registry, method
        operation: Operation = self.view.operation  # type: ignore[attr-defined]
        ways = self.get_auth()
        # Nobody need be known to read what is public; of a site whose authentication is unknown nothing is said.
        security = {"security": [*ways, *([] if operation.action else [{}])]} if ways else {}
        return describe(operation, path, method) | security


def describe(operation: Operation, path: str, method: str) -> dict[str, Any]:
    """The Operation Object (OpenAPI 3.0.3)."""
    in_query = () if operation.parameters is None else (*operation.parameters, *EVERYWHERE)
    described: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": [
            *(in_path(name) for name in uritemplate.variables(path)),
            *(ref("parameters", name) for name in (*in_query, *operation.headers)),
            *([ref("parameters", "queryables")] if operation.takes_queryables else []),
        ],
        "responses": responses(operation, method),
    }
    if operation.body:
        forms = [str(parser.media_type) for parser in operation.parsers]
        content = {form: in_body(operation.body, form) for form in forms}
        described["requestBody"] = {"required": True, "content": content}
    return described


def in_path(name: str) -> dict[str, Any]:
    """The Parameter Object of a part of the path."""
    schema = NUMBER if name == "number" else TEXT
    return with_example({"name": name, "in": "path", "required": True, "schema": schema})


def in_body(name: str, form: str) -> dict[str, Any]:
    """The Media Type Object of a body in one of its forms."""
    return {"schema": FORMS.get(form) or ref("schemas", name), "examples": examples(name, form)}


def responses(operation: Operation, method: str) -> dict[str, Any]:
    """The Responses Object: the answer in its forms, and every other there may be."""
    own = (str(operation.renderer.media_type),)
    media_types = operation.media_types or (own if operation.action else (*own, HTML))
    forms = {each: {"type": "string"} if each == HTML else ref("schemas", operation.answer) for each in media_types}
    told = TOLD if operation.action and method != "DELETE" and operation.answer != "Report" else {}
    full = {
        "description": operation.summary,
        "content": {media_type: {"schema": schema} for media_type, schema in forms.items()},
        **told,
    }
    described: dict[int, Any] = dict.fromkeys(operation.answers, full)
    errors = [*ALWAYS, *operation.statuses]
    if method == "GET":
        described |= dict.fromkeys((303, 304) if HTML in media_types else (304,))
        errors.append(412)
    described |= {status: {"description": BODILESS[status], **told} for status in described if status in BODILESS}
    described |= {status: ref("responses", name_of(status)) for status in errors}
    return {str(status): described[status] for status in sorted(described)}


def description(hrefs: Hrefs) -> dict[str, Any]:
    """Return the whole document for an API that stands at these URLs."""
    information = {
        "title": stac_settings.TITLE,
        "description": stac_settings.DESCRIPTION,
        "version": version("django-stac"),
    }
    return {**generated(), "info": information, "servers": [{"url": hrefs.root.removesuffix("/")}]}


def authentication() -> dict[str, Any]:
    """How the site knows people: its Security Schemes by name, which have the form of the STAC extension's, too."""
    found: dict[str, Any] = generated()["components"].get("securitySchemes", {})
    return {name: {key: scheme[key] for key in scheme if key in OF_SCHEMES} for name, scheme in found.items()}


@cache
def generated() -> dict[str, Any]:
    """What is the same wherever the API stands. The generator's settings are global, hence one at a time."""
    from django_stac.api.urls import urlpatterns  # noqa: PLC0415 - the routes import the views, which import this

    with _generating, patched_settings(SETTINGS), GENERATOR_STATS.silence():
        document: dict[str, Any] = SchemaGenerator(patterns=urlpatterns).get_schema(public=True)  # type: ignore[no-untyped-call]
    return document
