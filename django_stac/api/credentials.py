"""How people are known: by the host's authenticators, and what none of these expects."""

from typing import Any

from django.db import DataError
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

UNHEARD = "These credentials are nobody's: they hold characters that no name has."


def wary(authenticator: BaseAuthentication) -> BaseAuthentication:
    """Let an authenticator refuse what no database can hold as a name or session (a NUL), with AuthenticationFailed."""
    authenticate = authenticator.authenticate

    def refusing(request: Request) -> tuple[Any, Any] | None:
        try:
            return authenticate(request)
        except DataError as error:
            raise AuthenticationFailed(UNHEARD) from error

    authenticator.authenticate = refusing  # type: ignore[method-assign]
    return authenticator
