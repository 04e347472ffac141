"""What the feed tells, when, and to whom. What it comes to with writers beside it is tested over HTTP."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from django_stac import transactions
from django_stac.exceptions import InvalidParameter, StartAgain
from django_stac.history import statement
from django_stac.history.feed import reading
from django_stac.history.place import VERSION, behind, decode, digest, encode
from django_stac.models import Collection, Item, Tombstone
from django_stac.models.gate import open_gate
from django_stac.spec.tokens import packed
from tests.api.people import group, person
from tests.factories import a_collection, an_item, put, put_catalog, put_collection
from tests.history.consuming import another_connection, page, settle, sight_of, told
from tests.statements import statements

pytestmark = pytest.mark.django_db(transaction=True)

GONE = "start again without since"


def hide(*names):
    transactions.set_published(Item.objects.filter(item_id__in=names), published=False)


# What is told


def test_it_begins_with_what_stands():
    put_catalog()
    put(an_item("a"), an_item("b"))
    assert told()[0] == [("created", "shelf"), ("created", "scenes"), ("created", "a"), ("created", "b")]


def test_what_stands_is_told_once():
    put(an_item("a"))
    assert told(since=told()[1])[0] == []


def test_it_goes_on_with_what_is_changed():
    put(an_item("a"))
    _, token = told()
    put(an_item("b"))
    transactions.replace_item(an_item("a", title="other"))
    put_catalog()
    assert told(since=token)[0] == [("created", "b"), ("updated", "a"), ("created", "shelf")]


def test_a_place_is_good_for_ever():
    put(an_item("a"))
    _, token = told()
    transactions.replace_item(an_item("a", title="other"))
    assert told(since=token) == told(since=token)


def test_of_several_changes_the_last_is_told():
    put(an_item("a"))
    _, token = told()
    for title in ("one", "two"):
        transactions.replace_item(an_item("a", title=title))
    assert told(since=token)[0] == [("updated", "a")]


def test_what_is_deleted_is_told():
    put(an_item("a"))
    _, token = told()
    transactions.delete_item("scenes", "a")
    assert told(since=token)[0] == [("deleted", "a")]


def test_a_deleted_collection_takes_its_items_along():
    put(an_item("a"))
    _, token = told()
    transactions.delete_collection("scenes", cascade=True)
    assert set(told(since=token)[0]) == {("deleted", "a"), ("deleted", "scenes")}


def test_what_was_deleted_and_made_again_is_told_as_it_is():
    put(an_item("a"))
    _, token = told()
    with transaction.atomic():
        transactions.delete_item("scenes", "a")
        transactions.create_item(an_item("a"))
    assert told(since=token)[0] == [("created", "a")]


def test_what_is_derived_is_no_change():
    put(an_item("a"))
    _, token = told()
    transactions.derive()
    assert told(since=token)[0] == []


def test_only_the_collections_that_are_asked_for_are_told_of():
    put_catalog()
    put(an_item("a"), an_item("b", collection="other"))
    begun, token = told(named=["other"])
    transactions.delete_item("scenes", "a")
    transactions.delete_item("other", "b")
    assert begun == [("created", "other"), ("created", "b")]
    assert told(named=["other"], since=token)[0] == [("deleted", "b")]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_any_length_tell_the_same(limit):
    put_catalog()
    put(*(an_item(str(number)) for number in range(5)))
    everything, token = told()
    transactions.set_published(Item.objects.all(), published=False)
    assert told(limit=limit)[0] == [("created", "shelf"), ("created", "scenes")]
    assert told(since=token, limit=limit)[0] == [("deleted", str(number)) for number in range(5)]
    assert len(everything) == 7


# When


def test_what_commits_late_is_not_passed_over():
    put(an_item("a"))
    _, token = told()
    with another_connection() as late, late.transaction():
        late.execute("UPDATE django_stac_item SET changed = pg_current_xact_id()::text::bigint")
        put(an_item("b"))
        found, token = told(since=token, is_settled=True)
    assert found == []
    assert [name for _, name in told(since=token)[0]] == ["a", "b"]


def test_what_commits_late_beside_the_walk_is_not_passed_over():
    put(an_item("a"), an_item("b"))
    settle()
    with another_connection() as late, late.transaction():
        late.execute("UPDATE django_stac_item SET changed = pg_current_xact_id()::text::bigint WHERE item_id = 'a'")
        put(an_item("c"))
        found, token = told(is_settled=True)
    assert [name for _, name in found] == ["scenes", "a", "b", "c"]
    assert [name for _, name in told(since=token)[0]] == ["a", "c"]


def test_transactions_of_other_databases_are_not_waited_for(dba):
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    beside = connection.get_new_connection(parameters)
    put(an_item("a"))
    _, token = told()
    with beside, beside.transaction():
        beside.execute("SELECT pg_current_xact_id()")
        put(an_item("b"))
        assert told(since=token)[0] == [("created", "b")]


def test_what_the_asking_transaction_has_changed_itself_is_told_later():
    put(an_item("a"))
    _, token = told()
    with transaction.atomic():
        put(an_item("b"))
        assert told(since=token, is_settled=True)[0] == []
        put(an_item("c"))
    assert told(since=token)[0] == [("created", "b"), ("created", "c")]


def test_what_is_older_than_its_column_is_told_at_the_beginning():
    put(an_item("a"))
    with open_gate():
        Item.objects.update(changed=None)
        Collection.objects.update(changed=None, shown=None)
    assert told()[0] == [("created", "scenes"), ("created", "a")]


def test_transactions_that_a_restored_dump_tells_of_and_that_are_yet_to_come_do_no_harm():
    put(an_item("a"), an_item("b"))
    transactions.delete_item("scenes", "a")
    put(an_item("a"))
    _, token = told()
    Tombstone.objects.update(changed=F("changed") + 3)
    for title in "abcde":
        transactions.replace_item(an_item("b", title=title))
    assert told(since=token)[0] == [("updated", "b")]


# To whom


def test_what_is_hidden_is_gone_for_those_who_do_not_see_it_any_more(viewer):
    put(an_item("a"))
    tokens = [told(user)[1] for user in (None, viewer)]
    hide("a")
    assert [told(user, token)[0] for user, token in zip((None, viewer), tokens, strict=True)] == [
        [("deleted", "a")], [("created", "a")],
    ]  # fmt: skip


def test_what_nobody_saw_goes_without_a_word(viewer):
    put(an_item("a"), published=False)
    tokens = [told(user)[1] for user in (None, viewer)]
    transactions.delete_item("scenes", "a")
    assert told(None, tokens[0])[0] == []
    assert told(viewer, tokens[1])[0] == [("deleted", "a")]


def test_who_does_not_see_a_change_keeps_the_same_place():
    put(an_item("a"))
    _, token = told()
    put(an_item("b"), published=False)
    transactions.delete_item("scenes", "b")
    assert told(since=token) == ([], token)


def test_a_collection_that_is_hidden_is_gone_with_all_that_is_in_it():
    put(an_item("a"))
    _, token = told()
    transactions.set_published(Collection.objects.get(), published=False)
    assert told(since=token)[0] == [("deleted", "scenes")]


def test_of_a_collection_that_is_shown_the_items_are_to_be_read():
    put_collection("scenes", published=False)
    put(an_item("a"))
    _, token = told()
    transactions.set_published(Collection.objects.get(), published=True)
    transactions.replace_collection(a_collection(title="Other"))
    settle()
    _, shown, updated = page(since=token).changes
    assert (shown.type, shown.id, shown.is_shown) == ("created", "scenes", True)
    assert (updated.type, updated.id, updated.is_shown) == ("updated", "scenes", False)


def test_groups_are_told_when_they_win_and_lose_the_sight_of_a_collection():
    member = person("member")
    put(an_item("a"))
    _, token = told(member)
    transactions.set_rights("scenes", visibility="groups")
    lost, token = told(member, token)
    transactions.set_rights("scenes", viewer_groups=[group("member").pk])
    assert (lost, told(member, token)[0]) == ([("deleted", "scenes")], [("created", "scenes")])


# Places that lead nowhere


@pytest.mark.parametrize("token", ["", "x", "later", encode(behind(1), epoch="", collections=["scenes"])])
def test_what_is_no_place_is_refused(token):
    with pytest.raises(InvalidParameter, match="since: "):
        page(since=token)


def test_a_place_among_some_collections_is_none_among_others():
    _, token = told(named=["scenes"])
    with pytest.raises(InvalidParameter, match="belongs to other collections"):
        page(since=token, named=["other"])


def test_who_sees_other_things_now_starts_again(django_user_model):
    member = person("reader")
    _, token = told(member)
    member.groups.add(group("owner"))
    with pytest.raises(StartAgain, match=GONE):
        page(django_user_model.objects.get(pk=member.pk), token)


def test_a_place_of_somebody_else_is_lost(viewer):
    _, token = told(viewer)
    with pytest.raises(StartAgain, match=GONE):
        page(None, token)


def test_after_a_flush_all_start_again():
    _, token = told()
    call_command("flush", interactive=False, verbosity=0)
    with pytest.raises(StartAgain, match=GONE):
        page(since=token)


def test_after_loading_a_dump_all_start_again(tmp_path):
    put(an_item("a"))
    _, token = told()
    call_command("dumpdata", "django_stac", output=str(tmp_path / "dump.json"), verbosity=0)
    transactions.delete_item("scenes", "a")
    call_command("loaddata", str(tmp_path / "dump.json"), verbosity=0)
    with pytest.raises(StartAgain, match=GONE):
        page(since=token)
    assert told()[0] == [("created", "scenes"), ("created", "a")]


def test_a_place_behind_transactions_that_are_yet_to_come_is_lost():
    with pytest.raises(StartAgain, match=GONE):
        page(since=made(behind(2**62)))


def made(place):
    """The token of a place, as the site would write it."""
    epoch = reading(sight_of(), place, 1).epoch
    return encode(place, epoch=epoch, collections=())


def test_places_are_those_that_the_site_has_given():
    put(an_item("a"))
    place, seal = decode(told()[1], collections=())
    where = [place.changed, place.rank, place.key]
    own = packed(VERSION, p=where, n=place.newest, s=seal, q=digest())
    other = packed(VERSION, p=[0, *where[1:]], n=place.newest, s=seal, q=digest())
    assert page(since=own).is_end
    with pytest.raises(StartAgain, match=GONE):
        page(since=other)


def test_a_place_outlives_the_key_of_the_site(settings):
    _, token = told()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert page(since=token).is_end
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(StartAgain, match=GONE):
        page(since=token)


# What it costs


def test_a_page_looks_at_so_many_rows_and_goes_on_behind_them(monkeypatch):
    monkeypatch.setattr(statement, "LOOKED_AT", 3)
    put(an_item("first"))
    _, token = told()
    put(*(an_item(f"hidden-{number}") for number in range(10)), published=False)
    put(an_item("last"))
    settle()
    assert page(since=token).changes == []
    assert told(since=token)[0] == [("created", "last")]
    assert told()[0] == [("created", "scenes"), ("created", "first"), ("created", "last")]


def test_a_page_is_one_statement_within_the_time_of_the_site_beside_a_look_at_other_databases():
    put(an_item("a"))
    with statements() as seen:
        page()
    limit, elsewhere, asked, commit = seen
    assert ("statement_timeout" in limit, "pg_locks" in elsewhere, "pg_snapshot" in asked) == (True, True, True)
    assert (limit.split()[0], commit) == ("BEGIN;", "COMMIT")
