"""FilterSets over the ORM for HTML pages, the admin and host code; the API's search has its own engine."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from django_stac.models.collection import Collection
from django_stac.models.item import Item
from django_stac.models.querysets import CollectionQuerySet, ItemQuerySet


class ItemFilterSet(django_filters.FilterSet):
    """``?item_id=…&collection=…&after=…&before=…`` over a queryset of items."""

    item_id = django_filters.CharFilter(lookup_expr="istartswith", label=_("id starts with"))
    collection = django_filters.CharFilter(field_name="collection__collection_id", label=_("collection"))
    after = django_filters.IsoDateTimeFilter(method="filter_after", label=_("not before"))
    before = django_filters.IsoDateTimeFilter(method="filter_before", label=_("not after"))

    class Meta:
        model = Item
        fields = ["item_id", "collection", "published"]

    def filter_after(self, queryset: ItemQuerySet, name: str, value: object) -> ItemQuerySet:
        return queryset.overlapping(value, None)  # type: ignore[arg-type]

    def filter_before(self, queryset: ItemQuerySet, name: str, value: object) -> ItemQuerySet:
        return queryset.overlapping(None, value)  # type: ignore[arg-type]


class CollectionFilterSet(django_filters.FilterSet):
    """``?q=…`` over a queryset of collections."""

    q = django_filters.CharFilter(method="filter_words", label=_("words in id, title or description"))

    class Meta:
        model = Collection
        fields = ["published"]

    def filter_words(self, queryset: CollectionQuerySet, name: str, value: str) -> CollectionQuerySet:
        for word in value.split():
            found = Q(collection_id__icontains=word) | Q(title__icontains=word) | Q(description__icontains=word)
            queryset = queryset.filter(found)
        return queryset
