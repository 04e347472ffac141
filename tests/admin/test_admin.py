"""Taking our admin classes apart, as a host does."""

from django.contrib import admin
from django.contrib.admin.sites import AdminSite

from django_stac.admin import CatalogAdmin, CollectionAdmin, ItemAdmin, ItemAdminMixin
from django_stac.models import Catalog, Collection, Item


def test_each_model_has_its_class():
    found = [type(admin.site.get_model_admin(model)) for model in (Catalog, Collection, Item)]
    assert found == [CatalogAdmin, CollectionAdmin, ItemAdmin]


def test_host_can_put_its_own_in_their_place():
    class OwnItemAdmin(ItemAdminMixin, admin.ModelAdmin):
        list_per_page = 7

    site = AdminSite()
    site.register(Item, OwnItemAdmin)
    assert site.get_model_admin(Item).list_per_page == 7
