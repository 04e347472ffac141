"""The command ``stac_rights``: what it lists, what it gives, and how it names groups."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from django_stac import transactions
from django_stac.models import Collection
from tests.factories import put_collection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def collections():
    for name in ("drones", "scenes"):
        put_collection(name)


@pytest.fixture
def surveyors():
    return Group.objects.create(name="surveyors")


def rights(*arguments):
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("stac_rights", *arguments, "--json", stdout=out, stderr=err)
    except CommandError as error:
        code, err = error.returncode, StringIO(err.getvalue() + str(error))
    return json.loads(out.getvalue() or "{}") | {"code": code, "said": err.getvalue()}


def stored(name="drones"):
    columns = ("visibility", "viewer_groups", "owner_groups")
    return Collection.objects.filter(collection_id=name).values_list(*columns).get()


def test_rights_are_given_to_groups_by_name(surveyors):
    guests = Group.objects.create(name="guests, and friends")
    options = ["--visibility", "groups", "--viewers", guests.name, "--viewers", "surveyors", "--owners", "surveyors"]
    report = rights("drones", *options)
    assert (report["updated"], report["code"]) == (1, 0)
    assert stored() == ("groups", sorted([guests.pk, surveyors.pk]), [surveyors.pk])
    assert stored("scenes") == ("public", [], [])


def test_groups_that_come_from_elsewhere_are_named_by_their_keys():
    assert rights("drones", "--owners", "4711")["code"] == 0
    assert stored() == ("public", [], [4711])


def test_what_is_not_named_stays(surveyors):
    transactions.set_rights("drones", visibility="groups", viewer_groups=[surveyors.pk], owner_groups=[surveyors.pk])
    rights("drones", "--visibility", "signed-in")
    rights("drones", "--no-viewers")
    assert stored() == ("signed-in", [], [surveyors.pk])


def test_a_second_run_changes_nothing(surveyors):
    for counter in ("updated", "unchanged"):
        report = rights("drones", "scenes", "--owners", "surveyors")
        assert (report[counter], report["updated"] + report["unchanged"]) == (2, 2)


def test_a_dry_run_tells_and_changes_nothing():
    report = rights("drones", "--visibility", "signed-in", "--dry-run")
    assert (report["updated"], report["collections"][0]["visibility"]) == (1, "signed-in")
    assert stored() == ("public", [], [])


def test_a_collection_that_is_not_there_fails_and_the_others_are_changed():
    report = rights("nothing", "drones", "--visibility", "signed-in")
    assert (report["failed"], report["updated"], report["code"]) == (1, 1, 1)
    assert report["failures"][0]["message"] == "There is no collection 'nothing'."


def test_without_options_it_lists(surveyors):
    transactions.set_rights("drones", visibility="groups", viewer_groups=[4711], owner_groups=[surveyors.pk])
    report = rights()
    drones = {"id": "drones", "published": True, "visibility": "groups", "viewers": ["4711"], "owners": ["surveyors"]}
    assert ([each["id"] for each in report["collections"]], report["collections"][0]) == (["drones", "scenes"], drones)
    assert "groups (4711); owned by surveyors" in report["said"]


def test_named_collections_alone_are_listed():
    put_collection("secret", published=False)
    report = rights("secret", "nothing")
    assert [each["id"] for each in report["collections"]] == ["secret"]
    assert "public, not published; owned by nobody" in report["said"]
    assert (report["unchanged"], report["failed"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--visibility", "signed-in"], "COLLECTION: must be named"),
        (["drones", "--owners", "surveyor"], "--owners: there is no group 'surveyor', but 'surveyors'."),
        (["drones", "--viewers", "0"], "--viewers: there is no group"),
        (["drones", "--viewers", "99999999999"], "--viewers: there is no group"),
    ],
)
def test_wrong_usage_is_told_and_changes_nothing(surveyors, arguments, message):
    report = rights(*arguments)
    assert (message in report["said"], report["code"]) == (True, 2)
    assert stored() == ("public", [], [])


@pytest.mark.parametrize("arguments", [["--visibility", "friends"], ["--owners", "surveyors", "--no-owners"]])
def test_options_that_make_no_sense_are_no_command(surveyors, arguments):
    with pytest.raises(CommandError, match="argument --"):
        call_command("stac_rights", "drones", *arguments)
    assert stored() == ("public", [], [])


def test_a_name_that_is_the_key_of_another_group_is_refused(surveyors):
    Group.objects.create(name=str(surveyors.pk))
    assert "may mean two groups" in rights("drones", "--owners", str(surveyors.pk))["said"]


def test_a_name_that_is_a_number_is_a_name():
    group = Group.objects.create(name="2024")
    rights("drones", "--owners", "2024")
    assert stored() == ("public", [], [group.pk])


def test_a_site_without_groups_is_told_so():
    assert "but no group at all" in rights("drones", "--owners", "surveyors")["said"]
