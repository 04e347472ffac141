"""Every verb of every route, by all kinds of people: each has a rule, and does what the rule says for those it says.

The verbs come from the URL table. A route, or a new verb of an old one, fails here until it has a rule.
"""

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.access import OF_OWNERS, Action
from django_stac.api.urls import urlpatterns
from tests.api.asking import asker
from tests.api.people import NOUNS, PERMISSIONS, group, person
from tests.api.questions import OPEN, bodies
from tests.api.sending import a_user, send
from tests.api.test_write_cases import site, state
from tests.api.write_cases import CASES

__all__ = ["site"]

WITHOUT_VERBS = {"unknown"}
"""Views that are functions: they answer no verb but those that read."""
MAY = {
    "reader": set(),
    "member": set(),
    "stranger": set(),
    "viewer": set(),
    "owner": OF_OWNERS,
    # Who does not see what is hidden neither creates nor deletes where a refusal would tell of it.
    "writer": set(Action) - {Action.CREATE_ITEM, Action.CREATE_COLLECTION, Action.DELETE_COLLECTION},
    "curator": set(Action),
    "superuser": set(Action),
}
"""Person → what they may do in a collection of the owner's group."""


def verbs():
    """(route, method) → the operation behind it, of all there are; HEAD is GET without its body."""
    return {
        (pattern.name, method): pattern.callback.cls.operations.get(action)
        for pattern in urlpatterns
        if pattern.name not in WITHOUT_VERBS
        for method, action in pattern.callback.actions.items()
        if method != "head"
    }


def successes():
    """(route, method) → a case in which somebody who may do it does it."""
    done = [case for case in CASES if case.status < 300 and not case.settings]
    return {(case.route[0], case.method.lower()): case for case in reversed(done)}


WRITING = {verb: operation.action for verb, operation in verbs().items() if operation and operation.action}
DONE = successes()


def tried(case, user):
    """Try a case as somebody; nobody is anonymous."""
    given = {"body": case.body, "media_type": case.media_type, "query": case.query, **case.headers}
    return send(asker(Client(), user), case.method, *case.route, **given)


# Each has a rule


def test_every_verb_has_an_operation_of_its_own():
    assert [verb for verb, operation in verbs().items() if operation is None] == []


def test_every_verb_that_reads_is_asked_on_the_walk():
    reading = {verb for verb in verbs() if verb not in WRITING}
    asked = {(name, "get") for name in OPEN} | {(route[0], "post") for route, _ in bodies()}
    assert reading - asked == set()


def test_every_verb_that_writes_is_tried_here():
    assert set(WRITING) == set(DONE)


def test_what_is_not_safe_and_no_search_writes():
    changing = {verb for verb in verbs() if verb[1] != "get"} - {(route[0], "post") for route, _ in bodies()}
    assert changing == set(WRITING)


def test_everybody_has_a_rule():
    assert set(MAY) == set(PERMISSIONS)


# Each is kept


@pytest.mark.parametrize("verb", DONE, ids=" ".join)
def test_nobody_writes_without_signing_in(site, verb):
    before = state()
    assert tried(DONE[verb], None).status_code in (401, 403)
    assert state() == before


@pytest.mark.parametrize("verb", DONE, ids=" ".join)
def test_all_other_permissions_do_not_make_up_for_the_one_that_lacks(site, verb):
    every = {f"{each}_{noun}" for noun in NOUNS for each in ("add", "change", "delete", "view")}
    before = state()
    assert tried(DONE[verb], a_user(*every - {WRITING[verb].value})).status_code == 403
    assert state() == before


@pytest.mark.parametrize("verb", DONE, ids=" ".join)
def test_one_permission_and_seeing_what_is_hidden_are_enough(site, verb):
    user = a_user(WRITING[verb].value, "view_item", "view_collection")
    assert tried(DONE[verb], user).status_code == DONE[verb].status


@pytest.mark.parametrize("verb", DONE, ids=" ".join)
@pytest.mark.parametrize("who", MAY)
def test_people_do_what_they_may_and_are_told_so_before(site, who, verb):
    for name in ("scenes", "empty"):
        transactions.set_rights(name, owner_groups=[group("owner").pk])
    user, case, before = person(who), DONE[verb], state()
    allowed = send(asker(Client(), user), "options", *case.route)["Allow"].split(", ")
    may = WRITING[verb] in MAY[who]
    assert (tried(case, user).status_code == case.status, case.method in allowed) == (may, may)
    assert may or state() == before
