"""What became of many inputs."""

from django_stac.transactions import Report, report


def test_every_failure_is_counted_and_the_first_are_named(monkeypatch):
    monkeypatch.setattr(report, "MOST", 3)
    found = Report()
    for number in range(5):
        found.fail(str(number), "bad")
    assert (found.failed, found.total, [failure.source for failure in found.failures]) == (5, 5, ["0", "1", "2"])


def test_sums_of_reports_are_bounded_too(monkeypatch):
    monkeypatch.setattr(report, "MOST", 3)
    found, other = Report(notes=["a", "b"]), Report(notes=["c", "d"], created=1)
    for number in range(4):
        other.fail(str(number), "bad")
        found.fail(str(number), "bad")
    found += other
    assert (found.failed, found.total, len(found.failures), found.notes) == (8, 9, 3, ["a", "b", "c"])


def test_a_note_that_several_reports_have_is_kept_once():
    found = Report(notes=["a"])
    found += Report(notes=["a", "b"])
    found += Report(notes=["b"])
    assert found.notes == ["a", "b"]


def test_extensions_that_nobody_could_check_are_noted_once():
    report = Report()
    for _ in range(2):
        report.leave_unchecked({"https://a.b/c": "its schema is not in the cache"})
    assert report.notes == ["https://a.b/c is not checked: its schema is not in the cache."]
