"""Assets: a model over a database view that opens the documents, so that it is never out of step with them."""

from typing import TYPE_CHECKING, Any

from django.contrib.gis.db import models
from django.core.exceptions import EmptyResultSet
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext_lazy as _

from django_stac.exceptions import GateBypassed

if TYPE_CHECKING:
    TextKey = models.CharField[str, str]
else:
    TextKey = models.CharField

LARGEST_ID = 2**63


class AssetIdField(TextKey):
    """``<item pk>/<key>``, looked up as that pair: PostgreSQL then opens one document, not all."""


@AssetIdField.register_lookup
class AssetIdExact(Exact):
    """``id = '7/thumbnail'`` as ``item_id = 7 AND key = 'thumbnail'``."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return pairs_sql(self.lhs, compiler, [self.rhs])


@AssetIdField.register_lookup
class AssetIdIn(In):
    """``id IN (…)`` as pairs; a subquery stays what it is."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs_is_direct_value():
            return super().as_sql(compiler, connection)
        return pairs_sql(self.lhs, compiler, self.rhs)


def pairs_sql(lhs: Any, compiler: Any, ids: Any) -> tuple[str, tuple[Any, ...]]:
    """Compile ids to a condition on the view's ``item_id`` and ``key``; ids that cannot exist match nothing."""
    pairs = [pair for pair in map(split_id, ids) if pair]
    if not pairs:
        raise EmptyResultSet
    meta = lhs.target.model._meta
    item, key = (compiler.compile(Col(lhs.alias, meta.get_field(name)))[0] for name in ("item", "key"))
    condition = " OR ".join([f"({item} = %s AND {key} = %s)"] * len(pairs))
    return f"({condition})", tuple(value for pair in pairs for value in pair)


def split_id(asset_id: object) -> tuple[int, str] | None:
    """Split ``"7/thumbnail"``; None when it is no id of an asset."""
    item, slash, key = str(asset_id).partition("/")
    valid = slash and item.isascii() and item.isdecimal() and int(item) < LARGEST_ID
    return (int(item), key) if valid else None


def refuse(*args: Any, **kwargs: Any) -> Any:
    """Raise GateBypassed: assets have no rows of their own."""
    raise GateBypassed("Assets live in their item's document: call django_stac.transactions.replace_item instead.")


class AssetQuerySet(models.QuerySet["Asset"]):
    """Assets, read only."""

    create = bulk_create = update = bulk_update = delete = get_or_create = update_or_create = refuse


class Asset(models.Model):
    """An asset of an item, read from the item's document. A question over all assets opens all documents."""

    id = AssetIdField(primary_key=True, max_length=300, editable=False)
    item = models.ForeignKey("Item", models.DO_NOTHING, related_name="assets", db_constraint=False)
    key = models.TextField(_("key"))
    position = models.IntegerField(_("position"))
    href = models.TextField(_("href"))
    media_type = models.TextField(_("media type"), null=True)
    title = models.TextField(_("title"), null=True)
    roles = models.JSONField(_("roles"), default=list)
    extra = models.JSONField(_("further fields"), default=dict)

    objects = AssetQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "django_stac_asset"
        default_permissions = ("view",)
        ordering = ["item", "position"]
        verbose_name = _("asset")
        verbose_name_plural = _("assets")

    def __str__(self) -> str:
        return self.key

    save = delete = refuse
