"""What the ``stac_`` commands share: the report, the summary and the exit codes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand


class Counting(StacCommand):
    """Does what a test says."""

    examples = ("count one", "count two")

    def __init__(self, work=lambda command: None):
        super().__init__()
        self.work = work

    def run(self, options):
        self.work(self)


class Reading(Counting):
    writes = False


def called(command, **options):
    """Return what is on stdout and stderr, and the error."""
    out, err, error = StringIO(), StringIO(), None
    try:
        call_command(command, stdout=out, stderr=err, **options)
    except CommandError as raised:
        error = raised
    return out.getvalue(), err.getvalue(), error


def created(count):
    def work(command):
        command.report.created = count

    return work


def failing(command):
    command.report.created = 1
    command.report.fail("a.tif", "is empty")


def interrupted(command):
    command.report.created = 1
    raise KeyboardInterrupt


def given_up(command):
    command.report.created = 1
    raise OperationalError("server closed the connection\n\tThis probably means")


def misused(command):
    raise InvalidParameter("--colour", "must be a colour.")


def test_all_good_is_no_error():
    assert called(Counting(created(2)))[2] is None


@pytest.mark.parametrize(("work", "code"), [(failing, 1), (given_up, 1), (misused, 2), (interrupted, 130)])
def test_each_end_has_its_exit_code(work, code):
    assert called(Counting(work))[2].returncode == code


def test_json_is_one_object_on_stdout():
    report = json.loads(called(Counting(created(2)), json=True)[0])
    assert (report["created"], report["failed"], report["dry_run"]) == (2, 0, False)


def test_a_command_adds_details_to_the_report():
    def work(command):
        command.details["collections"] = ["hills"]

    out, err, _ = called(Counting(work), json=True)
    assert json.loads(out)["collections"] == ["hills"]
    assert "collections  hills" in err


@pytest.mark.parametrize("work", [interrupted, given_up])
def test_an_interruption_still_reports(work):
    assert json.loads(called(Counting(work), json=True)[0])["created"] == 1


def test_a_database_that_gives_up_is_told_in_one_line():
    told = "The database gave up, run it again for the rest: server closed the connection This probably means"
    assert str(called(Counting(given_up))[2]) == told


def test_wrong_usage_reports_nothing():
    assert called(Counting(misused), json=True)[:2] == ("", "")


def test_without_json_stdout_is_empty():
    assert called(Counting(created(2)))[0] == ""


def test_failures_are_named_even_when_quiet():
    assert called(Counting(failing), verbosity=0)[1] == "a.tif: is empty\n"


def test_a_dry_run_is_said():
    assert "nothing stored" in called(Counting(created(1)), dry_run=True)[1]


def test_a_command_that_only_reads_has_no_dry_run():
    with pytest.raises(TypeError, match="dry_run"):
        call_command(Reading(), dry_run=True)


def test_the_database_is_where_items_are_written():
    command = Counting()
    called(command)
    assert command.using == "default"


def test_an_unknown_database_is_refused():
    with pytest.raises(CommandError, match="--database"):
        call_command(Counting(), "--database", "nowhere")


def test_help_ends_with_examples():
    text = Counting().create_parser("manage.py", "count").format_help()
    assert text.endswith("examples:\n  manage.py count one\n  manage.py count two\n")
