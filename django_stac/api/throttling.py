"""Rates of a site's own for searching, reading and writing: ``stac-search``, ``stac-read`` and ``stac-write``."""

from typing import Any

from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from django_stac.api.operations import Operation


class ScopeThrottle(SimpleRateThrottle):
    """Counts the requests of a user, or of an address, under the rate of the operation's scope, if the site has one."""

    def __init__(self) -> None:
        """Wait for the request: its operation says which rate counts."""

    def allow_request(self, request: Any, view: Any) -> bool:
        self.scope = scope_of(view.operation)
        rate = api_settings.DEFAULT_THROTTLE_RATES.get(self.scope)
        self.rate = None if rate is None else str(rate)
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Any, view: Any) -> str:
        is_known = request.user is not None and request.user.is_authenticated
        ident = request.user.pk if is_known else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


def scope_of(operation: Operation) -> str:
    """The scope of an operation."""
    if operation.action:
        return "stac-write"
    return "stac-search" if operation.is_search else "stac-read"
