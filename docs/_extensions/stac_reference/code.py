"""What modules, classes and functions say about themselves."""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from textwrap import dedent
from typing import Any

from django.db.models import Field, Model
from django.dispatch import Signal

from django_stac import access as access_module
from django_stac import exceptions as exceptions_module
from django_stac import models as models_module
from django_stac import signals as signals_module
from django_stac import transactions
from django_stac.cql2.functions import FUNCTIONS
from django_stac.documents.functions import TYPES
from django_stac.guarded import GuardedPolicy
from django_stac.models.gate import GatedModel, GatedQuerySet


def signals() -> str:
    """The signals, and what they are sent with."""
    found = [f"- `{name}`" for name, value in vars(signals_module).items() if isinstance(value, Signal)]
    return "\n".join([inspect.getdoc(signals_module) or "", "", *found])


def verbs() -> str:
    """What ``django_stac.transactions`` offers: functions first, then the objects that they take and return."""
    offered = [getattr(transactions, name) for name in transactions.__all__]
    return "\n".join(map(described, sorted(offered, key=inspect.isclass)))


def models() -> str:
    """The models with their fields, querysets and methods."""
    found = [value for value in vars(models_module).values() if inspect.isclass(value) and issubclass(value, Model)]
    return "\n".join(map(model, sorted(found, key=lambda found: found.__name__)))


def access() -> str:
    """The policy and its methods, what it is asked, and the one for django-guardian."""
    actions = "\n".join(f"- `{action.name}`: `{action.value}`" for action in access_module.Action)
    asked = f"{described(access_module.Action)}\n{actions}\n"
    built_in = [described(access_module.AccessPolicy), methods(access_module.AccessPolicy), asked]
    return "\n".join([*built_in, described(GuardedPolicy)])


def exceptions() -> str:
    """The tree of exceptions."""
    return f"```text\n{inspect.getdoc(exceptions_module)}\n```"


def functions() -> str:
    """What a filter may call, with what it takes and returns."""
    rows = [
        f"| `{each.name}` | {TYPES[each.takes]} | {TYPES[each.returns]} | {each.description} |"
        for each in FUNCTIONS.values()
    ]
    return "\n".join(["| function | of | gives | |", "| --- | --- | --- | --- |", *rows])


def described(thing: Any) -> str:
    """A heading, the signature and the docstring."""
    return "\n\n".join(filter(None, [f"## {thing.__name__}", signature(thing), inspect.getdoc(thing)])) + "\n"


def signature(thing: Any) -> str:
    """How it is called, as the source says it; of a dataclass its fields, of another class nothing."""
    (node,) = ast.parse(dedent(inspect.getsource(thing))).body
    if isinstance(node, ast.FunctionDef):
        return fenced(f"{node.name}({arguments(node)}) -> {returned(node)}")
    assert isinstance(node, ast.ClassDef)
    if not is_dataclass(thing):
        return ""
    return fenced("\n".join(ast.unparse(line) for line in node.body if isinstance(line, ast.AnnAssign)))


def returned(node: ast.FunctionDef) -> str:
    """The annotation of what comes back, without quotes."""
    if isinstance(node.returns, ast.Constant):
        return str(node.returns.value)
    return ast.unparse(node.returns or ast.Name("None"))


def arguments(node: ast.FunctionDef) -> str:
    """The parameters; one on a line when they are many."""
    spoken = [spaced(part) for part in apart(ast.unparse(Unquoted().visit(node.args)))]
    given = ", ".join(spoken)
    return given if len(given) < 60 else "\n" + "".join(f"    {part},\n" for part in spoken)


class Unquoted(ast.NodeTransformer):
    """Takes the quotes off annotations that are only written as text."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        if isinstance(node.annotation, ast.Constant):
            node.annotation = ast.Name(str(node.annotation.value))
        return node


def apart(given: str) -> list[str]:
    """Split parameters at the commas that are in no brackets."""
    parts, depth = [""], 0
    for letter in given:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def spaced(parameter: str) -> str:
    """Write a default as the style guide wants it beside an annotation."""
    return " = ".join(parameter.split("=", 1)) if ":" in parameter else parameter


def fenced(text: str) -> str:
    return f"```python\n{text}\n```"


def model(found: type[Model]) -> str:
    """One model: docstring, fields, and the methods of its queryset and its own."""
    parts = [f"## {found.__name__}", inspect.getdoc(found) or "", "| field | type | |\n|---|---|---|"]
    fields = [field for field in found._meta.get_fields() if isinstance(field, Field)]
    parts[-1] += "".join(f"\n| `{field.name}` | {type(field).__name__} | {meaning(field)} |" for field in fields)
    queryset = type(found._default_manager.all())
    if issubclass(queryset, GatedQuerySet) and (asked := methods(queryset)):
        parts += [f"On the queryset, `{found.__name__}.objects`:", asked]
    if issubclass(found, GatedModel) and (own := methods(found, but={"verb"})):
        parts += ["On a row:", own]
    return "\n\n".join(part for part in parts if part) + "\n"


def meaning(field: Any) -> str:
    return str(field.help_text or field.verbose_name)


def methods(owner: type, *, but: frozenset[str] | set[str] = frozenset()) -> str:
    """The public methods that a class defines itself."""
    return "\n".join(f"{signature(method)}\n\n{inspect.getdoc(method)}\n" for method in public(owner, but))


def public(owner: type, but: frozenset[str] | set[str]) -> Iterator[Callable[..., Any]]:
    for name, value in vars(owner).items():
        if inspect.isfunction(value) and not name.startswith("_") and name not in but:
            yield value
