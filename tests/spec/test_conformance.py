"""The classes that this release knows. That they are kept is tested in ``tests/conformance``."""

import re

from django_stac.spec.conformance import Conformance

DECLARED = [member.value for member in Conformance]
FORM = re.compile(
    r"https://api\.stacspec\.org/v[0-9]+\.[0-9]+\.[0-9]+(-(alpha|beta|rc)\.[0-9]+)?/[a-z/-]+(#[a-z-]+)?"
    r"|http://www\.opengis\.net/spec/[a-z0-9-]+/[0-9]+\.[0-9]+/conf/[a-z0-9-]+"
)


def test_the_foundation_is_listed_first():
    assert DECLARED[:4] == [
        "https://api.stacspec.org/v1.0.0/core",
        "https://api.stacspec.org/v1.0.0/collections",
        "https://api.stacspec.org/v1.0.0/ogcapi-features",
        "https://api.stacspec.org/v1.0.0/item-search",
    ]


def test_every_class_is_declared_once_by_a_uri_of_its_authority():
    assert len(set(DECLARED)) == len(DECLARED)
    assert [uri for uri in DECLARED if not FORM.fullmatch(uri)] == []


def test_a_class_is_its_uri():
    assert Conformance.CORE == "https://api.stacspec.org/v1.0.0/core"
