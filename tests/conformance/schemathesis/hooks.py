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
    body, places = case.body, list(case.path_parameters or ())
    if case.method == "PUT" and isinstance(body, dict) and "id" in body:
        body["id"] = case.path_parameters[places[-1]]
    if isinstance(body, dict) and "collection" in body:
        body["collection"] = case.path_parameters.get("collection_id")
    if case.method == "POST" and isinstance(body, dict) and body.get("id") in STANDING:
        case.body = body | {"id": f"{body['id']}-{next(NUMBERS)}"}
    if case.method == "DELETE" and case.path_parameters[places[-1]] in STANDING:
        case.path_parameters[places[-1]] = f"old-{next(NUMBERS) % 40}"
