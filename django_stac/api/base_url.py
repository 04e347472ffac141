"""Where the API stands, seen by the client: mount prefix, script name, and proxies as far as the site trusts them."""

import re

from django.http import HttpRequest
from django.urls import reverse

from django_stac.conf import stac_settings
from django_stac.documents.hrefs import Hrefs

PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


def hrefs_of(request: HttpRequest) -> Hrefs:
    """Return the URLs of the API for this request."""
    match = request.resolver_match
    namespace = (match and match.namespace) or "django_stac"
    path = forwarded_prefix(request) + reverse(f"{namespace}:landing")
    return Hrefs(request.build_absolute_uri(path))


def forwarded_prefix(request: HttpRequest) -> str:
    """The path that a trusted proxy has cut off; anything but a plain path counts as none."""
    if not stac_settings.TRUST_FORWARDED_PREFIX:
        return ""
    given = request.headers.get("X-Forwarded-Prefix", "").rstrip("/")
    return given if PREFIX.fullmatch(given) else ""
