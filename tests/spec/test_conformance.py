"""The classes that this release declares."""

from django_stac.spec.conformance import DECLARED, Conformance


def test_the_declared_classes_are_listed_in_a_stable_order():
    assert DECLARED == (
        "https://api.stacspec.org/v1.0.0/core",
        "https://api.stacspec.org/v1.0.0/collections",
        "https://api.stacspec.org/v1.0.0/ogcapi-features",
        "https://api.stacspec.org/v1.0.0/item-search",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    )


def test_a_class_is_its_uri():
    assert Conformance.CORE == "https://api.stacspec.org/v1.0.0/core"
