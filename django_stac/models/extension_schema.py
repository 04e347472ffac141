"""JSON Schemas of extensions, and those that they refer to: a cache that all processes share and backups hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExtensionSchema(models.Model):
    """A schema as it was published; written by ``transactions.schemas``."""

    uri = models.TextField(_("address"), primary_key=True)
    text = models.TextField(_("JSON Schema"))
    digest = models.CharField(_("digest"), max_length=32)
    stored = models.DateTimeField(_("stored"), auto_now=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("extension schema")
        verbose_name_plural = _("extension schemas")

    def __str__(self) -> str:
        return self.uri
