"""Old versions are let go: their documents, and the files that they alone named."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, Q

from django_stac.models import Version
from django_stac.models.alias import write_alias
from django_stac.models.querysets import VersionQuerySet
from django_stac.transactions.files import remove_later
from django_stac.transactions.rows import BATCH


def purge_versions(before: dt.datetime, *, using: str | None = None) -> Iterator[int]:
    """Let go of the versions that ended before an instant, a thousand to a transaction; yield how many each time.

    The last version of a thing loses its document and stays: its number is not given again. Tombstones stay.
    """
    alias = write_alias(using)
    last: int | None = 0
    while last is not None:
        count, last = purge_some(before, last, alias)
        if count:
            yield count


def purge_some(before: dt.datetime, above: int, using: str) -> tuple[int, int | None]:
    """Purge some versions above a primary key; return how many, and the greatest key; None at the end."""
    with transaction.atomic(using=using):
        found = list(purgeable(before, using).filter(pk__gt=above).order_by("pk")[:BATCH])
        outlived = [version.pk for version in found if version.is_outlived]  # type: ignore[attr-defined]
        rows = Version.objects.using(using).filter(pk__in=[version.pk for version in found])
        rows.exclude(pk__in=outlived).update(document=None, files=None, beside=None)
        rows.filter(pk__in=outlived).delete()
        for storage, path in sorted(owned_files(found)):
            remove_later(using, storage, path)
    return len(found), found[-1].pk if len(found) == BATCH else None


def purgeable(before: dt.datetime, using: str) -> VersionQuerySet:
    """Old versions, but for those of which only the number is left and still needed."""
    versions = Version.objects.using(using)
    old = versions.filter(ended__lt=before).annotate(is_outlived=Exists(versions.later()))
    return old.filter(Q(document__isnull=False) | Q(is_outlived=True)).only("pk", "files")


def owned_files(versions: list[Version]) -> set[tuple[str, str]]:
    """Storage and path of the files that django-stac wrote."""
    return {(fact["storage"], fact["path"]) for version in versions for fact in version.files or () if fact["owned"]}
