"""The way back: breadcrumbs from the landing page to where a page stands."""

from django.utils.translation import gettext as _

from django_stac.api.pages.visit import Visit
from django_stac.conf import stac_settings

Step = tuple[str, str]
"""A title and a URL; that of the page itself is empty."""


def trail(visit: Visit, *steps: Step) -> list[Step]:
    """The landing page, the steps in between, and this page (a step without URL)."""
    return [(stac_settings.TITLE, visit.hrefs.root), *steps]


def to_collection(visit: Visit, collection_id: str) -> list[Step]:
    """The steps down to a collection."""
    hrefs = visit.hrefs
    return trail(visit, (_("Collections"), hrefs.collections), (collection_id, hrefs.collection(collection_id)))
