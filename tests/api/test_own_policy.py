"""A site whose own policy hides items that are published: nothing of them shows, in derived facts neither."""

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from guardian.shortcuts import assign_perm

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.guarded import GuardedPolicy
from django_stac.models import Collection, ExtentMode, Item
from tests.api.asking import ask, ids
from tests.api.people import person
from tests.api.test_access import HIDDEN, answers, hide, one_a_kind, published
from tests.api.test_writing_access import told
from tests.factories import a_collection, an_item, put, put_collection

__all__ = ["published"]


class OnlyOfThisCentury(AccessPolicy):
    """A site's own: what is older is for nobody."""

    def visible_items(self, user, using=None):
        return super().visible_items(user, using).filter(datetime__year__gte=2000)


class RowByRow(GuardedPolicy):
    """A site's own, where guardian keeps what was given."""


class OpenHearted(OnlyOfThisCentury):
    """The same, of a site that tells what its items have in common."""

    def shows_derived(self, user):
        return True


def site_of(policy):
    """The settings of a site with a policy."""
    return override_settings(DJANGO_STAC=settings.DJANGO_STAC | {"ACCESS_POLICY": f"{__name__}.{policy.__name__}"})


@pytest.fixture(autouse=True)
def site():
    with site_of(OnlyOfThisCentury):
        yield


@pytest.fixture
def derived(db):
    """A collection whose extent and summaries come from one item."""
    transactions.create_collection(a_collection("derived"), extent_mode=ExtentMode.DERIVED)
    put(an_item("a", collection="derived", properties={"platform": "landsat-8"}))
    transactions.derive()


def found(**params):
    return ids(ask("collections", **params).json())


def test_what_a_site_hides_by_a_rule_of_its_own_shows_nowhere(published):
    before = answers(None)
    put(an_item("secret", collection="shown", **HIDDEN), an_item("secret-too", collection="shown", **HIDDEN))
    transactions.derive()
    after = answers(None)
    assert [place for place in before if after[place] != before[place]] == []


def test_who_was_given_other_rows_is_told_nothing_of_what_is_hidden_by_reading_or_writing(published):
    user = person("reader")
    assign_perm("view_collection", user, Collection.objects.get(collection_id="shown"))
    assign_perm("change_item", user, Item.objects.get(item_id="other"))
    with site_of(RowByRow):
        before = answers(user, one_a_kind) | told(user)
        hide()
        after = answers(user, one_a_kind) | told(user)
    assert [place for place in before if after[place] != before[place]] == []


@pytest.mark.parametrize(
    "params", [{"bbox": "100,0,110,10"}, {"datetime": "../1990-01-01T00:00:00Z"}, {"q": "derived"}]
)
def test_a_collection_of_which_nothing_is_told_may_be_anywhere_at_any_time(derived, params):
    assert found(**params) == ["derived"]


@pytest.mark.parametrize("params", [{"filter": "platform IS NOT NULL"}, {"sortby": "-datetime"}])
def test_it_fits_no_question_about_what_may_be_derived(derived, params):
    put_collection("plain", summaries={"platform": ["landsat-8"]})
    assert found(**params) == ["plain"]


def test_what_its_document_says_is_filtered_and_sorted_by(derived):
    put_collection("plain")
    assert found(filter="title = 'Derived'") == ["derived"]
    assert found(sortby="-title") == ["plain", "derived"]


def test_items_are_filtered_by_properties_of_which_nothing_is_told(derived):
    assert ids(ask("search", filter="platform = 'landsat-8'").json()) == ["a"]


def test_a_site_may_tell_it_all_the_same(derived):
    with site_of(OpenHearted):
        assert found(bbox="100,0,110,10") == []
        assert ask("collection", "derived").json()["extent"]["spatial"]["bbox"] == [[10, 45, 11, 46]]


def test_a_search_keeps_in_mind_that_nothing_is_told():
    assert not Collection.objects.all().without_derived().filter(published=True).order_by("pk").tells_derived
    assert Collection.objects.all().tells_derived


@pytest.mark.filterwarnings("ignore:No directory at")
def test_the_admin_tells_nothing_of_it_either(derived, admin_client):
    changelist = reverse("admin:django_stac_collection_changelist")
    page = reverse("admin:django_stac_collection_change", args=[Collection.objects.get().pk])
    for place, name in ((changelist, "column-item_count"), (page, "field-item_count"), (page, "field-extent_drawn")):
        assert name not in admin_client.get(place).content.decode()
        with site_of(OpenHearted):
            assert name in admin_client.get(place).content.decode()
