"""The cases of writing over HTTP, which a test asks one by one."""

from django_stac.api.urls import urlpatterns
from stac_reference.http import path_of, table
from tests.api.write_cases import CASES


def writes() -> str:
    """A table for each route and method: the case, and its status."""
    paths = {pattern.name: path_of(pattern) for pattern in urlpatterns}
    parts = dict[str, list[tuple[str, ...]]]()
    for case in CASES:
        parts.setdefault(f"{case.method} {paths[case.route[0]]}", []).append((case.when, str(case.status)))
    return "\n\n".join(f"## {title}\n\n{table(('when', 'status'), rows)}" for title, rows in parts.items())
