"""System checks: what a site has set wrongly, and the line to change."""

from django_stac.checks import (
    databases,
    extensions,
    libraries,
    mounts,
    routing,
    settings_dict,
    site,
    static_files,
    storages,
    text_search,
)

__all__ = [
    "databases",
    "extensions",
    "libraries",
    "mounts",
    "routing",
    "settings_dict",
    "site",
    "static_files",
    "storages",
    "text_search",
]
