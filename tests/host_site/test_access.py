"""Hidden rows and people whose permissions lie in another database."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from guardian.shortcuts import assign_perm

from django_stac.access import Action, policy
from django_stac.models import Collection, Item
from django_stac.transactions import set_published, set_rights
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


@pytest.fixture
def surveyor(person):
    """Somebody of a group of the other database, of staff and without permissions."""
    made = person(is_staff=True)
    made.groups.add(Group.objects.create(name="surveyors"))
    return made


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def test_groups_of_the_other_database_see_their_collections(surveyor, signed_in):
    set_rights("scenes", visibility="groups", viewer_groups=surveyor.groups.values_list("pk", flat=True))
    assert found("search") == found("search", client=signed_in(email="eve@example.com")) == []
    assert found("search", client=browser(surveyor)) == ["open"]


def test_groups_of_the_other_database_own_collections(surveyor):
    collection = set_rights("scenes", visibility="groups", owner_groups=surveyor.groups.values_list("pk", flat=True))
    assert sorted(found("search", client=browser(surveyor))) == ["hidden", "open"]
    assert policy().may(surveyor, Action.REPLACE_ITEM, collection=collection)


def test_owners_edit_in_the_admin_what_lies_on_the_other_database(surveyor):
    set_rights("scenes", visibility="groups", owner_groups=surveyor.groups.values_list("pk", flat=True))
    client, item = browser(surveyor), Item.objects.get(item_id="hidden")
    chosen = {"action": "publish", "_selected_action": [item.pk]}
    client.post(reverse("admin:django_stac_item_changelist"), chosen)
    item.refresh_from_db()
    assert item.published


def test_rights_are_given_to_groups_of_the_other_database(surveyor, signed_in):
    collection, (group,) = Collection.objects.get(), surveyor.groups.all()
    client = signed_in(is_superuser=True, is_staff=True, email="root@example.com")
    page = client.get(reverse("admin:django_stac_collection_change", args=[collection.pk])).content.decode()
    assert f'<option value="{group.pk}">surveyors</option>' in page


def test_what_was_given_row_by_row_on_the_other_database_is_seen_and_written(settings, person):
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"ACCESS_POLICY": "django_stac.guarded.GuardedPolicy"}
    given = person(is_staff=True)
    assert found("search", client=browser(given)) == ["open"]
    # A single row guardian would look for beside its permissions.
    assign_perm("change_item", given, [Item.objects.get(item_id="hidden")])
    client = browser(given)
    assert sorted(found("search", client=client)) == ["hidden", "open"]
    patched = client.patch(f"{ROOT}collections/scenes/items/hidden", {"properties": {"title": "x"}}, content_type=JSON)
    assert patched.status_code == 204


def test_a_collection_that_was_given_to_a_group_of_the_other_database_is_owned(settings, surveyor):
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"ACCESS_POLICY": "django_stac.guarded.GuardedPolicy"}
    collection = set_rights("scenes", visibility="groups")
    assign_perm("change_collection", surveyor.groups.get(), [collection])
    assert sorted(found("search", client=browser(surveyor))) == ["hidden", "open"]
    assert policy().may(surveyor, Action.REPLACE_ITEM, collection=collection)


def test_a_command_gives_rights_to_groups_of_the_other_database(surveyor):
    call_command("stac_rights", "scenes", "--owners", "surveyors", verbosity=0)
    assert Collection.objects.get().owner_groups == [surveyor.groups.get().pk]
