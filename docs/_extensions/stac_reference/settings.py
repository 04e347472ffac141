"""What ``conf`` and ``checks`` say."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from django.conf import settings as django_settings
from django.core.checks.registry import registry
from django.test import override_settings

from django_stac.conf import SETTING_NAMES, StacSettings

CHECK = re.compile(r"\b([EW]\d{3}): (.*?)(?=\s[EW]\d{3}:|\n\n|\Z)", re.DOTALL)
LEVELS = {"E": "error", "W": "warning"}


def settings() -> str:
    """Every key of ``DJANGO_STAC``: its type, its default and its meaning."""
    names = [name for name in vars(StacSettings) if name in SETTING_NAMES]
    with override_settings(DJANGO_STAC={}):
        return "\n".join(map(setting, names))


def setting(name: str) -> str:
    getter = vars(StacSettings)[name].fget
    (function,) = ast.parse(dedent(inspect.getsource(getter))).body
    assert isinstance(function, ast.FunctionDef)
    assert function.returns
    shown = f"`{ast.unparse(function.returns)}`, default `{default(getattr(StacSettings(), name))}`"
    return f"## {name}\n\n{shown}\n\n{inspect.getdoc(getter)}\n"


def default(value: object) -> str:
    if isinstance(value, Path):
        return f'BASE_DIR / "{value.relative_to(django_settings.BASE_DIR)}"'
    return repr(value)


def checks() -> str:
    """A table of all ids."""
    lines = ["| id | level | why |", "|---|---|---|"]
    for number, when in sorted(found_checks()):
        lines.append(f"| `django_stac.{number}` | {LEVELS[number[0]]} | {when} |")
    return "\n".join(lines)


def found_checks() -> Iterator[tuple[str, str]]:
    """Number and sentence of each check, as the docstrings of the registered functions say."""
    for check in registry.get_checks(include_deployment_checks=True):
        if check.__module__.startswith("django_stac."):
            for number, when in CHECK.findall(inspect.getdoc(check) or ""):
                yield number, " ".join(when.split()) + asked_with(check)


def asked_with(check: object) -> str:
    """The options of ``manage.py check`` without which it is passed over."""
    options = ["`--deploy`"] if check in registry.deployment_checks else []
    options += ["`--database`"] if "database" in getattr(check, "tags", ()) else []
    return f" (Asked with {' and '.join(options)}.)" if options else ""
