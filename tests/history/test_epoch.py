"""The row that marks the epoch of the data."""

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection

from django_stac.history import epoch
from django_stac.models import Epoch


def xmin():
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM django_stac_epoch")
        return cursor.fetchone()[0]


def test_migrations_make_one_row_and_leave_it(db):
    before = xmin()
    call_command("migrate", verbosity=0)
    assert (Epoch.objects.count(), xmin()) == (1, before)


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_begins_another():
    before = xmin()
    call_command("flush", interactive=False, verbosity=0)
    assert xmin() != before


@pytest.mark.django_db(transaction=True)
def test_a_dump_that_is_loaded_begins_another(tmp_path):
    dump, before = tmp_path / "dump.json", xmin()
    call_command("dumpdata", "django_stac", output=str(dump), verbosity=0)
    call_command("loaddata", str(dump), verbosity=0)
    assert xmin() != before


def test_before_its_table_is_there_nothing_is_made(db):
    epoch.begin("default", apps=Apps())


def test_an_epoch_is_told_by_when_it_began(db):
    assert str(Epoch.objects.get()) == f"{Epoch.objects.get().began:%Y-%m-%d %H:%M}"
