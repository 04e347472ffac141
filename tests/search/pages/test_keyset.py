"""Every collection exactly once along any keys, there and back, while others come and go."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.models import Collection
from django_stac.models.gate import open_gate
from django_stac.search.query import SearchQuery, SortKey
from django_stac.search.run import search_collections

pytestmark = pytest.mark.django_db

# Few values: ties are what paging gets wrong.
members = st.fixed_dictionaries(
    {},
    optional={
        "my:n": st.sampled_from([-1, 0.1, 0.30000000000000004, 7, 2**63, 1e300, 5e-324]),
        "my:t": st.sampled_from(["", "a", "B", "ä", "\U0001f30d", "x" * 9000, "x" * 9001, "\x01" * 900, '"' * 900]),
        "my:b": st.booleans(),
        "updated": st.sampled_from(["2020-01-01T00:00:00.000000Z", "2020-01-01T00:00:00.000001Z"]),
    },
)
keys = st.sampled_from(["my:n", "my:t", "my:b", "updated", "id", "title", "start_datetime"])
orders = st.lists(st.builds(SortKey, keys, st.booleans()), max_size=3, unique_by=lambda key: key.name)


def store(*held):
    """Collections with these properties, named by numbers."""
    with open_gate():
        Collection.objects.bulk_create(
            Collection(collection_id=name, description="", license="", document={}, digest="", properties=properties)
            for name, properties in held
        )


def walk(first, rel, **asked):
    pages = [first]
    while token := getattr(pages[-1], rel):
        pages.append(search_collections(SearchQuery(token=token, **asked), visible=Collection.objects.all()))
    return pages


def ids(pages):
    return [row.collection_id for page in pages for row in page.rows]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(members, min_size=1, max_size=8), sort=orders, limit=st.integers(1, 3), gone=st.integers(0, 7))
def test_any_order_is_walked_there_and_back_while_others_come_and_go(db, held, sort, limit, gone):
    kept = {f"c{number}" for number in range(len(held))} - {f"c{gone}"}
    asked = {"sort": tuple(sort), "limit": limit}
    with transaction.atomic():
        # Every name is something here.
        store(("every", {"my:n": 0, "my:t": "b", "my:b": True}), *((f"c{n}", each) for n, each in enumerate(held)))
        first = search_collections(SearchQuery(**asked), visible=Collection.objects.all())
        store(("new", {"my:n": 0.2, "my:t": "aa"}))
        with open_gate():
            Collection.objects.filter(collection_id=f"c{gone}").delete()
        there = walk(first, "next", **asked)
        back = walk(there[-1], "prev", **asked)
        transaction.set_rollback(True)
    assert len(ids(there)) == len(set(ids(there)))
    assert kept <= set(ids(there))
    steady = [[name for page in walked for name in ids([page]) if name in kept] for walked in (there, back[::-1])]
    assert steady[0] == steady[1]
