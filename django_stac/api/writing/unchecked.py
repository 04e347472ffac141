"""How who writes one document hears which extensions nobody could check: by a header, for the body is the document."""

from collections.abc import Iterable
from itertools import islice
from urllib.parse import quote

HEADER = "Unchecked-Extensions"
MOST, LONGEST = 20, 300
"""Addresses, and characters of each: servers on the way take headers of a few thousand bytes only."""
IN_URLS = ":/?#[]@!$&'()*+,;=%~"


def header_of(addresses: Iterable[str]) -> dict[str, str]:
    """The header, a List of Strings (RFC 9651, 3.1 and 3.3.3) of the first twenty; none where all is checked."""
    strings = [f'"{quote(address, IN_URLS)[:LONGEST]}"' for address in islice(addresses, MOST)]
    return {HEADER: ", ".join(strings)} if strings else {}
