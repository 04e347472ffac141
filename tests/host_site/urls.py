"""The catalogue under a prefix, beside two admin sites and the site's own views."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.urls import include, path

from tests.host_site import views

desk = AdminSite(name="desk")
for model in apps.get_app_config("django_stac").get_models():
    if admin.site.is_registered(model):
        desk.register(model, type(admin.site.get_model_admin(model)))

handler404 = views.not_found
urlpatterns = [
    path("geo/stac/", include("django_stac.urls")),
    path("admin/", admin.site.urls),
    path("desk/", desk.urls),
    path("surveys/<str:number>", views.survey),
    path("resurveys/<str:number>", views.resurvey),
]
