"""However transactions write, commit and fail beside each other, a consumer is told each commit once, in its order."""

from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.models import Tombstone
from tests.history.consuming import another_connection, page, settle

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 4
BURY = """
INSERT INTO django_stac_tombstone (kind, collection_id, thing_id, deleted, published, visibility, viewer_groups,
                                   owner_groups, item_published, at)
VALUES ('item', 'c', %s, true, true, 'public', '{}', '{}', true, now())
"""
STEPS = st.lists(
    st.tuples(st.integers(0, WRITERS - 1), st.sampled_from(["write", "write", "commit", "roll back"]), st.booleans()),
    min_size=6,
    max_size=40,
)
"""Which writer does what, and whether the reader polls then."""


class Reader:
    """Somebody who follows the feed from now on."""

    def __init__(self):
        self.next, self.told = page(since="now").next, []

    def poll(self):
        is_end = False
        while not is_end:
            stretch = page(since=self.next, limit=3)
            self.told += [change.id for change in stretch.changes]
            self.next, is_end = stretch.next, stretch.is_end


def run(steps, writers, reader):
    """Do the steps, and commit in the end; return what was committed."""
    written, committed = {number: [] for number in range(WRITERS)}, []
    ends = [(number, "commit", True) for number in range(WRITERS)]
    for place, (number, step, polls) in enumerate([*steps, *ends]):
        if step == "write":
            writers[number].execute(BURY, [str(place)])
            written[number].append(str(place))
        else:
            writers[number].commit() if step == "commit" else writers[number].rollback()
            committed += written[number] if step == "commit" else []
            written[number] = []
        if polls:
            reader.poll()
    return committed


@pytest.fixture
def writers():
    """Connections on which a transaction begins with the first statement."""
    with ExitStack() as stack:
        opened = [stack.enter_context(another_connection()) for _ in range(WRITERS)]
        for each in opened:
            each.autocommit = False
        yield opened


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_each_commit_is_told_once_in_the_order_of_transactions(writers, steps):
    Tombstone.objects.all().delete()
    settle()
    reader = Reader()
    committed = run(steps, writers, reader)
    settle()
    reader.poll()
    in_order = Tombstone.objects.filter(thing_id__in=committed).order_by("changed", "id")
    assert reader.told == list(in_order.values_list("thing_id", flat=True))
