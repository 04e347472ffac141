"""What no catalogue lists, so that the landing page does: as many as it links, and the place where more follow."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django_stac.access import AccessPolicy
from django_stac.conf import stac_settings
from django_stac.documents.catalog import Links, child_links, present_more
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.links import link
from django_stac.spec.media_types import JSON

if TYPE_CHECKING:
    from django_stac.access import User

NOUNS = {"catalogs": "catalog_id", "collections": "collection_id"}


@dataclass(frozen=True, slots=True)
class Roots:
    """Catalogues or collections in the order of their ids."""

    noun: str
    rows: list[Any]
    """At most ``LANDING_CHILDREN``."""
    has_more: bool

    @property
    def ids(self) -> list[str]:
        return [getattr(row, NOUNS[self.noun]) for row in self.rows]

    def links(self, hrefs: Hrefs) -> Links:
        """A ``child`` link each, and one to where more follow."""
        children = {"catalogs": [], "collections": [], self.noun: [(key, row.title) for key, row in self.named]}
        made = child_links(hrefs, **children)
        return [*made, link("child", self.more(hrefs), type=JSON, title=f"More {self.noun}")] if self.has_more else made

    @property
    def named(self) -> list[tuple[str, Any]]:
        return list(zip(self.ids, self.rows, strict=True))

    def more(self, hrefs: Hrefs) -> str:
        """The URL of the catalogue where more follow."""
        return hrefs.more(self.noun, self.ids[-1])


def roots_of(noun: str, policy: AccessPolicy, user: "User", *, after: str = "", whole: bool = False) -> Roots:
    """Those behind an id that the user may see; ``whole`` rows have their documents, others id and title only."""
    most, key = stac_settings.LANDING_CHILDREN, NOUNS[noun]
    visible: Any = policy.visible_catalogs(user) if noun == "catalogs" else policy.visible_collections(user)
    rows = visible.roots().order_by(key)
    rows = rows.filter(**{f"{key}__gt": after}) if after else rows
    found = list((rows if whole else rows.only(key, "title"))[: most + 1])
    return Roots(noun, found[:most], has_more=len(found) > most > 0)


def more_roots(noun: str, after: str, hrefs: Hrefs, policy: AccessPolicy, user: "User") -> dict[str, Any]:
    """The served catalogue of those behind an id."""
    return present_more(hrefs, noun, after, children=roots_of(noun, policy, user, after=after).links(hrefs))
