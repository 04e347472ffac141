"""``DATABASE_URL`` as Django's dict."""

from typing import Any
from urllib.parse import unquote, urlsplit


def database_from_url(url: str) -> dict[str, Any]:
    """Read ``postgis://user:password@host:port/name``; a socket directory is a percent-encoded host.

    The options switch off what hurts short queries, just-in-time compilation and parallel workers, and let the server
    keep the plans of statements that come again (not behind a pooler that shares sessions).
    """
    parts = urlsplit(url)
    userinfo, _, address = parts.netloc.rpartition("@")
    user, _, password = userinfo.partition(":")
    host, _, port = address.partition(":")
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": unquote(host),
        "PORT": port or "5432",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c jit=off -c max_parallel_workers_per_gather=0", "prepare_threshold": 5},
    }
