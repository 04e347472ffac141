"""What the parsers of the commands say."""

import os
from pkgutil import iter_modules
from unittest.mock import patch

from django.core.management import load_command_class

from django_stac.management import commands as package

WIDTH = "100"


def commands() -> str:
    """Every command with its ``--help``."""
    return "\n".join(map(command, names()))


def names() -> list[str]:
    """The commands of the app."""
    return [module.name for module in iter_modules(package.__path__)]


def command(name: str) -> str:
    with patch.dict(os.environ, {"COLUMNS": WIDTH, "NO_COLOR": "1"}):
        shown = load_command_class("django_stac", name).create_parser("manage.py", name).format_help()
    return f"## {name}\n\n```text\n{shown.rstrip()}\n```\n"
