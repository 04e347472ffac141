"""Where the URLs of a site hold ours."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import register
from django.urls import URLPattern, URLResolver, get_resolver

from django_stac.checks.messages import Apps, Messages, error, warning

APP_NAME = "django_stac"
LINE = 'path("stac/", include("django_stac.urls"))'


@register
def check_mounts(app_configs: Apps, **kwargs: Any) -> Messages:
    """W004: no URL leads to the API. E012: two mounts share one instance namespace, so that links lead to the other."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    found = Counter(namespaces(get_resolver().url_patterns))
    if not found:
        message = f"No URL of {settings.ROOT_URLCONF} leads to the STAC API."
        return [warning("django_stac.W004", message, f"Add to its urlpatterns: {LINE}")]
    line = 'path("other/", include("django_stac.urls", namespace="other"))'
    return [
        error("django_stac.E012", f"django_stac.urls is included {count} times as {name!r}.", f"Write one as {line}.")
        for name, count in found.items()
        if count > 1
    ]


def namespaces(patterns: list[URLPattern | URLResolver], outer: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the full instance namespace of each mount."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            continue
        inner = (*outer, pattern.namespace) if pattern.namespace else outer
        if pattern.app_name == APP_NAME:
            yield ":".join(inner)
        yield from namespaces(pattern.url_patterns, inner)
