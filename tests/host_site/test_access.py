"""Hidden rows and people whose permissions lie in another database."""

import pytest

from django_stac.models import Item
from django_stac.transactions import set_published
from tests.factories import an_item, put
from tests.host_site.asking import JSON, ROOT, found, get

pytestmark = pytest.mark.django_db(databases=["default", "geo"])


@pytest.fixture(autouse=True)
def scenes():
    put(an_item("open"))
    put(an_item("hidden"), published=False)


def test_everybody_sees_what_is_published():
    assert found("search") == ["open"]
    assert get("collections/scenes/items/hidden").status_code == 404


def test_permissions_on_the_other_database_show_the_rest(signed_in):
    assert sorted(found("search", client=signed_in("view_item", "view_collection"))) == ["hidden", "open"]


def test_staff_without_permission_sees_no_more(signed_in):
    assert found("search", client=signed_in(is_staff=True)) == ["open"]


def test_a_superuser_sees_all(signed_in):
    assert len(found("search", client=signed_in(is_superuser=True))) == 2


def test_what_a_person_sees_is_for_no_shared_cache(signed_in):
    assert get("search", client=signed_in("view_item"))["Cache-Control"].startswith("private")
    assert get("search")["Cache-Control"].startswith("public")


def test_a_signed_in_search_by_post_needs_no_proof(signed_in):
    client = signed_in("view_item", "view_collection")
    answer = client.post(f"{ROOT}search", {"limit": 5}, content_type=JSON)
    assert (answer.status_code, len(answer.json()["features"])) == (200, 2)


def test_the_actor_of_a_write_may_live_elsewhere(person):
    set_published(Item.objects.get(item_id="hidden"), published=True, actor=person())
    assert sorted(found("search")) == ["hidden", "open"]
