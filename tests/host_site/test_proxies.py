"""What a client writes into headers for proxies changes nothing, until the site says that it has a proxy."""

import pytest
from django.test import override_settings

from tests.factories import an_item, put
from tests.host_site.asking import get, hrefs

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
FORGERIES = {
    "x_forwarded_host": "evil.example.com",
    "x_forwarded_proto": "https",
    "x_forwarded_prefix": "/evil",
    "x_forwarded_for": "6.6.6.6",
    "x_forwarded_port": "666",
    "x_script_name": "/evil",
    "forwarded": "for=6.6.6.6;host=evil.example.com;proto=https",
}
PATHS = ["", "collections/scenes/items/a", "search?limit=1", "api", "collections?f=html"]


@pytest.fixture(autouse=True)
def scenes():
    put(an_item("a"), an_item("b"))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_header_changes_neither_body_nor_headers(path, name):
    honest, forged = get(path), get(path, **{name: FORGERIES[name]})
    assert (forged.content, dict(forged.headers)) == (honest.content, dict(honest.headers))


@override_settings(
    USE_X_FORWARDED_HOST=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    DJANGO_STAC={"DATABASE": "geo", "TRUST_FORWARDED_PREFIX": True},
)
@pytest.mark.parametrize("path", PATHS[:3])
def test_a_trusted_proxy_names_scheme_host_and_prefix(path):
    plain = get(path)
    asked = get(path, x_forwarded_host="maps.example.com", x_forwarded_proto="https", x_forwarded_prefix="/public")
    own = [href for href in hrefs(asked.json()) if "/geo/stac/" in href]
    assert own
    assert all(href.startswith("https://maps.example.com/public/geo/stac/") for href in own)
    assert asked["ETag"] != plain["ETag"]


@override_settings(USE_X_FORWARDED_HOST=True)
def test_a_host_that_the_site_does_not_have_is_refused_even_from_a_proxy():
    assert get("", x_forwarded_host="evil.example.com").status_code == 400
