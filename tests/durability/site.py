"""A site that may be struck: a durable cluster of its own, a database made anew for each strike, a real server."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import global_settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from django_stac import transactions
from example_project.database import database_from_url
from tests.benchmarks import serving
from tests.factories import a_collection
from tests.scripts.cluster import Cluster

DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c autovacuum=off -c shared_buffers=32MB"
ALIAS = "struck"
"""The database, and Django's name of it in this process."""
EMPTY, FULL = "stac", "older"
"""Databases that it is made from."""


class Site:
    """The example project over a database in a cluster; a server or a command is the process that writes."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self.folder = cluster, folder
        self.origin = self.revive()
        self.data, self.sockets = cluster.data(), cluster.socket_folder
        self.port = serving.free_port()
        self.writer: subprocess.Popen[bytes] | None = None

    def fill(self, items: Iterable[dict]) -> None:
        """Make what strikes find: tables, somebody who may write, a collection; and another one with items."""
        with alias(self.url_of(EMPTY)):
            call_command("migrate", database=ALIAS, verbosity=0)
            with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
                get_user_model().objects.db_manager(ALIAS).create_superuser("writer", password="writer")
            transactions.create_collection(a_collection(), using=ALIAS)
            transactions.derive(using=ALIAS)
        self.copy(EMPTY, FULL)
        with alias(self.url_of(FULL)):
            transactions.upsert_items(items, using=ALIAS)
            transactions.derive(using=ALIAS)

    def copy(self, template: str, name: str) -> None:
        """Make a database anew, as another one is."""
        with self.connect("postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def clear(self) -> None:
        """Delete the files of the site."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def url_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self.origin)._replace(path=f"/{name}"))

    def revive(self) -> str:
        """Start the cluster where it is down, and wait where it is just repairing itself."""
        return self.cluster.start(STAC_PG_OPTIONS=DURABLE)

    def connect(self, name: str = ALIAS) -> psycopg.Connection:
        """A connection of an onlooker."""
        return psycopg.connect(f"host={self.sockets} user=stac dbname={name}", autocommit=True)

    # Who writes

    def serve(self) -> None:
        """Start the server, unless it runs."""
        if self.writer is None or self.writer.poll() is not None:
            self.writer = serving.start(serving.granian(self.port, workers=1), self.variables)
            serving.wait_until_listening(self.writer, self.port)

    def command(self, *arguments: str) -> bytes:
        """Run a command, and return what it writes. Raises CalledProcessError."""
        self.kill_group()
        command = [sys.executable, "manage.py", *arguments]
        env = os.environ | self.variables
        self.writer = subprocess.Popen(
            command, cwd=serving.PROJECT, env=env, stdout=subprocess.PIPE, start_new_session=True
        )
        output, _ = self.writer.communicate()
        if self.writer.returncode:
            raise subprocess.CalledProcessError(self.writer.returncode, command, output)
        return output

    @property
    def variables(self) -> dict[str, str]:
        """The database, and the folder in which the site keeps files, be they for a moment."""
        places = dict.fromkeys(("TMPDIR", "DEMO_DIR"), str(self.folder))
        return places | {"DATABASE_URL": self.url_of(ALIAS), "DJANGO_SETTINGS_MODULE": "example_project.settings"}

    def kill_group(self) -> None:
        """Kill the process that writes, with all that it has started."""
        if self.writer is not None and self.writer.poll() is None:
            os.killpg(self.writer.pid, signal.SIGKILL)
            self.writer.wait()

    def close(self) -> None:
        self.kill_group()
        self.cluster("remove")


@contextmanager
def alias(url: str) -> Iterator[None]:
    """Let this process know a database under the alias ``struck``."""
    connections.settings[ALIAS] = connections.settings["default"] | database_from_url(url)
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
