"""What a check returns, and how it names the line to change."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - the framework's name

Messages = list[CheckMessage]
Apps = Sequence[AppConfig] | None


def error(number: str, message: str, hint: str) -> CheckMessage:
    """Return an error; ``number`` is the whole id, as the reference and ``SILENCED_SYSTEM_CHECKS`` write it."""
    return Error(message, hint=hint, id=number)


def warning(number: str, message: str, hint: str) -> CheckMessage:
    """Return a warning."""
    return Warning(message, hint=hint, id=number)


def line(key: str, value: Any) -> str:
    """The line of a site's settings that sets one key of ours."""
    return f'DJANGO_STAC["{key}"] = {value!r}'
