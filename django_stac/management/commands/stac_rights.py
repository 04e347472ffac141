"""``stac_rights``: who sees collections, and who owns them."""

from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from django_stac.exceptions import InvalidParameter
from django_stac.management import groups
from django_stac.management.command import StacCommand
from django_stac.models import Collection, Visibility
from django_stac.transactions import set_rights

COLUMNS = ("visibility", "viewer_groups", "owner_groups")


class Command(StacCommand):
    """Without options it lists: the collections named, else all."""

    help = "Say who sees collections that are published, and which groups own them; without options list it."
    examples = (
        "stac_rights",
        "stac_rights drones --visibility groups --viewers guests --owners surveyors",
        "stac_rights mosaics scenes --visibility signed-in",
        "stac_rights drones --no-owners",
    )

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("collections", nargs="*", metavar="COLLECTION", help="Ids of collections.")
        parser.add_argument("--visibility", choices=Visibility.values, help="Who sees them when they are published.")
        for name, what in (("viewers", "sees them where the visibility is `groups`"), ("owners", "owns them")):
            either = parser.add_mutually_exclusive_group()
            either.add_argument(
                f"--{name}",
                action="append",
                metavar="GROUP",
                help=f"A group, by name or primary key, that {what}; repeatable. Those not named do no more.",
            )
            either.add_argument(f"--no-{name}", dest=name, action="store_const", const=[], help="No group does.")

    def run(self, options: dict[str, Any]) -> None:
        names, wanted = list(dict.fromkeys(options["collections"])), self.wanted(options)
        if wanted and not names:
            raise InvalidParameter("COLLECTION", "must be named: rights are not changed of all at once.")
        with transaction.atomic(using=self.using) if self.dry_run else nullcontext():
            for name in names:
                self.give(name, wanted)
                self.show()
            self.list_all(names)
            if self.dry_run:
                transaction.set_rollback(True, using=self.using)

    def wanted(self, options: dict[str, Any]) -> dict[str, Any]:
        """What the options say, as columns; what they do not name stays."""
        viewers, owners = options["viewers"], options["owners"]
        said = {
            "visibility": options["visibility"],
            "viewer_groups": None if viewers is None else groups.keys_of("--viewers", viewers),
            "owner_groups": None if owners is None else groups.keys_of("--owners", owners),
        }
        return {name: value for name, value in said.items() if value is not None}

    def give(self, name: str, wanted: dict[str, Any]) -> None:
        """Set the rights of one collection, and count what became of it."""
        rows = Collection.objects.using(self.using).filter(collection_id=name)
        if not rows.exists():
            self.report.fail(name, f"There is no collection {name!r}.")
        elif rows.filter(**wanted).exists():
            self.report.unchanged += 1
        else:
            set_rights(name, **wanted, using=self.using)
            self.report.updated += 1

    def list_all(self, names: list[str]) -> None:
        """Tell who sees and owns them now."""
        rows = Collection.objects.using(self.using).order_by("collection_id")
        rows = rows.filter(collection_id__in=names) if names else rows
        self.details["collections"] = []
        for row in rows.only("collection_id", "published", *COLUMNS):
            told = {
                "id": row.collection_id,
                "published": row.published,
                "visibility": row.visibility,
                "viewers": groups.named(row.viewer_groups),
                "owners": groups.named(row.owner_groups),
            }
            self.details["collections"].append(told)
            self.progress.say(line(told))


def line(told: dict[str, Any]) -> str:
    """The rights of a collection for people."""
    hidden = "" if told["published"] else ", not published"
    viewers = f" ({', '.join(told['viewers']) or 'none'})" if told["visibility"] == Visibility.GROUPS else ""
    owners = ", ".join(told["owners"]) or "nobody"
    return f"{told['id']:32} {told['visibility']}{viewers}{hidden}; owned by {owners}"
