"""The storages of files that ``DJANGO_STAC`` names."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import register
from django.core.files.storage import FileSystemStorage, InvalidStorageError

from django_stac.checks.messages import Apps, Messages, error, warning
from django_stac.checks.settings_dict import is_mapping, is_texts
from django_stac.conf import stac_settings
from django_stac.models.stored_file import storage_named


def named_storages() -> list[str]:
    """Every alias that a setting names; a setting of a wrong type has a check of its own."""
    copies, handed = stac_settings.ASSET_STORAGES, stac_settings.FILE_HANDOVER
    return list(
        dict.fromkeys(
            [
                *(copies if is_texts(copies) else ()),
                *(handed if is_mapping(handed) else ()),
                str(stac_settings.THUMBNAIL_STORAGE),
            ]
        )
    )


@register
def check_storages(app_configs: Apps, **kwargs: Any) -> Messages:
    """E004: a storage that is named must be there. W001: one that the web server publishes is under no policy."""
    messages: Messages = []
    for alias in named_storages():
        try:
            storage = storage_named(alias)
        except InvalidStorageError:
            hint = f"Add {alias!r} to STORAGES, or take it out of DJANGO_STAC."
            messages.append(error("django_stac.E004", f"There is no storage {alias!r}.", hint))
        except TypeError as failure:
            # Of the private one, which needs no entry, it is FILES_ROOT that is no path: E008.
            if alias in settings.STORAGES:
                hint = f"Mend STORAGES[{alias!r}]."
                messages.append(error("django_stac.E004", f"The storage {alias!r} cannot be made: {failure}", hint))
        else:
            messages += public_storage(alias, storage)
    return messages


def public_storage(alias: str, storage: Any) -> Messages:
    """Warn when a local storage lies in MEDIA_ROOT, from where MEDIA_URL serves it to everybody."""
    if not isinstance(storage, FileSystemStorage) or not settings.MEDIA_ROOT:
        return []
    if not Path(storage.location).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        return []
    message = f"The storage {alias!r} lies in MEDIA_ROOT: unpublished files can be fetched there."
    hint = "Give it a location outside of MEDIA_ROOT; django-stac serves the files itself."
    return [warning("django_stac.W001", message, hint)]
