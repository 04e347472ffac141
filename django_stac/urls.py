"""The routes of the app: ``path("stac/", include("django_stac.urls"))``."""

app_name = "django_stac"
urlpatterns: list[object] = []
