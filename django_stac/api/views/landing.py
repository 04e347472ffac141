"""The landing page, and what the API conforms to."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.operations import Operation
from django_stac.api.paging import Links
from django_stac.api.views.base import StacViewSet
from django_stac.conf import stac_settings
from django_stac.documents.catalog import present_landing
from django_stac.documents.hrefs import Hrefs
from django_stac.spec.conformance import DECLARED
from django_stac.spec.links import HTML_FORM, link
from django_stac.spec.media_types import HTML, JSON


class LandingViewSet(StacViewSet):
    """``/``: the root of all (STAC API - Core)."""

    operations = {
        "retrieve": Operation(
            id="getLandingPage", tag="Core", summary="Landing page", answer="Landing", page="django_stac/landing.html"
        )
    }

    def retrieve(self, request: Request) -> Response:
        """Answer with the catalogues and collections that no catalogue lists."""
        catalogs = self.policy.visible_catalogs(request.user).roots().order_by("catalog_id")
        collections = self.policy.visible_collections(request.user).roots().order_by("collection_id")
        most = stac_settings.LANDING_CHILDREN
        document = present_landing(
            self.hrefs,
            catalogs=catalogs.values_list("catalog_id", "title")[:most],
            collections=collections.values_list("collection_id", "title")[:most],
        )
        return self.answer(document)


class ConformanceViewSet(StacViewSet):
    """``/conformance`` (OGC API - Features)."""

    operations = {
        "retrieve": Operation(
            id="getConformanceDeclaration",
            tag="Core",
            summary="Conformance classes",
            answer="Conformance",
            page="django_stac/conformance.html",
        )
    }

    def retrieve(self, request: Request) -> Response:
        """Answer with what the landing page says under ``conformsTo``."""
        return self.answer({"conformsTo": list(DECLARED), "links": conformance_links(self.hrefs)})


def conformance_links(hrefs: Hrefs) -> Links:
    return [
        link("self", hrefs.conformance, type=JSON),
        link("alternate", f"{hrefs.conformance}{HTML_FORM}", type=HTML),
        link("root", hrefs.root, type=JSON),
    ]
