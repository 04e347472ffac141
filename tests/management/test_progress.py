"""Progress on stderr."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper
from django.core.management.color import no_style

from django_stac.management import progress
from django_stac.management.progress import ERASE, Progress
from django_stac.transactions import Report


class Terminal(StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """The seconds of the day, for a test to set."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def shown_on(stream, **options):
    return Progress(OutputWrapper(stream), no_style(), **options)


def test_a_log_gets_a_line_every_ten_seconds(clock):
    shown = shown_on(stream := StringIO())
    shown.begin("scenes", 40)
    for _ in range(20):
        clock[0] += 1
        shown.step()
    assert stream.getvalue() == "10 of 40 scenes, 1.0 a second, 30 s to go\n20 of 40 scenes, 1.0 a second, 20 s to go\n"


def test_a_terminal_gets_one_line_that_changes(clock):
    shown = shown_on(stream := Terminal())
    shown.begin("scenes")
    for _ in range(2):
        clock[0] += 1
        shown.step()
    assert stream.getvalue() == f"{ERASE}1 scenes, 1.0 a second{ERASE}2 scenes, 1.0 a second"


def test_a_terminal_is_not_flooded(clock):
    shown = shown_on(stream := Terminal())
    for _ in range(1000):
        shown.step()
    assert stream.getvalue().count(ERASE) == 1


def test_a_line_that_stays_takes_the_place_of_the_status(clock):
    shown = shown_on(stream := Terminal())
    shown.step()
    shown.say("done")
    assert stream.getvalue().endswith(f"{ERASE}done\n")


def test_each_failure_and_note_is_told_once(clock):
    shown, report = shown_on(stream := StringIO()), Report(notes=["odd"])
    report.fail("a", "broken")
    shown.tell(report)
    report.fail("b", "broken")
    shown.tell(report)
    assert stream.getvalue().splitlines() == ["a: broken", "odd", "b: broken"]


def test_quiet_tells_failures_alone(clock):
    shown, report = shown_on(stream := Terminal(), verbosity=0), Report(notes=["odd"])
    report.fail("a", "broken")
    shown.step()
    shown.tell(report)
    assert stream.getvalue() == "a: broken\n"
