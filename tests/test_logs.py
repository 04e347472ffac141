"""What is logged: whose request it was, in one line, and no secret."""

import logging

import pytest
from django.test import RequestFactory

from django_stac import logs, transactions
from django_stac.exceptions import InvalidDocument
from django_stac.logs import RequestContext, plain, request_context, tell_user
from tests.api.asking import ask
from tests.factories import an_item, put_collection

FORGED = "x\n2026-01-01 CRITICAL all is lost\r\u2028\x1b[2J\0\ud800"


@pytest.fixture
def handler(caplog):
    """What a site's handler with the filter writes of our loggers."""
    context = RequestContext()
    caplog.handler.addFilter(context)
    with caplog.at_level(logging.DEBUG, logger="django_stac"):
        yield caplog
    caplog.handler.removeFilter(context)


def a_record(**values):
    record = logging.makeLogRecord(values)
    assert RequestContext().filter(record)
    return record


def test_what_others_sent_stays_one_line():
    assert plain(FORGED) == r"x\n2026-01-01 CRITICAL all is lost\r\u2028\x1b[2J\x00\ud800"
    assert plain("Zürich, 東京") == "Zürich, 東京"


@pytest.mark.parametrize(("length", "shown"), [(300, 300), (301, 300), (10**6, 300)])
def test_what_others_sent_is_bounded(length, shown):
    assert len(plain("x" * length)) == shown


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [("4bf92f35-77b3", True), ("a/b=:+@.x", True), ("", False), ("x" * 129, False), ("a b", False), ("é", False)],
)
def test_a_request_id_that_looks_like_one_is_taken(given, is_taken):
    found = logs.request_id(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert found == given if is_taken else len(found) == 16


def test_two_requests_without_an_id_get_different_ones():
    request = RequestFactory().get("/")
    assert logs.request_id(request) != logs.request_id(request)


def test_records_tell_the_request_in_which_they_were_made():
    request = RequestFactory().post("/stac/a%0Ab?api_key=secret", headers={"X-Request-ID": "abc", "Cookie": "s=secret"})
    with request_context(request, "SearchView"):
        record = a_record()
    told = [getattr(record, name) for name in logs.FIELDS]
    assert told == ["abc", "-", "POST", r"/stac/a\nb", "SearchView"]


def test_records_outside_of_requests_tell_none():
    tell_user(None)
    assert {getattr(a_record(), name) for name in logs.FIELDS} == {"-"}


def test_what_a_filter_of_the_site_has_set_stays():
    with request_context(RequestFactory().get("/"), "View"):
        assert a_record(request_id="theirs").request_id == "theirs"


def test_a_write_in_a_request_tells_whose_it_was(handler, viewer):
    with request_context(RequestFactory().get("/stac/"), "View"):
        tell_user(viewer)
        with pytest.raises(InvalidDocument):
            transactions.create_collection({"id": FORGED})
    (record,) = handler.records
    assert (record.name, record.levelname, record.user_id) == ("django_stac.transactions", "INFO", str(viewer.pk))
    assert record.getMessage().startswith("Refused on 'default': InvalidDocument: ")
    assert record.getMessage().isprintable()


def test_counts_of_what_was_stored_are_there_to_debug(handler, db, django_capture_on_commit_callbacks):
    put_collection()
    with django_capture_on_commit_callbacks(execute=True):
        transactions.upsert_items([an_item("a"), an_item("b")])
    assert [record.getMessage() for record in handler.records] == ["Stored on 'default', items: 2 created"]


def test_a_slow_search_in_the_api_is_told_with_its_parameters(handler, monkeypatch, viewer):
    monkeypatch.setattr("django_stac.search.watch.monotonic", iter([0.0, 2.5]).__next__)
    ask("search", user=viewer, bbox="9,44,12,47", limit=3, headers={"X-Request-ID": "abc"})
    record = handler.records[-1]
    assert (record.name, record.levelname) == ("django_stac.search", "WARNING")
    assert record.getMessage() == "Took 2.5 s: limit=3 bbox=9,44,12,47"
    assert (record.request_id, record.user_id, record.path) == ("abc", str(viewer.pk), "/stac/search")
