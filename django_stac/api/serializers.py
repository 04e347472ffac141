"""The serializers of the API's resources, for host code too: out comes the served document, in goes a raw one.

Pages of items do not come by here: their bytes are never parsed.
"""

from typing import TYPE_CHECKING, Any

from rest_framework.serializers import BaseSerializer, ModelSerializer
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from django_stac.api.base_url import hrefs_of
from django_stac.api.graph import Children
from django_stac.documents import catalog as catalogs
from django_stac.documents import collection as collections
from django_stac.documents import item as items
from django_stac.documents.hrefs import Hrefs
from django_stac.models import Catalog, Collection, Item

if TYPE_CHECKING:
    Base = BaseSerializer[Any]
else:
    Base = object


class DocumentMixin(Base):
    """The document instead of the fields; the gate validates it, so that all writers hear the same.

    ``context`` holds ``request`` or ``hrefs``, where they are known ``parents`` and ``children`` by primary key, and
    ``tells_derived``: whether a collection may tell what its items have in common.
    """

    @property
    def hrefs(self) -> Hrefs:
        """The URLs that links are made of."""
        given: Hrefs | None = self.context.get("hrefs")
        return given or hrefs_of(self.context["request"])

    @property
    def parents(self) -> dict[int, str]:
        known: dict[int, str] = self.context.get("parents", {})
        return known

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Hand the document on as it came, under ``document``."""
        return {"document": data}


class ItemSerializer(DocumentMixin, GeoFeatureModelSerializer):
    """Items as GeoJSON Features; their collection must be loaded."""

    class Meta:
        model = Item
        geo_field = "geometry"
        id_field = "item_id"
        fields = ("item_id", "collection", "geometry", "datetime", "properties")
        validators = ()

    def to_representation(self, instance: Item) -> dict[str, Any]:
        return items.to_dict(instance, self.hrefs)


class CollectionSerializer(DocumentMixin, ModelSerializer[Collection]):
    """STAC Collections."""

    class Meta:
        model = Collection
        fields = ("collection_id", "title", "description", "license")
        validators = ()

    def to_representation(self, instance: Collection) -> dict[str, Any]:
        tells = self.context.get("tells_derived", True)
        return collections.present(instance, self.hrefs, self.parents.get(instance.pk), tells_derived=tells)


class CatalogSerializer(DocumentMixin, ModelSerializer[Catalog]):
    """STAC Catalogs with the links to their children."""

    class Meta:
        model = Catalog
        fields = ("catalog_id", "title", "description")
        validators = ()

    def to_representation(self, instance: Catalog) -> dict[str, Any]:
        listed: Children = self.context.get("children", {}).get(instance.pk) or Children()
        return catalogs.present(
            instance,
            self.hrefs,
            parent=self.parents.get(instance.pk),
            catalogs=listed.catalogs,
            collections=listed.collections,
        )
