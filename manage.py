#!/usr/bin/env python
"""Run the example project's management commands."""

import os
import sys


def main() -> None:
    """Hand over to Django; imported here, so that worker processes, which read this file too, stay free of it."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_project.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
