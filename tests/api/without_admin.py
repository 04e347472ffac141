"""The URLs of a site that has no admin."""

from django.urls import include, path

urlpatterns = [path("stac/", include("django_stac.urls"))]
