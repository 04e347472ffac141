"""Collections."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from django_stac.models.changed import ChangedField, CurrentTransaction, UpdatedField
from django_stac.models.document import DocumentField
from django_stac.models.gate import GatedModel
from django_stac.models.placed import PlacedQuerySet

if TYPE_CHECKING:
    from pystac import Collection as PystacCollection


class ExtentMode(models.TextChoices):
    """Where the served extent comes from."""

    DOCUMENT = "document", _("the document")
    DERIVED = "derived", _("the published items")


class Visibility(models.TextChoices):
    """Who may see a collection that is published, and so its items."""

    PUBLIC = "public", _("everybody")
    SIGNED_IN = "signed-in", _("everybody who is signed in")
    GROUPS = "groups", _("members of the groups below")


class IsPublic(models.Func):
    """Everybody's visibility. The word is written out, so that plans which serve all values know its index, too."""

    template = "(%(expressions)s = 'public')"
    output_field = models.BooleanField()


IS_PUBLIC = Q(published=True) & Q(IsPublic(models.F("visibility")))
"""The condition on what everybody sees: of a collection, or of what is known of one that is gone."""


class Validation(models.TextChoices):
    """How much of a document is checked when it is written."""

    OFF = "off", _("only what can be stored")
    CORE = "core", _("the rules of STAC")
    EXTENSIONS = "extensions", _("the rules of STAC and of the extensions")


class CollectionQuerySet(PlacedQuerySet["Collection"]):
    """Collections."""

    tells_derived = True
    """Whether searches may use, and tell, what was derived from items."""

    def without_derived(self) -> Self:
        """The same, of which nothing is told that was derived from their items."""
        found = self.all()
        found.tells_derived = False
        return found

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # not in the stubs
        clone.tells_derived = self.tells_derived
        return clone

    def owned_by(self, groups: Iterable[int]) -> Self:
        """Those that one of the groups (primary keys) owns."""
        return self.filter(owner_groups__overlap=list(groups))

    def published(self) -> Self:
        """Those that everybody may see: they are published, and public."""
        return self.filter(IS_PUBLIC)

    def overlapping(self, start: dt.datetime | None, end: dt.datetime | None) -> Self:
        """Those whose interval meets the closed interval; None is an open end, as in a collection's own."""
        found = self
        if start is not None:
            found = found.filter(Q(end_datetime=None) | Q(end_datetime__gte=start))
        if end is not None:
            found = found.filter(Q(start_datetime=None) | Q(start_datetime__lte=end))
        return found

    def roots(self) -> Self:
        """Those that no catalogue lists: children of the landing page."""
        return self.filter(parents=None)


class Collection(GatedModel):
    """A STAC Collection. Its document is the truth; ``derived`` holds what its published items say.

    ``geometry``, ``start_datetime``, ``end_datetime`` (null is open) and ``properties`` are projections of what is
    served, derived facts included. ``queryables`` are what the owner declares, ``disputed`` the known names that are of
    another kind here than everywhere, ``rules`` what the owner asks of items, in no document. Groups are told by their
    primary keys, without a constraint: people may live in another database. ``shown`` is the transaction that last
    changed who sees the collection, ``changed`` that or the document.
    """

    id = models.AutoField(primary_key=True)
    collection_id = models.TextField(_("id"), unique=True, editable=False)
    title = models.TextField(_("title"), null=True, editable=False)
    description = models.TextField(_("description"), editable=False)
    license = models.TextField(_("license"), editable=False)
    document = DocumentField(_("document"))
    digest = models.CharField(_("digest"), max_length=32, editable=False)
    published = models.BooleanField(
        _("published"), default=True, help_text=_("An unpublished collection hides all of its items too.")
    )
    visibility = models.CharField(
        _("visible to"),
        max_length=9,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        db_default=Visibility.PUBLIC.value,
    )
    viewer_groups = ArrayField(
        models.IntegerField(), verbose_name=_("groups that see it"), default=list, db_default=[], blank=True
    )
    owner_groups = ArrayField(
        models.IntegerField(), verbose_name=_("groups that own it"), default=list, db_default=[], blank=True
    )
    extent_mode = models.CharField(
        _("extent from"), max_length=8, choices=ExtentMode.choices, default=ExtentMode.DOCUMENT
    )
    derived = models.JSONField(_("derived"), null=True, editable=False)
    geometry = models.GeometryField(_("geometry"), srid=4326, null=True, spatial_index=False, editable=False)
    start_datetime = models.DateTimeField(_("start"), null=True, editable=False)
    end_datetime = models.DateTimeField(_("end"), null=True, editable=False)
    properties = models.JSONField(_("properties"), default=dict, editable=False)
    queryables = models.JSONField(_("queryables"), null=True, editable=False)
    disputed = ArrayField(
        models.TextField(), verbose_name=_("disputed names"), default=list, db_default=[], editable=False
    )
    validation = models.CharField(
        _("validation"),
        max_length=10,
        choices=Validation.choices,
        default="",
        db_default="",
        blank=True,
        help_text=_(
            "What is checked when the collection and its items are written. Empty: as the site's setting says."
        ),
    )
    rules = models.JSONField(_("rules of items"), null=True, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = UpdatedField(_("updated"))
    written_by = models.TextField(_("written by"), null=True, editable=False)
    changed = ChangedField(_("changed in transaction"), db_default=CurrentTransaction())
    shown = models.BigIntegerField(
        _("shown since transaction"), null=True, editable=False, serialize=False, db_default=CurrentTransaction()
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["collection_id"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        indexes = [
            models.Index(fields=["id"], condition=~Q(disputed=[]), name="stac_collection_disputes"),
            models.Index(
                fields=["id"],
                condition=~Q(published=True, visibility=Visibility.PUBLIC.value),
                name="stac_collection_hidden",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.collection_id

    def to_pystac(self) -> "PystacCollection":
        """Return the stored document as a pystac Collection, without the links that the server makes."""
        from pystac import Collection as PystacCollection  # noqa: PLC0415 - slow to import

        return PystacCollection.from_dict(self.document, migrate=False, preserve_dict=True)
