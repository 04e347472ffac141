"""The command ``stac_schemas``: what it stores, lists and drops, and what it reports."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from django_stac.models import ExtensionSchema
from tests.shared import SHARED, needs_shared
from tests.transactions.extension import GRADE, PARTS, TEXTS, keep_schemas

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirror(tmp_path):
    """A folder that holds the schemas of our extension."""
    for uri, text in TEXTS.items():
        file = tmp_path / uri.removeprefix("https://")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def schemas(**options):
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("stac_schemas", json=True, stdout=out, stderr=err, **options)
    except CommandError as error:
        code = error.returncode
    return json.loads(out.getvalue() or "{}") | {"code": code, "said": err.getvalue()}


def stored():
    return set(ExtensionSchema.objects.values_list("uri", flat=True))


def test_a_folder_is_stored(mirror):
    report = schemas(sources=[str(mirror)])
    assert (report["created"], report["code"], stored()) == (2, 0, {GRADE, PARTS})


def test_a_second_run_changes_nothing(mirror):
    schemas(sources=[str(mirror)])
    assert schemas(sources=[str(mirror)])["unchanged"] == 2


def test_a_schema_that_has_changed_is_replaced(mirror):
    keep_schemas()
    ExtensionSchema.objects.filter(uri=GRADE).update(text="{}", digest="")
    assert schemas(sources=[str(mirror)])["updated"] == 1
    assert ExtensionSchema.objects.get(uri=GRADE).text == TEXTS[GRADE]


def test_a_dry_run_stores_nothing(mirror):
    assert (schemas(sources=[str(mirror)], dry_run=True)["created"], stored()) == (2, set())


def test_without_options_it_lists():
    keep_schemas()
    report = schemas()
    assert report["schemas"] == [{"uri": PARTS, "problem": None}, {"uri": GRADE, "problem": None}]
    assert GRADE in report["said"]


def test_what_cannot_be_used_is_stored_and_noted(mirror):
    (mirror / PARTS.removeprefix("https://")).unlink()
    report = schemas(sources=[str(mirror)])
    assert (report["created"], report["code"]) == (1, 0)
    assert report["notes"] == [f"{GRADE}: {GRADE} refers to {PARTS}, which is not in the cache."]


def test_a_file_that_is_no_schema_fails_and_the_others_are_stored(mirror):
    (mirror / "odd.json").write_text("[]")
    report = schemas(sources=[str(mirror)])
    assert (report["created"], report["failed"], report["code"]) == (2, 1, 1)
    assert report["failures"][0]["source"].endswith("odd.json")


def test_two_schemas_of_one_address_are_told(mirror):
    (mirror / "copy.json").write_text(json.dumps({"$id": GRADE}))
    report = schemas(sources=[str(mirror)])
    assert [failure["message"] for failure in report["failures"]] == [f"{GRADE} is given more than once."]


def test_schemas_are_dropped_by_address():
    keep_schemas()
    report = schemas(drop=[GRADE, "https://example.com/other"])
    assert (report["updated"], report["failed"], stored()) == (1, 1, {PARTS})


def test_wrong_usage_is_told(mirror):
    assert schemas(sources=[str(mirror)], drop=[GRADE])["code"] == 2
    assert schemas(sources=[str(mirror / "nowhere")])["code"] == 2


@needs_shared
def test_a_copy_of_what_is_published_is_stored_whole():
    report = schemas(sources=[str(SHARED / "data" / "schemas")])
    unusable = {each["uri"] for each in report["schemas"] if each["problem"]}
    assert (report["created"] > 200, report["failed"], len(unusable)) == (True, 0, 8)
