"""The example project: the STAC API under ``/stac/``, the admin beside it."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="django_stac:landing")),
    path("stac/", include("django_stac.urls")),
    path("admin/", admin.site.urls),
]
