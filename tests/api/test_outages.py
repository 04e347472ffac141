"""What the database could do at another time is 503 and says when to come back; nothing is tried twice by itself."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from django_stac.api.outages import outage_of
from django_stac.api.writing import bulk
from django_stac.models import GivenAnswer, Item
from tests.api.asking import ask, url
from tests.api.sending import a_user, send
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()
"""
TOUCH = "UPDATE django_stac_item SET updated = updated WHERE item_id = %s"
PATIENCE = 20
"""Seconds after which nobody comes any more."""


@pytest.fixture
def client():
    client = Client(raise_request_exception=False)
    client.force_login(a_user())
    yield client
    connection.close()


@contextmanager
def other(**settings):
    """A session beside the one of the request, whose transaction ends with the block."""
    parameters = connection.get_connection_params()
    known = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    with psycopg.connect(**known, options=options) as session:
        yield session


def somebody_waits(session):
    """Wait until another session waits for a lock."""
    end = time.monotonic() + PATIENCE
    while session.execute(WAITING).fetchone() == (0,):
        assert time.monotonic() < end, "nobody waits"
        time.sleep(0.01)


@contextmanager
def meanwhile(work):
    """Do work in a thread of its own beside the block, and hear of what it raised."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        yield
        done.result(PATIENCE)


@contextmanager
def deadlock():
    """Hold the item `b`, and ask for `a` when somebody who has `a` waits for `b`: it is the request that loses."""
    held = threading.Event()

    def ring():
        with other(deadlock_timeout="1min") as session:
            session.execute(TOUCH, ["b"])
            held.set()
            somebody_waits(session)
            session.execute(TOUCH, ["a"])

    with meanwhile(ring):
        assert held.wait(PATIENCE)
        yield


def load(client, *names, **headers):
    items = {name: an_item(name, title="loaded") for name in names}
    return send(client, "POST", "bulk-items", "scenes", body={"items": items, "method": "upsert"}, **headers)


def titles():
    return {item.item_id: item.document.get("title") for item in Item.objects.all()}


def assert_busy(response):
    assert (response.status_code, response.json()["code"], response["Retry-After"]) == (503, "DatabaseBusy", "1")
    assert "nothing is changed, try again" in response.json()["description"]


def test_who_loses_a_deadlock_is_503_and_nothing_of_it_is_stored(client):
    put(an_item("a"), an_item("b"))
    with deadlock():
        response = load(client, "a", "b", idempotency_key="one")
    assert_busy(response)
    assert titles() == {"a": None, "b": None}


def test_the_key_of_a_request_that_was_given_up_can_be_used_again(client):
    put(an_item("a"), an_item("b"))
    with deadlock():
        load(client, "a", "b", idempotency_key="one")
    assert not GivenAnswer.objects.exists()
    assert load(client, "a", "b", idempotency_key="one").json()["updated"] == 2


def test_of_several_batches_the_one_that_loses_is_named_and_the_others_are_stored(client, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    put(an_item("a"), an_item("b"))
    with deadlock():
        response = load(client, "x", "y", "a", "b", "z")
    told = response.json()
    assert (response.status_code, told["created"], told["failed"]) == (503, 3, 2)
    assert {(each["source"], each["code"]) for each in told["problems"]} == {
        ("a", "DatabaseBusy"),
        ("b", "DatabaseBusy"),
    }
    assert "the others are stored" in told["description"]
    assert response["Retry-After"]
    assert titles() == {"a": None, "b": None} | dict.fromkeys("xyz", "loaded")


def test_where_a_request_is_one_transaction_a_batch_that_loses_takes_all_with_it(client, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    put(an_item("a"), an_item("b"))
    with deadlock():
        assert_busy(load(client, "x", "y", "a", "b"))
    assert titles() == {"a": None, "b": None}


def test_where_a_request_is_one_transaction_a_session_that_breaks_off_is_503(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    put_collection()
    with killed(first_with("INSERT INTO")):
        response = send(client, "POST", "items", "scenes", body=an_item("a"))
    assert (response.status_code, response.json()["code"]) == (503, "DatabaseAway")
    assert titles() == {}


def test_who_reads_a_state_that_others_change_meanwhile_is_503_where_the_site_asks_for_it(client):
    put(an_item("a"))
    with other() as session, connection.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation = 'repeatable read'")
        session.execute(TOUCH, ["a"])

        def change():
            somebody_waits(session)
            session.commit()

        with meanwhile(change):
            assert_busy(send(client, "PUT", "item", "scenes", "a", body=an_item("a", title="new")))
    assert titles() == {"a": None}


@pytest.mark.parametrize("bound", ["lock_timeout", "statement_timeout"])
def test_who_waits_longer_than_the_site_allows_is_503(client, bound):
    put(an_item("a"))
    with other() as session, connection.cursor() as cursor:
        session.execute(TOUCH, ["a"])
        cursor.execute(f"SET {bound} = '100ms'")
        assert_busy(send(client, "DELETE", "item", "scenes", "a"))
    assert titles() == {"a": None}


@contextmanager
def killed(at):
    """Let the administrator end the session of the request before one of its statements; tell of those that came."""
    came = []

    def kill(execute, sql, *args):
        came.append(sql)
        if at(came) and connection.connection:
            pid = connection.connection.info.backend_pid
            with other() as session:
                session.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        return execute(sql, *args)

    with connection.execute_wrapper(kill):
        yield came


def first_with(words):
    """The first statement that has these words."""
    return lambda came: [words in each for each in came] == [False] * (len(came) - 1) + [True]


@pytest.mark.parametrize("form", ["json", "html"])
@pytest.mark.parametrize("route", [("landing",), ("search",), ("item", "scenes", "a"), ("collections",)], ids=str)
def test_a_session_that_breaks_off_is_503_at_any_statement_and_the_next_request_is_answered(client, route, form):
    put(an_item("a"))
    for number in range(1, 100):
        with killed(lambda came, number=number: len(came) == number) as came:
            response = ask(*route, client=client, f=form)
        connection.close_if_unusable_or_obsolete()
        if len(came) < number:
            break
        assert (response.status_code, response["Retry-After"]) == (503, "10"), came[-1]
        assert b"The database cannot be reached" in response.content
    assert (response.status_code, number > 4) == (200, True)


def test_a_write_whose_session_breaks_off_is_told_to_be_looked_after(client):
    put_collection()
    with killed(first_with("INSERT INTO")):
        response = send(client, "POST", "items", "scenes", body=an_item("a"))
    assert (response.status_code, response.json()["code"]) == (503, "DatabaseAway")
    assert "look whether a write was done" in response.json()["description"]
    assert titles() == {}


def test_batches_after_one_whose_session_broke_off_are_stored(client, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 1)
    put_collection()
    with killed(first_with("CREATE TEMPORARY TABLE")):
        response = load(client, "a", "b")
    assert (response.status_code, response.json()["problems"][0]["code"]) == (503, "DatabaseAway")
    assert titles() == {"b": "loaded"}


def test_a_database_that_breaks_off_twice_is_not_looked_for_batch_by_batch(client, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 1)
    put_collection()
    with killed(lambda came: "CREATE TEMPORARY TABLE" in came[-1]) as came:
        response = load(client, *"abcdef")
    assert (response.status_code, response.json()["code"]) == (503, "DatabaseAway")
    assert sum("CREATE TEMPORARY TABLE" in each for each in came) == 2


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize("route", ["landing", "collections", "search"])
def test_a_database_that_cannot_be_reached_is_503_in_every_form(monkeypatch, route, accept):
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", "/no/such/folder")
        response = Client(raise_request_exception=False).get(url(route), headers={"accept": accept})
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Content-Type"].startswith(accept)


def test_what_the_database_said_is_logged_and_not_told(caplog, monkeypatch):
    connection.close()
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING, "django_stac.api"):
        patch.setitem(connection.settings_dict, "HOST", "/no/such/folder")
        response = ask("landing")
    assert "/no/such/folder" in caplog.text
    assert b"/no/such/folder" not in response.content


@pytest.mark.parametrize("cause", [None, ValueError("x"), psycopg.errors.ProgramLimitExceeded("x")])
def test_an_error_that_would_come_again_is_a_bug(cause):
    error = OperationalError("x")
    error.__cause__ = cause
    assert outage_of(error) is None
