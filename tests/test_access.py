"""The policy as such; what every route makes of it is in ``tests/api/test_access.py``."""

import pytest
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db.models import Q
from django.utils import timezone

from django_stac.access import OF_EVERYBODY, OF_OWNERS, AccessPolicy, Action
from django_stac.models import Collection, Item, Kind, Tombstone, Visibility
from django_stac.transactions import set_rights
from tests.factories import an_item, put, put_collection
from tests.statements import statements


class OnlyOpen(AccessPolicy):
    """A site's own: nobody sees any collection but one, permissions or not."""

    def visible_collections(self, user, using=None):
        return super().visible_collections(user, using).filter(collection_id="open")


class OnlyRecent(AccessPolicy):
    """A site's own: old items are for nobody."""

    def visible_items(self, user, using=None):
        return super().visible_items(user, using).filter(datetime__year__gte=2020)


class AlsoGiven(AccessPolicy):
    """A site's own: some are shown whatever the collection says."""

    def shown_to(self, user):
        return super().shown_to(user) | Q(pk__in=Collection.objects.filter(collection_id="hidden").values("pk"))


@pytest.fixture
def stored(db):
    put_collection("hidden", published=False)
    put(an_item("a", collection="open"), an_item("b", collection="other"), an_item("c", collection="hidden"))
    put(an_item("d", collection="open"), published=False)


@pytest.fixture
def group(db):
    return Group.objects.create(name="surveyors")


@pytest.fixture
def member(group, django_user_model):
    """Somebody of the group, without any permission."""
    user = django_user_model.objects.create_user("member")
    user.groups.add(group)
    return user


def seen(policy, user):
    return "".join(sorted(policy.visible_items(user).values_list("item_id", flat=True)))


def test_everybody_sees_published_items_of_published_collections(stored):
    assert seen(AccessPolicy(), AnonymousUser()) == seen(AccessPolicy(), None) == "ab"


def test_what_everybody_sees_is_made_once_and_remembers_no_rows(stored):
    policy = AccessPolicy()
    for visible in (policy.visible_items, policy.visible_collections):
        before = len(visible(None))
        put(an_item(visible.__name__, collection=f"of-{visible.__name__.replace('_', '-')}"))
        assert len(visible(None)) == before + 1


def test_what_a_site_replaces_on_its_object_or_on_the_class_counts_too(stored, monkeypatch):
    closed = AccessPolicy()
    closed.shown_to = lambda user: Q(collection_id="other")
    assert seen(closed, None) == "b"
    monkeypatch.setattr(AccessPolicy, "shown_to", lambda self, user: Q(collection_id="open"))
    assert seen(AccessPolicy(), None) == "a"


@pytest.mark.parametrize("name", OF_EVERYBODY)
def test_whatever_a_site_replaces_is_asked_for_everybody_too(stored, name):
    def replaced(self, *args):
        asked.append(name)
        return getattr(AccessPolicy, name)(self, *args)

    asked = []
    policy = type("Replacing", (AccessPolicy,), {name: replaced})()
    assert seen(policy, None) == "ab"
    assert name in asked or name in ("visible_catalogs", "groups_of")


def test_the_view_permissions_show_the_rest(stored, viewer):
    assert seen(AccessPolicy(), viewer) == "abcd"


def test_being_staff_shows_nothing_more(stored, staff):
    assert seen(AccessPolicy(), staff) == "ab"


def test_items_are_hidden_in_collections_that_a_site_hides(stored):
    assert seen(OnlyOpen(), AnonymousUser()) == "a"


def test_permissions_do_not_open_collections_that_a_site_hides(stored, viewer):
    assert seen(OnlyOpen(), viewer) == "ad"


def test_a_site_shows_more_than_the_collection_says(stored, staff):
    assert seen(AlsoGiven(), None) == seen(AlsoGiven(), staff) == "abc"


@pytest.mark.parametrize(("kind", "shows"), [(AccessPolicy, True), (OnlyOpen, True), (OnlyRecent, False)])
def test_a_policy_that_hides_items_of_its_own_shows_nothing_that_was_derived_from_them(kind, shows):
    assert kind().shows_derived(None) is shows


def test_being_signed_in_shows_collections_that_say_so(stored, staff):
    set_rights("other", visibility="signed-in")
    assert (seen(AccessPolicy(), None), seen(AccessPolicy(), staff)) == ("a", "ab")


def test_groups_see_their_collections(stored, staff, member, group):
    set_rights("other", visibility="groups", viewer_groups=[group.pk])
    assert (seen(AccessPolicy(), None), seen(AccessPolicy(), staff), seen(AccessPolicy(), member)) == ("a", "a", "ab")


def test_groups_of_viewers_count_only_where_the_collection_is_for_groups(stored, member, group):
    set_rights("hidden", viewer_groups=[group.pk])
    set_rights("other", visibility="groups", viewer_groups=[group.pk + 1])
    assert seen(AccessPolicy(), member) == "a"


def test_owners_see_their_collection_and_all_of_its_items_whatever_it_says(stored, member, group):
    for name in ("hidden", "open"):
        set_rights(name, visibility="groups", owner_groups=[group.pk])
    put(an_item("e", collection="hidden"), published=False)
    assert (seen(AccessPolicy(), None), seen(AccessPolicy(), member)) == ("b", "abcde")


def test_the_view_permissions_show_what_is_for_groups(stored, viewer):
    set_rights("other", visibility="groups")
    assert seen(AccessPolicy(), viewer) == "abcd"


def test_inactive_members_see_what_everybody_sees(stored, member, group):
    set_rights("open", owner_groups=[group.pk])
    member.is_active = False
    assert seen(AccessPolicy(), member) == "ab"


@pytest.mark.parametrize("who", ["nobody", "staff", "member", "viewer"])
def test_hidden_collections_are_the_complement_of_the_visible(stored, staff, member, viewer, group, who):
    set_rights("open", visibility="groups", viewer_groups=[group.pk])
    set_rights("hidden", owner_groups=[group.pk])
    user = {"nobody": None, "staff": staff, "member": member, "viewer": viewer}[who]
    shown, hidden = AccessPolicy().visible_collections(user), AccessPolicy().hidden_collections(user)
    assert {*shown} | {*hidden} == {*Collection.objects.all()}
    assert not {*shown} & {*hidden}


def test_what_is_published_for_some_is_not_published_for_everybody(stored):
    set_rights("other", visibility="signed-in")
    assert [item.item_id for item in Item.objects.published()] == ["a"]


def test_who_owns_nothing_sees_all_that_is_derived_from(stored, member, group, viewer):
    assert not AccessPolicy().sees_unpublished(member)
    set_rights("open", owner_groups=[group.pk])
    assert AccessPolicy().sees_unpublished(member)
    assert AccessPolicy().sees_unpublished(viewer)


def test_groups_are_asked_for_once_a_request(stored, member):
    with statements() as asked:
        for _ in range(3):
            seen(AccessPolicy(), member)
    assert len([text for text in asked if 'AS "pk" FROM "auth_group"' in text]) == 1


def test_people_of_a_site_without_groups_have_none(stored):
    class Person:
        is_active = is_authenticated = True

        def has_perm(self, name, obj=None):
            return False

    assert seen(AccessPolicy(), Person()) == "ab"


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
    assert allowed(give(staff, action.value, "view_item", "view_collection")) == {action}


@pytest.mark.parametrize(
    ("action", "noun"),
    [(Action.CREATE_ITEM, "item"), (Action.CREATE_COLLECTION, "collection"), (Action.DELETE_COLLECTION, "item")],
)
def test_whose_refusal_would_tell_of_hidden_rows_is_for_those_who_see_them(staff, action, noun):
    assert allowed(give(staff, action.value)) == set()
    assert allowed(give(staff, action.value, f"view_{noun}")) == {action}


def test_nobody_writes_without_permission(staff, viewer):
    assert allowed(None) == allowed(AnonymousUser()) == allowed(staff) == allowed(viewer) == set()


def test_superusers_may_everything(admin_user):
    assert allowed(admin_user) == set(Action)


def test_inactive_users_may_nothing(admin_user):
    admin_user.is_active = False
    assert allowed(admin_user) == set()


def allowed_here(user, name):
    collection = Collection.objects.get(collection_id=name)
    return {action for action in Action if AccessPolicy().may(user, action, collection=collection)}


def test_owners_write_items_and_document_of_their_collection_and_of_no_other(stored, member, group):
    set_rights("open", owner_groups=[group.pk + 1, group.pk])
    set_rights("other", visibility="groups", viewer_groups=[group.pk])
    assert allowed_here(member, "open") == OF_OWNERS
    assert allowed_here(member, "other") == allowed(member) == set()


class OnOneRow(BaseBackend):
    """Grants on single rows, as django-guardian does."""

    granted: set[tuple[str, str]] = set()

    def has_perm(self, user, perm, obj=None):
        return obj is not None and (perm, obj.collection_id) in self.granted


@pytest.fixture
def grant(settings, monkeypatch):
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", f"{__name__}.OnOneRow"]
    monkeypatch.setattr(OnOneRow, "granted", set())
    return lambda name, collection: OnOneRow.granted.add((f"django_stac.{name}", collection))


def test_who_may_change_one_collection_owns_it(stored, staff, grant):
    give(staff, "view_item")
    grant("change_collection", "open")
    assert allowed_here(staff, "open") == OF_OWNERS
    assert allowed_here(staff, "other") == set()


@pytest.mark.parametrize("action", [Action.CREATE_ITEM, Action.DELETE_ITEM, Action.DELETE_COLLECTION])
def test_other_permissions_on_one_collection_are_what_they_say(stored, staff, grant, action):
    give(staff, "view_item")
    grant(action.value, "open")
    assert allowed_here(staff, "open") == {action}


def test_permissions_on_one_row_are_not_for_the_inactive(stored, staff, grant):
    grant("change_collection", "open")
    give(staff, "view_item").is_active = False
    assert allowed_here(staff, "open") == set()


# Tombstones


def stone(name, kind=Kind.ITEM, **then):
    """A tombstone of an item of an open collection, but for what is given."""
    return Tombstone.objects.create(kind=kind, thing_id=name, deleted=True, at=timezone.now(), **then)


def stones(policy, user):
    return "".join(sorted(policy.visible_tombstones(user).values_list("thing_id", flat=True)))


@pytest.fixture
def stones_of_all_kinds(db, group):
    stone("a")
    stone("b", item_published=False, owner_groups=[group.pk])
    stone("c", published=False, owner_groups=[group.pk])
    stone("d", visibility=Visibility.GROUPS, viewer_groups=[group.pk])
    stone("e", Kind.CATALOG)
    stone("f", Kind.COLLECTION, visibility=Visibility.SIGNED_IN)


def test_tombstones_are_for_those_who_could_see_the_thing(stones_of_all_kinds, member, staff, viewer):
    policy = AccessPolicy()
    assert [stones(policy, user) for user in (None, staff, member, viewer)] == ["ae", "aef", "abcdef", "abcdef"]


class ToSome(AccessPolicy):
    """Narrows in a place that all of the built-in conditions pass."""

    def visible_to(self, user):
        return super().visible_to(user) & Q(collection_id="open")


@pytest.mark.parametrize(
    "policy", [OnlyOpen(), OnlyRecent(), AlsoGiven(), ToSome()], ids=lambda policy: type(policy).__name__
)
def test_a_site_that_decides_otherwise_shows_tombstones_to_those_who_see_all(
    stones_of_all_kinds, policy, member, viewer
):
    assert (stones(policy, None), stones(policy, member), stones(policy, viewer)) == ("", "", "abcdef")
