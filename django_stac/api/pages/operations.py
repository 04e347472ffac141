"""The OpenAPI document as groups of operations, for the page that documents the API."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django_stac.api.pages.members import mapping, objects, texts
from django_stac.api.pages.properties import as_json

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
MOST_HOPS = 8
EXAMPLE_BODY = "{…}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A row of the table of parameters."""

    name: str
    place: str
    required: bool
    kind: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status and what comes with it."""

    status: str
    description: str
    media_types: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    deprecated: bool
    parameters: Sequence[Parameter]
    body: Sequence[str]
    """Media types of the request's body."""
    answers: Sequence[Answer]
    curl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The operations of one tag."""

    name: str
    description: str
    operations: Sequence[Operation]


def groups(openapi: dict[str, Any], root: str) -> list[Group]:
    """Read the operations, grouped by their first tag in the order of the document."""
    described = {str(tag.get("name")): str(tag.get("description") or "") for tag in objects(openapi.get("tags"))}
    found: dict[str, list[Operation]] = {name: [] for name in described}
    for path, item, method, body in operations_of(openapi):
        tag = next(iter(texts(body.get("tags"))), "")
        found.setdefault(tag, []).append(operation(openapi, root, path, item, method, body))
    return [
        Group(name=name, description=described.get(name, ""), operations=listed)
        for name, listed in found.items()
        if listed
    ]


def operations_of(openapi: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """Path, path item, method and operation object of each operation."""
    for path, item in mapping(openapi.get("paths")).items():
        for method in METHODS:
            if isinstance(mapping(item).get(method), dict):
                yield path, item, method, item[method]


def operation(
    openapi: dict[str, Any], root: str, path: str, item: dict[str, Any], method: str, body: dict[str, Any]
) -> Operation:
    """Read one operation; parameters of its path count for it."""
    given = [resolved(openapi, each) for each in [*objects(item.get("parameters")), *objects(body.get("parameters"))]]
    request = resolved(openapi, mapping(body.get("requestBody")))
    media_types = list(mapping(request.get("content")))
    return Operation(
        anchor=f"{method}-{quote(path.strip('/').replace('/', '-') or 'root', safe='-')}",
        method=method.upper(),
        path=path,
        summary=str(body.get("summary") or body.get("operationId") or path),
        description=str(body.get("description") or ""),
        deprecated=bool(body.get("deprecated")),
        parameters=[parameter(openapi, each) for each in given],
        body=media_types,
        answers=[answer(openapi, *each) for each in mapping(body.get("responses")).items()],
        curl=curl(server(openapi, root) + path, method.upper(), media_types),
    )


def resolved(openapi: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Follow ``$ref`` inside the document; an empty object when it leads nowhere."""
    for _ in range(MOST_HOPS):
        pointer = value.get("$ref")
        if not isinstance(pointer, str):
            return value
        target: Any = openapi
        for step in pointer.removeprefix("#/").split("/"):
            target = mapping(target).get(step.replace("~1", "/").replace("~0", "~"))
        value = mapping(target)
    return {}


def parameter(openapi: dict[str, Any], fields: dict[str, Any]) -> Parameter:
    return Parameter(
        name=str(fields.get("name") or ""),
        place=str(fields.get("in") or ""),
        required=bool(fields.get("required")),
        kind=kind(openapi, mapping(fields.get("schema"))),
        description=str(fields.get("description") or ""),
    )


def kind(openapi: dict[str, Any], schema: dict[str, Any]) -> str:
    """A schema in a few words: its type, choices, bounds and default."""
    schema = resolved(openapi, schema)
    name = str(schema.get("type") or "")
    if name == "array":
        name = f"array of {kind(openapi, mapping(schema.get('items'))) or 'any'}"
    choices = ", ".join(as_json(each) for each in schema.get("enum") or [])
    said = [f"{key} {as_json(schema[key])}" for key in ("minimum", "maximum", "default") if key in schema]
    return "; ".join(filter(None, [name, choices, *said]))


def answer(openapi: dict[str, Any], status: str, fields: Any) -> Answer:
    response = resolved(openapi, mapping(fields))
    content = list(mapping(response.get("content")))
    return Answer(status=str(status), description=str(response.get("description") or ""), media_types=content)


def server(openapi: dict[str, Any], root: str) -> str:
    """The URL that the paths are added to."""
    url = next((each.get("url") for each in objects(openapi.get("servers"))), None)
    return url.rstrip("/") if isinstance(url, str) and url.startswith("http") else root.rstrip("/")


def curl(url: str, method: str, media_types: list[str]) -> str:
    """An example for a shell, one option a line."""
    options = [] if method == "GET" else [f"-X {method}"]
    if media_types:
        options += [f"-H 'Content-Type: {media_types[0]}'", f"-d '{EXAMPLE_BODY}'"]
    return " \\\n  ".join(["curl", *options, shell_text(url)] if options else [f"curl {shell_text(url)}"])


def shell_text(text: str) -> str:
    """Quote for a POSIX shell."""
    quoted = text.replace("'", "'\\''")
    return f"'{quoted}'"
