"""What the description cannot say to schemathesis, which loads this module into its own environment."""

import json
from itertools import count
from typing import Any

import schemathesis

STANDING = ("sentinel-2-l2a", "S2A_32TQM_20240601", "alps")
NUMBERS = count()


@schemathesis.serializer("application/x-ndjson")
def lines(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """Send lines as they are, and whatever is none as JSON."""
    return (value if isinstance(value, str) else json.dumps(value)).encode(errors="surrogatepass")


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    """Let what is replaced be there, what is deleted be another thing, and what is made be new."""
    places = case.path_parameters = dict(case.path_parameters or {})
    last = next(reversed(places), "")
    if case.method == "DELETE" and places.get(last) in STANDING:
        places[last] = f"old-{next(NUMBERS) % 40}"
    if isinstance(case.body, dict):
        case.body = agreeing(dict(case.body), case.method, places)
    if case.headers and 0 < len(case.headers.get("Idempotency-Key", "")) < 200:
        case.headers["Idempotency-Key"] += f"-{next(NUMBERS)}"


def agreeing(body: dict[str, Any], method: str, places: dict[str, Any]) -> dict[str, Any]:
    """Let the names in a body be those of the path, or new."""
    collection = places.get("collection_id")
    if method == "PUT" and places and "id" in body:
        body["id"] = list(places.values())[-1]
    if method == "POST" and body.get("id") in STANDING:
        body["id"] += f"-{next(NUMBERS)}"
    if "collection" in body:
        body["collection"] = collection
    if collection and body.get("collections") == [STANDING[0]]:
        body["collections"] = [collection]
    return body
