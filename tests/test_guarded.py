"""Permissions on single rows, as django-guardian keeps them: what the policy makes of them in API and admin."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from guardian.shortcuts import assign_perm, remove_perm

from django_stac import transactions
from django_stac.access import OF_OWNERS, AccessPolicy, Action
from django_stac.guarded import GuardedPolicy
from django_stac.models import Collection, Item
from tests.admin.test_editing import edit, saved
from tests.api.asking import ask, asker, ids, search
from tests.api.sending import a_user, send
from tests.factories import an_item, put, put_collection
from tests.statements import statements

pytestmark = pytest.mark.django_db
TITLE = {"properties": {"title": "Morning"}}


@pytest.fixture(autouse=True)
def guarded(settings):
    """A site that uses guardian as its documentation says, and our policy for it."""
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"ACCESS_POLICY": "django_stac.guarded.GuardedPolicy"}


@pytest.fixture(autouse=True)
def stored(db):
    """In `open` the item `b` is not published, in `secret` neither are collection nor `d`."""
    put(an_item("a", collection="open"))
    put(an_item("b", collection="open"), published=False)
    put_collection("secret", published=False)
    put(an_item("c", collection="secret"))
    put(an_item("d", collection="secret"), published=False)
    transactions.derive()


@pytest.fixture
def ada(django_user_model):
    """Somebody without any other permission."""
    return django_user_model.objects.create_user("ada", is_staff=True)


def collection(name):
    return Collection.objects.get(collection_id=name)


def item(name):
    return Item.objects.select_related("collection").get(item_id=name)


def fresh(user):
    """The same person in another request."""
    return type(user).objects.get(pk=user.pk)


def seen(user):
    return "".join(sorted(GuardedPolicy().visible_items(fresh(user)).values_list("item_id", flat=True)))


def allowed(user, row):
    home, one = (row.collection, row) if isinstance(row, Item) else (row, None)
    return {action for action in Action if GuardedPolicy().may(fresh(user), action, collection=home, item=one)}


# Seeing


def test_nothing_given_shows_nothing(ada):
    assert seen(ada) == "a"


@pytest.mark.parametrize("permission", ["view_collection", "delete_collection"])
def test_a_collection_that_was_given_is_seen_with_its_published_items(ada, permission):
    assign_perm(permission, ada, collection("secret"))
    assert seen(ada) == "ac"


def test_who_was_given_the_change_of_a_collection_sees_all_of_its_items(ada):
    assign_perm("change_collection", ada, collection("secret"))
    assert seen(ada) == "acd"


@pytest.mark.parametrize("permission", ["view_item", "change_item", "delete_item"])
def test_an_item_that_was_given_is_seen(ada, permission):
    assign_perm(permission, ada, item("b"))
    assert seen(ada) == "ab"


def test_an_item_that_was_given_is_not_seen_in_a_collection_that_is_hidden(ada):
    assign_perm("view_item", ada, item("d"))
    assert seen(ada) == "a"
    assign_perm("view_collection", ada, collection("secret"))
    assert seen(ada) == "acd"


def test_what_was_given_to_a_group_was_given_to_its_members(ada):
    surveyors = Group.objects.create(name="surveyors")
    assign_perm("view_item", surveyors, item("b"))
    assert seen(ada) == "a"
    ada.groups.add(surveyors)
    assert seen(ada) == "ab"


def test_what_is_taken_back_is_hidden_again(ada):
    assign_perm("view_item", ada, item("b"))
    remove_perm("view_item", ada, item("b"))
    assert seen(ada) == "a"


def test_the_inactive_and_the_anonymous_were_given_nothing(ada):
    assign_perm("view_item", ada, item("b"))
    ada.is_active = False
    ada.save()
    assert seen(ada) == "a"
    assert GuardedPolicy().granted(None, "view_item") == frozenset()


def test_hidden_collections_are_the_complement_of_the_visible(ada):
    assign_perm("view_collection", ada, collection("secret"))
    put_collection("other", published=False)
    shown, hidden = GuardedPolicy().visible_collections(ada), GuardedPolicy().hidden_collections(ada)
    assert {row.collection_id for row in shown} == {"open", "secret"}
    assert {row.collection_id for row in hidden} == {"other"}


def test_lists_counts_and_aggregations_hold_what_was_given(ada):
    assign_perm("view_item", ada, item("b"))
    page = search(user=ada).json()
    assert (sorted(ids(page)), page["numberMatched"]) == (["a", "b"], 2)
    buckets = ask("aggregate", user=ada, aggregations="total_count").json()["aggregations"]
    assert [each["value"] for each in buckets] == [2]
    assert ask("item", "open", "b", user=ada).status_code == 200


def test_the_built_in_policy_shows_what_it_would_show_without(ada):
    assign_perm("view_item", ada, item("b"))
    assert "".join(AccessPolicy().visible_items(ada).values_list("item_id", flat=True)) == "a"


def test_a_list_asks_as_much_for_many_that_were_given_as_for_one(ada):
    def asked():
        with statements() as found:
            search(user=fresh(ada))
        return len(found)

    assign_perm("view_item", ada, item("b"))
    before = asked()
    for row in put(*(an_item(f"more-{number}", collection="open") for number in range(5)), published=False):
        assign_perm("view_item", ada, row)
    assert asked() == before


class GivenMany(AccessPolicy):
    """A site's own, that has given more items than a statement of the server's takes parameters."""

    def granted(self, user, permission):
        return frozenset(range(1, 70_000)) if permission == "view_item" else frozenset()


def test_any_number_may_be_given(settings, ada):
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"ACCESS_POLICY": f"{__name__}.GivenMany"}
    assert search(user=ada).status_code == 200


# Doing


def test_who_may_change_a_collection_owns_it(ada):
    assign_perm("change_collection", ada, collection("secret"))
    assert allowed(ada, collection("secret")) == OF_OWNERS
    assert allowed(ada, collection("open")) == set()


def test_who_may_delete_a_collection_must_see_what_is_in_it(ada):
    assign_perm("delete_collection", ada, collection("open"))
    assert allowed(ada, collection("open")) == set()
    assign_perm("change_collection", ada, collection("open"))
    assert allowed(ada, collection("open")) == OF_OWNERS | {Action.DELETE_COLLECTION}


@pytest.mark.parametrize("action", [Action.REPLACE_ITEM, Action.DELETE_ITEM])
def test_permissions_on_one_item_are_what_they_say(ada, action):
    assign_perm(action.value, ada, item("a"))
    assert allowed(ada, item("a")) == {action}
    assert allowed(ada, item("b")) == allowed(ada, collection("open")) == set()


@pytest.mark.parametrize("policy", ["django_stac.access.AccessPolicy", "django_stac.guarded.GuardedPolicy"])
@pytest.mark.parametrize(
    ("permission", "statuses", "methods"),
    [
        ("view_item", (403, 403, 403), "GET, HEAD, OPTIONS"),
        ("change_item", (204, 204, 403), "GET, PUT, PATCH, HEAD, OPTIONS"),
        ("delete_item", (403, 403, 204), "GET, DELETE, HEAD, OPTIONS"),
    ],
)
def test_one_item_is_written_by_those_who_were_given_it(settings, ada, policy, permission, statuses, methods):
    settings.DJANGO_STAC = settings.DJANGO_STAC | {"ACCESS_POLICY": policy}
    assign_perm(permission, ada, item("a"))
    client, route = asker(Client(), ada), ("item", "open", "a")
    assert send(client, "options", *route)["Allow"] == methods
    document = an_item("a", collection="open", title="Noon")
    answers = [send(client, "put", *route, body=document), send(client, "patch", *route, body=TITLE)]
    answers.append(send(client, "delete", *route))
    assert tuple(answer.status_code for answer in answers) == statuses


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_who_was_given_one_item_is_told_nothing_of_others(ada, method):
    assign_perm("change_item", ada, item("a"))
    client = asker(Client(), ada)
    answers = [
        send(client, method, "item", "open", name, body=None if method == "delete" else TITLE)
        for name in ("b", "nothing")
    ]
    assert {answer.status_code for answer in answers} == {403 if method == "delete" else 404}
    assert send(client, "options", "item", "open", "b")["Allow"] == "GET, HEAD, OPTIONS"


def test_bulk_loading_is_for_those_who_may_write_the_collection(ada):
    assign_perm("change_item", ada, item("a"))
    body = {"items": {"a": an_item("a", collection="open")}, "method": "upsert"}
    assert send(asker(Client(), ada), "post", "bulk-items", "open", body=body).status_code == 403


# The admin

ITEMS = reverse("admin:django_stac_item_changelist")


def page_of(row, page="change"):
    return reverse(f"admin:django_stac_{row._meta.model_name}_{page}", args=[row.pk])


@pytest.fixture
def admin(settings, tmp_path, ada):
    """A client signed in as the person."""
    settings.STATIC_ROOT = tmp_path
    return asker(Client(), ada)


def test_who_was_given_nothing_is_not_let_in(admin):
    assert admin.get(ITEMS).status_code == 403
    assert admin.get(page_of(item("a"))).status_code == 403


def test_who_was_given_an_item_to_see_reads_it(admin, ada):
    assign_perm("view_item", ada, item("b"))
    assert ">b<" in admin.get(ITEMS).content.decode()
    assert admin.get(page_of(item("b"))).status_code == 200
    assert admin.post(page_of(item("b")), {}).status_code == 403


def test_who_was_given_an_item_to_change_edits_it_and_no_other(admin, ada):
    assign_perm("change_item", ada, item("b"))
    saved(admin, page_of(item("b")), edit(item("b"), member_title="Morning"))
    assert item("b").document["properties"]["title"] == "Morning"
    assert admin.post(page_of(item("a")), edit(item("a"), member_title="Morning")).status_code == 403
    assert admin.post(page_of(item("b"), "delete"), {"post": "yes"}).status_code == 403


def test_who_was_given_an_item_to_delete_deletes_it_and_no_other(admin, ada):
    assign_perm("delete_item", ada, item("b"))
    assert admin.post(page_of(item("a"), "delete"), {"post": "yes"}).status_code == 403
    saved(admin, page_of(item("b"), "delete"), {"post": "yes"})
    assert not Item.objects.filter(item_id="b").exists()


@pytest.mark.parametrize(("action", "permission"), [("publish", "change_item"), ("delete_selected", "delete_item")])
def test_actions_are_for_rows_that_were_given_and_for_all_of_them_or_none(admin, ada, action, permission):
    assign_perm(permission, ada, item("b"))
    chosen = {"action": action, "_selected_action": [item("a").pk, item("b").pk], "post": "yes"}
    admin.post(ITEMS, chosen)
    assert (Item.objects.count(), item("b").published) == (4, False)
    admin.post(ITEMS, {**chosen, "_selected_action": [item("b").pk]})
    assert not Item.objects.filter(item_id="b", published=False).exists()


def test_who_was_given_a_collection_to_change_edits_it_and_its_items(admin, ada):
    assign_perm("change_collection", ada, collection("secret"))
    secret = collection("secret")
    saved(admin, page_of(secret), edit(secret, member_title="Ours", extent_mode="document"))
    saved(admin, page_of(item("d")), edit(item("d"), member_title="Morning"))
    assert (collection("secret").title, item("d").document["properties"]["title"]) == ("Ours", "Morning")
    assert ">c<" in admin.get(ITEMS).content.decode()


def test_forms_lead_to_what_was_given(admin, ada):
    assign_perm("change_item", ada, item("a"))
    assert b"edit-form" in ask("item", "open", "a", user=ada).content
    assert b"-form" not in ask("collection", "open", user=ada).content


def test_who_holds_model_permissions_needs_no_other():
    assert seen(a_user("view_item", "view_collection")) == "abcd"


# The feed of changes


def sight(user):
    return GuardedPolicy().sight(fresh(user))


def test_who_is_given_something_starts_anew_in_the_feed_of_changes(ada):
    before = sight(ada)
    assign_perm("view_item", ada, item("b"))
    assert sight(ada) != before


def test_who_was_given_what_is_gone_starts_anew_in_the_feed_of_changes(ada):
    assign_perm("view_item", ada, item("b"))
    before = sight(ada)
    transactions.delete_item("open", "a")
    assert sight(ada) == before
    transactions.delete_item("open", "b")
    assert sight(ada) != before
