"""The landing page, and what the API conforms to."""

from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.conformance import conforms_to
from django_stac.api.openapi.schema import authentication
from django_stac.api.operations import Operation
from django_stac.api.paging import Links
from django_stac.api.parameters import LONGEST_ID
from django_stac.api.roots import NOUNS, more_roots, roots_of
from django_stac.api.staff import create_form
from django_stac.api.views.base import StacViewSet
from django_stac.documents.catalog import present_landing
from django_stac.documents.hrefs import Hrefs
from django_stac.exceptions import InvalidParameter, NotFound
from django_stac.models import Catalog, Collection
from django_stac.spec.links import HTML_FORM, link
from django_stac.spec.media_types import HTML, JSON

AUTHENTICATION = "https://stac-extensions.github.io/authentication/v1.1.0/schema.json"
"""The extension that tells how the site knows people."""


class LandingViewSet(StacViewSet):
    """``/``: the root of all (STAC API - Core)."""

    operations = {
        "retrieve": Operation(
            id="getLandingPage", tag="Core", summary="Landing page", answer="Landing", page="django_stac/landing.html"
        )
    }

    def retrieve(self, request: Request) -> Response:
        """Answer with the catalogues and collections that no catalogue lists."""
        listed = [roots_of(noun, self.policy, request.user) for noun in NOUNS]
        children = [each for roots in listed for each in roots.links(self.hrefs)]
        children += [each for model in (Collection, Catalog) for each in create_form(request._request, model)]
        landing = present_landing(self.hrefs, conforms_to=conforms_to(), children=children)
        schemes = authentication()
        told = {"stac_extensions": [AUTHENTICATION], "auth:schemes": schemes} if schemes else {}
        return self.answer(landing | told)


class MoreViewSet(StacViewSet):
    """``/more/{noun}``: what the landing page has no room for, still reached by links (STAC API - Browseable)."""

    operations = {
        "retrieve": Operation(
            id="getMoreChildren",
            tag="Browseable",
            summary="Further children of the landing page",
            answer="Catalog",
            page="django_stac/catalog.html",
            parameters=("after",),
            statuses=(404,),
        )
    }

    def retrieve(self, request: Request, noun: str) -> Response:
        """Answer with catalogues or collections behind an id."""
        after = request.query_params.get("after", "")
        if noun not in NOUNS:
            raise NotFound(f"There is no list of {noun!r}: there are {' and '.join(NOUNS)}.")
        if not after.isprintable() or not 0 < len(after) <= LONGEST_ID:
            raise InvalidParameter("after", "must be the id behind which the list goes on.")
        return self.answer(more_roots(noun, after, self.hrefs, self.policy, request.user))


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
        return self.answer({"conformsTo": conforms_to(), "links": conformance_links(self.hrefs)})


def conformance_links(hrefs: Hrefs) -> Links:
    return [
        link("self", hrefs.conformance, type=JSON),
        link("alternate", f"{hrefs.conformance}{HTML_FORM}", type=HTML),
        link("root", hrefs.root, type=JSON),
    ]
