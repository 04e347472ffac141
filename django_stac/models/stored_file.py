"""Files that assets refer to: where they lie, and to which item or collection they belong."""

from urllib.parse import quote

from django.core.files.storage import FileSystemStorage, InvalidStorageError, Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from django_stac.conf import stac_settings

SCHEME = "stac-file:"
PRIVATE_STORAGE = "django_stac"


def storage_named(alias: str) -> Storage:
    """Return a storage of ``STORAGES``; the app's private one needs no entry there. Raises InvalidStorageError."""
    try:
        return storages[alias]
    except InvalidStorageError:
        if alias != PRIVATE_STORAGE:
            raise
        return FileSystemStorage(location=stac_settings.FILES_ROOT)


class StoredFile(models.Model):
    """A file in a named storage that an asset of one item or one collection refers to.

    Documents refer to it by :attr:`reference`. Only files that django-stac wrote are ``owned`` and deleted with their
    last row and the last version that names them; a raster in place is never touched.
    """

    id = models.BigAutoField(primary_key=True)
    storage = models.CharField(_("storage"), max_length=100)
    path = models.TextField(_("path"))
    item = models.ForeignKey("Item", models.CASCADE, null=True, related_name="files", db_index=False)
    collection = models.ForeignKey("Collection", models.CASCADE, null=True, related_name="files", db_index=False)
    key = models.TextField(_("asset key"))
    size = models.BigIntegerField(_("size in bytes"))
    checksum = models.TextField(_("checksum (multihash)"), default="")
    owned = models.BooleanField(_("written by django-stac"), default=False)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "key", "storage", "path"],
                name="stac_file_of_item",
                condition=models.Q(collection=None),
            ),
            models.UniqueConstraint(
                fields=["collection", "key", "storage", "path"],
                name="stac_file_of_collection",
                condition=models.Q(item=None),
            ),
            models.CheckConstraint(
                condition=models.Q(item=None, collection__isnull=False) | models.Q(item__isnull=False, collection=None),
                name="stac_file_has_owner",
            ),
        ]
        indexes = [models.Index(fields=["storage", "path"], name="stac_file_path")]

    def __str__(self) -> str:
        return f"{self.storage}/{self.path}"

    @property
    def reference(self) -> str:
        """The href that stands in the stored document."""
        return reference(self.storage, self.path)


def reference(storage: str, path: str) -> str:
    """Return the stored form of a file's href: ``stac-file:<storage>/<path>``, percent-encoded."""
    return f"{SCHEME}{quote(storage, safe='')}/{quote(path)}"
