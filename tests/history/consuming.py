"""A consumer of the feed that does what it is told, and knows nothing else."""

from django_stac.access import policy
from django_stac.history.feed import changes
from django_stac.history.sight import Sight


def sight_of(user=None, named=(), mark="all"):
    """What the built-in policy shows to somebody."""
    rules = policy()
    return Sight(
        catalogs=rules.visible_catalogs(user),
        collections=rules.visible_collections(user),
        items=rules.visible_items(user),
        tombstones=rules.visible_tombstones(user),
        mark=mark,
        named=named,
    )


def told(user=None, since=None, *, named=(), limit=100):
    """What the feed tells until its end, in short, and where to go on: ([(type, id)], token)."""
    found, is_end = [], False
    while not is_end:
        stretch = changes(sight_of(user, named), since, limit)
        found += [(change.type, change.id) for change in stretch.changes]
        since, is_end = stretch.next, stretch.is_end
    return found, since
