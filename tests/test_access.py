"""The policy as such; what every route makes of it is in ``tests/api/test_access.py``."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from django_stac.access import AccessPolicy, Action
from django_stac.models import Item
from tests.factories import an_item, put, put_collection


class OnlyOpen(AccessPolicy):
    """A site's own: nobody sees any collection but one, permissions or not."""

    def visible_collections(self, user, using=None):
        return super().visible_collections(user, using).filter(collection_id="open")


class OnlyRecent(AccessPolicy):
    """A site's own: old items are for nobody."""

    def visible_items(self, user, using=None):
        return super().visible_items(user, using).filter(datetime__year__gte=2020)


@pytest.fixture
def stored(db):
    put_collection("hidden", published=False)
    put(an_item("a", collection="open"), an_item("b", collection="other"), an_item("c", collection="hidden"))
    put(an_item("d", collection="open"), published=False)


def seen(policy, user):
    return "".join(sorted(policy.visible_items(user).values_list("item_id", flat=True)))


def test_everybody_sees_published_items_of_published_collections(stored):
    assert seen(AccessPolicy(), AnonymousUser()) == seen(AccessPolicy(), None) == "ab"


def test_the_view_permissions_show_the_rest(stored, viewer):
    assert seen(AccessPolicy(), viewer) == "abcd"


def test_being_staff_shows_nothing_more(stored, staff):
    assert seen(AccessPolicy(), staff) == "ab"


def test_items_are_hidden_in_collections_that_a_site_hides(stored):
    assert seen(OnlyOpen(), AnonymousUser()) == "a"


def test_permissions_do_not_open_collections_that_a_site_hides(stored, viewer):
    assert seen(OnlyOpen(), viewer) == "ad"


@pytest.mark.parametrize(("kind", "shows"), [(AccessPolicy, True), (OnlyOpen, True), (OnlyRecent, False)])
def test_a_policy_that_hides_items_of_its_own_shows_nothing_that_was_derived_from_them(kind, shows):
    assert kind().shows_derived(None) is shows


def test_who_sees_everything_is_asked_for_no_collection(stored, viewer):
    assert "WHERE" not in str(AccessPolicy().visible_items(viewer).query)
    assert Item.objects.count() == 4


def give(user, *names):
    """Give model permissions of this app, and take all others."""
    user.user_permissions.set(Permission.objects.filter(codename__in=names, content_type__app_label="django_stac"))
    for cache in ("_perm_cache", "_user_perm_cache"):
        user.__dict__.pop(cache, None)
    return user


def allowed(user):
    return {action for action in Action if AccessPolicy().may(user, action)}


@pytest.mark.parametrize("action", Action)
def test_each_action_has_a_model_permission(staff, action):
    assert allowed(give(staff, action.value)) == {action}


def test_nobody_writes_without_permission(staff, viewer):
    assert allowed(None) == allowed(AnonymousUser()) == allowed(staff) == allowed(viewer) == set()


def test_superusers_may_everything(admin_user):
    assert allowed(admin_user) == set(Action)


def test_inactive_users_may_nothing(admin_user):
    admin_user.is_active = False
    assert allowed(admin_user) == set()
