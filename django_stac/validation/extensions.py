"""The rules of extensions: their schemas, compiled from a cache that stands. Nothing is ever fetched here."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jsonschema_rs

from django_stac.validation.choices import innermost
from django_stac.validation.messages import in_words
from django_stac.validation.problems import Problem
from django_stac.validation.references import Find, SchemaMissing, gathered, without_fragment
from django_stac.validation.schemas import FORMATS, bundled

MOST_COMPILED = 256
"""Schemas that a process holds compiled; the latest used stay."""
USUAL = re.compile(r"https://stac-extensions\.github\.io/([^/]+)/(v[^/]+)/schema\.json#?")
UNKNOWN = "its schema is not in the cache"


@dataclass(slots=True)
class Findings:
    """What is wrong with a document, and which of its extensions nobody could check."""

    problems: list[Problem] = field(default_factory=list)
    unchecked: dict[str, str] = field(default_factory=dict)
    """Addresses of extensions, each with the reason."""


class ExtensionSchemas:
    """The schemas that ``find`` gives, compiled when they are first needed."""

    compiled: Callable[[str], jsonschema_rs.Validator | str]
    """Gives the validator of an extension, or why there is none."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self.compiled = lru_cache(MOST_COMPILED)(self._compile)

    def findings(self, document: dict[str, Any]) -> Findings:
        """Check a sound document against the schemas of all extensions that it names."""
        found = Findings()
        for uri in named(document):
            schema = self.compiled(uri)
            if isinstance(schema, str):
                found.unchecked[uri] = schema
            elif not schema.is_valid(document):
                found.problems += problems_of(document, schema, short_name(uri))
        return found

    def _compile(self, uri: str) -> jsonschema_rs.Validator | str:
        address = without_fragment(uri)
        if (schema := self._find(address)) is None:
            return UNKNOWN
        try:
            resources = gathered(schema, address, self._find_or_bundled)
            return compile_schema(schema, address, resources)
        except SchemaMissing as error:
            return str(error)
        except UnusableSchema as error:
            return f"its schema cannot be used: {error}"

    def _find_or_bundled(self, address: str) -> Any:
        found = self._find(address)
        return bundled(address) if found is None else found


class UnusableSchema(ValueError):
    """What is no JSON Schema, or refers to a place that it has not."""


def compile_schema(schema: Any, address: str, resources: dict[str, Any], **options: Any) -> jsonschema_rs.Validator:
    """Compile a schema of an address with all that it refers to. Raises UnusableSchema with a sentence."""
    if not isinstance(schema, dict | bool):
        raise UnusableSchema("a JSON Schema is an object")
    try:
        return jsonschema_rs.validator_for(
            schema,
            base_uri=address,
            # Without it the validator would fetch what it misses, also a `$schema` of somebody's own.
            retriever=lambda uri: resources[without_fragment(uri)],
            validate_formats=True,
            formats=FORMATS,
            **options,
        )
    except jsonschema_rs.ValidationError as error:
        raise UnusableSchema(str(error).partition("\n")[0][:300]) from error


def problems_of(document: dict[str, Any], schema: jsonschema_rs.Validator, name: str) -> Iterable[Problem]:
    """What a schema of this name finds wrong, in words; the place may be vague, but something is said."""
    for problem in in_words(document, innermost(schema.iter_errors(document))):
        yield Problem(problem.pointer, f"{problem.message} ({name})")


def named(document: dict[str, Any]) -> list[str]:
    """The addresses of the extensions that a document names, whatever else stands among them, each once."""
    given = document.get("stac_extensions")
    return list(dict.fromkeys(uri for uri in given if isinstance(uri, str))) if isinstance(given, list) else []


def short_name(uri: str) -> str:
    """An extension as people call it, such as "eo v2.0.0"; the whole address of an unusual one."""
    usual = USUAL.fullmatch(uri)
    return f"{usual[1]} {usual[2]}" if usual else uri
