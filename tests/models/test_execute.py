"""Statements that are sent by hand."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, connections, transaction
from psycopg.sql import SQL

from django_stac.models.execute import AT_ONCE, fetched
from tests.statements import statements

pytestmark = pytest.mark.django_db(transaction=True)

ONE, WRONG = SQL("SELECT 1"), SQL("SELECT 1 / 0")


@pytest.fixture
def checked(monkeypatch):
    """The connection at the start of a request, on a site that wants it checked."""
    connection.ensure_connection()
    wrapper = connections["default"]
    monkeypatch.setattr(wrapper, "health_check_enabled", True)
    monkeypatch.setattr(wrapper, "health_check_done", False)


def end_session():
    """End the session of the connection, as a server does that is started anew."""
    end(connection.connection.info.backend_pid, address())


def end(number, address):
    with psycopg.connect(**address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


def end_soon(number, address):
    """End a session in the midst of what it does."""
    time.sleep(2 * AT_ONCE)
    end(number, address)


def address():
    parameters = connection.get_connection_params()
    return {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}


def test_the_first_statement_of_a_request_is_its_own_health_check(checked):
    with statements() as seen:
        connection.health_check_done = False
        assert fetched("default", ONE, {}) == fetched("default", ONE, {}) == [(1,)]
    assert seen == ["SELECT 1"] * 2


def test_a_dead_connection_is_opened_anew(checked):
    end_session()
    assert fetched("default", ONE, {}) == [(1,)]


def test_a_connection_that_dies_later_is_an_outage(checked):
    fetched("default", ONE, {})
    end_session()
    with pytest.raises(OperationalError):
        fetched("default", ONE, {})
    connection.close()


def test_what_is_ended_while_it_runs_is_not_started_again(checked):
    number = connection.connection.info.backend_pid
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(end_soon, number, address())
        with pytest.raises(OperationalError):
            fetched("default", SQL("SELECT pg_sleep(20)"), {})
        ending.result()
    connection.close()


def test_a_connection_that_dies_in_a_transaction_is_an_outage(checked):
    def work():
        with transaction.atomic():
            fetched("default", ONE, {})
            end_session()
            fetched("default", ONE, {})

    with pytest.raises(OperationalError):
        work()
    connection.close()


def test_what_is_wrong_with_a_statement_is_raised_at_once(checked):
    with pytest.raises(DataError):
        fetched("default", WRONG, {})
