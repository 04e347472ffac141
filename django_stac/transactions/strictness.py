"""How strictly a document is judged. Where the levels, rules and schemas come from is told in ``schemas``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django_stac.conf import stac_settings
from django_stac.models import Validation
from django_stac.validation.core import core_problems
from django_stac.validation.extensions import ExtensionSchemas, Findings
from django_stac.validation.problems import Problem, pointer_to
from django_stac.validation.rules import ItemRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Strictness:
    """What is asked of documents: a level, at the highest the schemas of extensions, of items an owner's rules."""

    level: str
    schemas: ExtensionSchemas | None = None
    rules: ItemRules | None = None

    def findings(self, document: dict[str, Any]) -> Findings:
        """Judge a sound document; nothing is asked at the level ``off``."""
        found = Findings()
        if self.level == Validation.OFF:
            return found
        if self.schemas is not None:
            found = self.schemas.findings(document)
        if self.rules is not None and document.get("type") == "Feature":
            found.problems += self.rules.problems(document)
        found.problems = [*core_problems(document), *found.problems]
        if found.unchecked and stac_settings.REQUIRE_SCHEMAS:
            found.problems += unchecked_problems(document, found.unchecked)
        return found


def unchecked_problems(document: dict[str, Any], unchecked: Mapping[str, str]) -> Iterator[Problem]:
    """The extensions of a document that a site refuses because nobody can check them."""
    for uri, reason in unchecked.items():
        place = pointer_to(["stac_extensions", document["stac_extensions"].index(uri)])
        yield Problem(place, f"{uri} cannot be checked: {reason}; `manage.py stac_schemas --from` stores schemas")


def site_strictness() -> Strictness:
    """What the site asks, as far as that is known without the database."""
    return Strictness(level=stac_settings.VALIDATION)
