"""``DJANGO_STAC``: known keys, values of the right type, numbers in their bounds, paths that exist."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

from django.apps import apps
from django.conf import settings
from django.core.checks import register
from django.utils.module_loading import import_string

from django_stac.checks.messages import Apps, Messages, error, line
from django_stac.conf import SETTING_NAMES, StacSettings, stac_settings
from django_stac.cql2.declared import problems_of

VALIDATION = ("off", "core", "extensions")
LEAST = {"DEFAULT_LIMIT": 1, "MAX_LIMIT": 1}
"""The smallest number of a key, where that is not 0."""
FEW_DIGITS = re.compile(r"[0-9]{1,18}")
"""A text that was meant as a number; Python reads none of more than 4300 digits."""


def given() -> Mapping[str, Any]:
    """What the site has set; nothing where that is no dict."""
    found = getattr(settings, "DJANGO_STAC", {})
    return found if isinstance(found, Mapping) else {}


@register
def check_setting_names(app_configs: Apps, **kwargs: Any) -> Messages:
    """E001: a key of ``DJANGO_STAC`` that nobody reads is a typing error."""
    unknown = sorted(set(map(str, given())) - SETTING_NAMES)
    return [error("django_stac.E001", f"DJANGO_STAC has an unknown key {name!r}.", hint_for(name)) for name in unknown]


def hint_for(name: str) -> str:
    close = get_close_matches(name.upper(), SETTING_NAMES, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known keys: {', '.join(sorted(SETTING_NAMES))}."


@register
def check_policy(app_configs: Apps, **kwargs: Any) -> Messages:
    """E003: the access policy must be one, and the apps that it needs installed."""
    path = stac_settings.ACCESS_POLICY
    try:
        found = import_string(path)
    except (ImportError, AttributeError, ValueError, TypeError):
        found = None
    if not hasattr(found, "visible_items"):
        message = f"DJANGO_STAC['ACCESS_POLICY'] = {path!r} is no access policy."
        hint = "Name a subclass of django_stac.access.AccessPolicy by its dotted path."
        return [error("django_stac.E003", message, hint)]
    missing = [app for app in getattr(found, "needs_apps", ()) if not apps.is_installed(app)]
    message = f"DJANGO_STAC['ACCESS_POLICY'] = {path!r} needs an app that is not in INSTALLED_APPS"
    hint = "Install its package, and add the app to INSTALLED_APPS."
    return [error("django_stac.E003", f"{message}: {app!r}.", hint) for app in missing]


@register
def check_validation(app_configs: Apps, **kwargs: Any) -> Messages:
    """E007: an unknown level would validate something else than is meant."""
    level = stac_settings.VALIDATION
    message = f"DJANGO_STAC['VALIDATION'] = {level!r} is no level of validation."
    hint = f"Choose one of {', '.join(map(repr, VALIDATION))}."
    return [] if level in VALIDATION else [error("django_stac.E007", message, hint)]


@register
def check_queryables(app_configs: Apps, **kwargs: Any) -> Messages:
    """E017: ``QUERYABLES`` maps names of properties to JSON Schemas with a type."""
    problems = problems_of(stac_settings.QUERYABLES)
    hint = f"Write for example {line('QUERYABLES', {'my:quality': {'type': 'number', 'title': 'Quality'}})}."
    return [error("django_stac.E017", f"DJANGO_STAC['QUERYABLES']: {problem}.", hint) for problem in problems]


# Types


def is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_texts(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(each, str) for each in value)


def is_mapping(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(key, str | Path) and isinstance(text, str) for key, text in value.items()
    )


Kind = tuple[Callable[[Any], bool], str]
KINDS: dict[Any, Kind] = {
    str: (lambda value: isinstance(value, str), "a text"),
    bool: (lambda value: isinstance(value, bool), "True or False"),
    int: (is_number, "a whole number"),
    Path: (lambda value: isinstance(value, str | Path), "a path"),
    Sequence[str]: (is_texts, "a list of texts"),
    Mapping[str, str]: (is_mapping, "a dict of texts"),
}
"""How a value of each annotation in ``conf`` is known, and what it is called."""


def kind_of(name: str) -> Kind | None:
    """Return what a key takes, as its annotation says; None is left to a check of its own."""
    return KINDS.get(get_type_hints(getattr(StacSettings, name).fget)["return"])


@register
def check_setting_types(app_configs: Apps, **kwargs: Any) -> Messages:
    """E008: a value of ``DJANGO_STAC`` of another type than its key takes, such as a text in place of a list."""
    if not isinstance(getattr(settings, "DJANGO_STAC", {}), Mapping):
        return [error("django_stac.E008", "DJANGO_STAC is no dict.", "Write DJANGO_STAC = {}.")]
    found = ((name, value, kind_of(name)) for name, value in given().items() if name in SETTING_NAMES)
    return [
        error("django_stac.E008", f"DJANGO_STAC[{name!r}] = {value!r} is not {kind[1]}.", remedy(name, value))
        for name, value, kind in found
        if kind and not kind[0](value)
    ]


def remedy(name: str, value: object) -> str:
    """The line to write: the value in the type that is wanted, where that is clear, else the default."""
    is_text = kind_of(name) == KINDS[Sequence[str]] and isinstance(value, str)
    is_digits = kind_of(name) == KINDS[int] and isinstance(value, str) and FEW_DIGITS.fullmatch(value)
    if is_text or is_digits:
        return f"Write {line(name, [value] if is_text else int(str(value)))}."
    with_default = default_of(name)
    return f"Take the key out, or write for example {line(name, with_default)}."


def default_of(name: str) -> Any:
    """The value of a key that is not set."""

    class Unset(StacSettings):
        def _get(self, key: str, default: Any) -> Any:
            return default

    value = getattr(Unset(), name)
    return str(value) if isinstance(value, Path) else list(value) if isinstance(value, tuple) else value


@register
def check_bounds(app_configs: Apps, **kwargs: Any) -> Messages:
    """E009: a number below its bound, or a default page that is larger than the largest."""
    found: Messages = []
    for name in sorted(SETTING_NAMES.intersection(given())):
        value, least = given()[name], LEAST.get(name, 0)
        if is_number(value) and value < least:
            message = f"DJANGO_STAC[{name!r}] = {value} is less than {least}."
            found.append(error("django_stac.E009", message, f"Write {line(name, default_of(name))}."))
    usual, most = stac_settings.DEFAULT_LIMIT, stac_settings.MAX_LIMIT
    if is_number(usual) and is_number(most) and usual > most > 0:
        message = f"DJANGO_STAC['DEFAULT_LIMIT'] = {usual} is more than MAX_LIMIT = {most}."
        found.append(error("django_stac.E009", message, f"Write {line('DEFAULT_LIMIT', most)}, or raise MAX_LIMIT."))
    return found


@register
def check_asset_roots(app_configs: Apps, **kwargs: Any) -> Messages:
    """E010: ``ASSET_ROOTS`` maps absolute directories to URLs; a relative one depends on where a command is run."""
    return list(problems_of_roots(stac_settings.ASSET_ROOTS)) if is_mapping(stac_settings.ASSET_ROOTS) else []


def problems_of_roots(roots: Mapping[str, str]) -> Iterator[Any]:
    for folder, url in roots.items():
        if not Path(folder).is_absolute():
            message = f"DJANGO_STAC['ASSET_ROOTS'] names the relative directory {str(folder)!r}."
            whole = str(Path(getattr(settings, "BASE_DIR", "/path/to")) / folder)
            yield error("django_stac.E010", message, f"Write {line('ASSET_ROOTS', {whole: url})}.")
