"""How much a client wants to hear of what it has written (RFC 7240)."""

from typing import Literal, cast

from django.http import HttpRequest

Amount = Literal["minimal", "representation"]


def amount_wanted(request: HttpRequest) -> Amount | None:
    """What ``Prefer: return=…`` says; None without it. The first counts, and what is unknown is ignored."""
    for part in request.headers.get("Prefer", "").split(","):
        name, _, value = part.partition(";")[0].partition("=")
        amount = value.strip().strip('"').lower()
        if name.strip().lower() == "return" and amount in ("minimal", "representation"):
            return cast(Amount, amount)
    return None
