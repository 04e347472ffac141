"""The row that marks the epoch of the data: it is made where there is none, and stays as it is."""

from typing import Any

from django.apps import apps as installed
from django.db import router


def begin(using: str, apps: Any = installed, **_: Any) -> None:
    """Make the row after migrations, and after a ``flush``; not where they have not come as far, or not been."""
    try:
        epoch = apps.get_model("django_stac", "Epoch")
    except LookupError:
        return
    if router.allow_migrate_model(using, epoch):
        epoch._default_manager.using(using).get_or_create(pk=1)
