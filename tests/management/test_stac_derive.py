"""The command ``stac_derive``: which collections it computes, and what it reports."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from django_stac import transactions
from django_stac.models import Collection, Mark
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db


def derive(*names, **options):
    out = StringIO()
    call_command("stac_derive", *names, json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def count_of(collection):
    return Collection.objects.get(collection_id=collection).derived["count"]


def test_a_collection_that_has_changed_is_computed():
    put(an_item("a"), an_item("b"))
    assert derive()["collections"] == ["scenes"]
    assert count_of("scenes") == 2


def test_a_collection_is_computed_once_a_change():
    put(an_item("a"))
    derive()
    assert (derive()["collections"], Mark.objects.count()) == ([], 0)


def test_a_dry_run_computes_and_stores_nothing():
    put(an_item("a"))
    assert derive(dry_run=True)["collections"] == ["scenes"]
    assert derive("scenes", dry_run=True)["updated"] == 1
    assert Collection.objects.get().derived is None
    assert derive()["collections"] == ["scenes"]


def test_a_named_collection_is_computed_though_nothing_changed():
    put(an_item("a"), an_item("b", collection="others"))
    transactions.derive()
    assert derive("others")["collections"] == ["others"]


def test_all_collections_are_computed_when_asked():
    put_collection("empty")
    put(an_item("a"))
    transactions.derive()
    report = derive(all=True)
    assert (sorted(report["collections"]), report["updated"]) == (["empty", "scenes"], 2)


def test_an_unknown_collection_fails_beside_the_others():
    put_collection("scenes")
    with pytest.raises(CommandError, match="1 of 2 inputs failed") as caught:
        derive("scenes", "nowhere")
    assert caught.value.returncode == 1


def test_names_and_all_exclude_each_other():
    with pytest.raises(CommandError, match="one or the other") as caught:
        derive("scenes", all=True)
    assert caught.value.returncode == 2
