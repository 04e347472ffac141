"""Versions: documents that were superseded."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from django_stac.models.document import DocumentField
from django_stac.models.seen import Seen
from django_stac.models.thing import ThingQuerySet


class VersionQuerySet(ThingQuerySet["Version"]):
    """Versions."""

    def kept(self) -> Self:
        """Those whose document was not purged."""
        return self.filter(document__isnull=False)

    def later(self) -> Self:
        """In a subquery, those of the same thing that came after the outer one."""
        same = {name: OuterRef(name) for name in ("kind", "collection_id", "thing_id")}
        return self.filter(**same, number__gt=OuterRef("number"))

    def naming_file(self, storage: str, path: str, **further: Any) -> Self:
        """Those whose document names a stored file, with further facts where these are given."""
        return self.filter(files__contains=[{"storage": storage, "path": path, **further}])


class Version(Seen):
    """A document that another has replaced, or that was deleted; what stands now is in no version.

    Versions of one thing are numbered from 1, without gaps and never anew: what stands has the number after the last,
    also after it was deleted and made again. Of a thing whose history was purged the last number stays, without its
    document. People are told by their primary keys as text, null where nobody is known.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.IntegerField(_("number"))
    document = DocumentField(_("document"), null=True)  # type: ignore[misc]
    digest = models.CharField(_("digest"), max_length=32, editable=False)
    written = models.DateTimeField(_("written"), null=True)
    written_by = models.TextField(_("written by"), null=True)
    ended = models.DateTimeField(_("ended"))
    ended_by = models.TextField(_("ended by"), null=True)
    deleted = models.BooleanField(_("ended by deletion"), default=False)
    files = models.JSONField(_("files"), null=True)
    """Facts of the stored files that the document names, null for none: an owned file stays as long as a version."""
    beside = models.JSONField(_("beside the document"), null=True)
    """What a deleted collection or catalogue had beside its document; null otherwise."""

    objects = VersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["kind", "collection_id", "thing_id", "number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "collection_id", "thing_id", "number"], name="stac_version_number")
        ]
        indexes = [
            GinIndex(
                fields=["files"],
                name="stac_version_files",
                opclasses=["jsonb_path_ops"],
                condition=Q(files__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} {self.number}"
