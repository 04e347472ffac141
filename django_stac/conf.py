"""The settings of a site: one dict ``DJANGO_STAC``, one property a key.

They are read at access, so that ``override_settings`` works.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

T = TypeVar("T")


class StacSettings:
    """Typed access to ``settings.DJANGO_STAC``; every key has a working default."""

    @property
    def ID(self) -> str:
        """Id of the landing page's catalogue."""
        return self._get("ID", "django-stac")

    @property
    def TITLE(self) -> str:
        """Title of the landing page."""
        return self._get("TITLE", "STAC catalogue")

    @property
    def DESCRIPTION(self) -> str:
        """Description of the landing page (CommonMark)."""
        return self._get("DESCRIPTION", "A SpatioTemporal Asset Catalog.")

    @property
    def DATABASE(self) -> str:
        """Alias of the catalogue's database, for ``django_stac.routers.CatalogRouter`` in ``DATABASE_ROUTERS``."""
        return self._get("DATABASE", DEFAULT_DB_ALIAS)

    @property
    def ACCESS_POLICY(self) -> str:
        """Dotted path of the ``AccessPolicy`` that every read asks."""
        return self._get("ACCESS_POLICY", "django_stac.access.AccessPolicy")

    @property
    def VALIDATION(self) -> Literal["off", "core", "extensions"]:
        """How much of a document is checked when it is written, where its collection does not say otherwise."""
        return cast(Literal["off", "core", "extensions"], self._get("VALIDATION", "core"))

    @property
    def REQUIRE_SCHEMAS(self) -> bool:
        """Whether, when extensions are checked, one is refused whose schema ``stac_schemas`` has not stored."""
        return self._get("REQUIRE_SCHEMAS", default=False)

    @property
    def ASSET_STORAGES(self) -> Sequence[str]:
        """Aliases of ``STORAGES`` whose files may be assets; the first takes copies."""
        return self._get("ASSET_STORAGES", ())

    @property
    def ASSET_ROOTS(self) -> Mapping[str, str]:
        """Directories that something else serves: ``{directory: URL}``."""
        return self._get("ASSET_ROOTS", {})

    @property
    def THUMBNAIL_STORAGE(self) -> str:
        """Alias of the storage that takes thumbnails; the default is private to the app."""
        return self._get("THUMBNAIL_STORAGE", "django_stac")

    @property
    def FILES_ROOT(self) -> Path:
        """Directory of the app's private storage, used while ``STORAGES`` has no ``django_stac``."""
        base = Path(getattr(settings, "BASE_DIR", "."))
        return Path(self._get("FILES_ROOT", base / "stac-files"))

    @property
    def FILE_HANDOVER(self) -> Mapping[str, str]:
        """Storages whose bytes the web server sends: ``{alias: internal URL prefix}`` for ``X-Accel-Redirect``."""
        return self._get("FILE_HANDOVER", {})

    @property
    def STRICT_PARAMETERS(self) -> bool:
        """Whether an unknown query parameter is refused (OGC API - Features, requirement 9)."""
        return self._get("STRICT_PARAMETERS", default=True)

    @property
    def DEFAULT_LIMIT(self) -> int:
        """Items a page when the client names no ``limit``."""
        return self._get("DEFAULT_LIMIT", 100)

    @property
    def MAX_LIMIT(self) -> int:
        """Items a page at most; a larger ``limit`` is lowered to it."""
        return self._get("MAX_LIMIT", 10_000)

    @property
    def MAX_BODY(self) -> int:
        """Bytes that a document, or a list of documents, may have that is written over HTTP (413 beyond)."""
        return self._get("MAX_BODY", 32 * 2**20)

    @property
    def REQUIRE_IF_MATCH(self) -> bool:
        """Whether who replaces, patches or deletes must name with ``If-Match`` what they have read (428 otherwise)."""
        return self._get("REQUIRE_IF_MATCH", default=False)

    @property
    def HISTORY(self) -> bool:
        """Whether documents are kept that are replaced or deleted; what was deleted is told without it, too."""
        return self._get("HISTORY", default=True)

    @property
    def GONE(self) -> bool:
        """Whether what was deleted is 410 for who could see it; else it is 404, as some clients expect."""
        return self._get("GONE", default=True)

    @property
    def STRICT_DELETE(self) -> bool:
        """Whether it is an error (404) to delete what is not there; else it is done already (204)."""
        return self._get("STRICT_DELETE", default=False)

    @property
    def LANDING_CHILDREN(self) -> int:
        """Catalogues, and collections, that the landing page links at most; it links to where more follow."""
        return self._get("LANDING_CHILDREN", 1_000)

    @property
    def COUNT_BOUND(self) -> int:
        """``numberMatched`` is exact up to this many items and absent beyond; 0 never counts."""
        return self._get("COUNT_BOUND", 10_000)

    @property
    def QUERYABLES(self) -> Mapping[str, Mapping[str, Any]]:
        """What items may have, whatever is observed: ``{property: JSON Schema}`` with ``type`` and ``format``."""
        return self._get("QUERYABLES", {})

    @property
    def STATEMENT_TIMEOUT(self) -> int:
        """Milliseconds that one filtered search, count or aggregation may take in the database."""
        return self._get("STATEMENT_TIMEOUT", 10_000)

    @property
    def SLOW_SEARCH(self) -> int:
        """Milliseconds from which a search is logged as slow, to ``django_stac.search``; 0 logs none."""
        return self._get("SLOW_SEARCH", 2_000)

    @property
    def TEXT_SEARCH_CONFIG(self) -> str:
        """PostgreSQL's text search configuration for ``q``: ``simple`` takes words as they are, ``english`` stems."""
        return self._get("TEXT_SEARCH_CONFIG", "simple")

    @property
    def COUNT_SEARCHED(self) -> bool:
        """Whether it is counted which properties are searched, in one short write a minute, for ``stac_index``."""
        return self._get("COUNT_SEARCHED", default=True)

    @property
    def TRUST_FORWARDED_PREFIX(self) -> bool:
        """Whether ``X-Forwarded-Prefix`` is put before the paths of links."""
        return self._get("TRUST_FORWARDED_PREFIX", default=False)

    def _get(self, key: str, default: T) -> T:
        given = getattr(settings, "DJANGO_STAC", {})
        return cast(T, given.get(key, default) if isinstance(given, Mapping) else default)


SETTING_NAMES = frozenset(name for name in vars(StacSettings) if name.isupper())

stac_settings = StacSettings()
