"""``manage.py stac_demo``: fill the demo catalogue; a second time it adds only what is missing."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from django_stac import transactions
from django_stac.models import Catalog, Collection
from example_project.collections import COLLECTIONS, MAPS, MAPS_CHILDREN
from example_project.scenes import make_scenes


class Command(BaseCommand):
    """Make scenes of one landscape, ingest them with ``stac_ingest``, describe them, create an admin user."""

    help = "Fill the demo catalogue: invented scenes, three collections, a catalogue and an admin user."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", type=int, default=640, help="pixels of the landscape's side (default: 640)")

    def handle(self, *args: Any, size: int, **options: Any) -> None:
        folder = settings.DEMO_DIR / "scenes"
        make_scenes(folder, progress=self.say, size=size)
        for collection in COLLECTIONS:
            call_command("stac_ingest", str(folder / collection), collection=collection, stderr=self.stderr)
            describe(collection)
        list_maps()
        self.create_admin()

    def say(self, text: str) -> None:
        self.stderr.write(text)

    def create_admin(self) -> None:
        """Create the user whose name and password the environment gives, ``admin`` both unless it says otherwise."""
        users = get_user_model()._default_manager
        name = os.environ.get("DJANGO_SUPERUSER_USERNAME", "admin")
        if not users.filter(username=name).exists():
            password = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "admin")
            get_user_model().objects.create_superuser(name, f"{name}@example.com", password)
            self.say(f"User {name!r} was created.")


def describe(collection: str) -> None:
    """Put our words over those of ``stac_ingest``."""
    row = Collection.objects.get(collection_id=collection)
    transactions.replace_collection({**row.document, **COLLECTIONS[collection]})


def list_maps() -> None:
    """List what is made from the pictures in a catalogue of its own."""
    maps = Catalog.objects.filter(catalog_id=MAPS["id"]).first() or transactions.create_catalog(MAPS)
    for collection in Collection.objects.filter(collection_id__in=MAPS_CHILDREN):
        transactions.add_child(maps, collection)
