"""The routes of the app: ``path("stac/", include("django_stac.urls"))``. A mount at the root of a site comes last."""

from django.urls import include, path

app_name = "django_stac"

urlpatterns = [path("", include("django_stac.api.urls"))]
