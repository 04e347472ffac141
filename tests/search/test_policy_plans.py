"""What a policy adds to searches costs little at 100,000 items: its conditions stand on the table of collections."""

import pytest
from django.contrib.auth.models import Group
from psycopg import sql

from django_stac.access import policy
from django_stac.models.execute import fetched
from django_stac.search import run
from django_stac.search.pages import statement
from django_stac.search.query import SearchQuery
from django_stac.transactions import set_rights
from tests.search.test_plans import BOX, Plan, filled, spread

__all__ = ["filled"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(django_user_model):
    """Somebody who owns one collection, and sees another that is for groups."""
    user, group = django_user_model.objects.create_user("member"), Group.objects.create(name="surveyors")
    user.groups.add(group)
    set_rights("c9", owner_groups=[group.pk])
    set_rights("c8", visibility="groups", viewer_groups=[group.pk])
    return user


def plan(user, **asked):
    """Run a page's statement for a user under EXPLAIN."""
    rights, query = policy(), SearchQuery(limit=100, **asked)
    wanted = run.planned(query, None, rights.visible_items(user), rights.visible_collections(user))
    text, params = statement.page(wanted)
    rows = fetched("default", sql.SQL("EXPLAIN (ANALYZE, BUFFERS) ") + text, params)
    return Plan("\n".join(line for (line,) in rows))


@spread
@pytest.mark.parametrize(
    ("asked", "blocks"),
    [({}, 1_500), ({"collections": ("c10",)}, 1_500), ({"bbox": BOX}, 1_500), ({"ids": ("item-5", "item-77")}, 60)],
    ids=str,
)
@pytest.mark.parametrize("who", ["nobody", "member"])
def test_no_search_reads_all_items_for_what_groups_see_and_own(filled, member, who, asked, blocks):
    done = plan(member if who == "member" else None, **asked)
    assert "Seq Scan on django_stac_item" not in done.text
    assert done.blocks < blocks, done.text
