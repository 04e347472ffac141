"""A consumer that was following the feed of changes before the strike, and goes on after it."""

from django_stac.access import policy
from django_stac.history.feed import changes
from django_stac.history.sight import Sight
from tests.durability.site import ALIAS


class Copy:
    """The digests of items by id, as the feed has told them."""

    def __init__(self) -> None:
        self.since: str | None = None
        self.items: dict[str, str] = {}
        self.follow()

    def follow(self) -> dict[str, str]:
        """Follow the feed to its end."""
        is_end = False
        while not is_end:
            stretch = changes(sight(), self.since, 10_000)
            for change in stretch.changes:
                if change.kind == "item":
                    self.items[change.id] = change.digest
            self.since, is_end = stretch.next, stretch.is_end
        return self.items


def sight() -> Sight:
    """What everybody sees."""
    rules = policy()
    return Sight(
        catalogs=rules.visible_catalogs(None, ALIAS),
        collections=rules.visible_collections(None, ALIAS),
        items=rules.visible_items(None, ALIAS),
        tombstones=rules.visible_tombstones(None, ALIAS),
        mark=rules.sight(None),
    )
