"""A reader at a terminal: a folder of their own, a database, and a server that answers."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.docs.blocks import Block

ELSEWHERE = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONPATH", "PYTHONWARNINGS")
PATIENCE = 180
"""Seconds that a command or the start of a server may take."""


@dataclass
class Reader:
    """Does what a page says; ``instead`` is what differs here from the page, such as a port: {page: here}.

    ``env`` goes over the environment of the tests.
    """

    folder: Path
    env: dict[str, str]
    instead: dict[str, str] = field(default_factory=dict)
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def follow(self, block: Block) -> None:
        """Write the block's file, or run its commands and compare what they say with what the page shows."""
        if block.language != "console":
            self.write(block)
            return
        for command, shown in block.commands():
            if block.is_server:
                self.serve(command)
            elif command.startswith("cd "):
                self.folder /= command.removeprefix("cd ")
            elif command.startswith(". "):
                self.source(command)
            else:
                output = self.run(command)
                assert not shown or agrees(output, shown), f"$ {command}\n{output}\nThe page shows:\n{shown}"

    def write(self, block: Block) -> None:
        """Make a file, or add to one that is there."""
        assert block.file, f"no caption says where this goes:\n{block.text}"
        file = self.folder / block.file
        before = file.read_text() + "\n" if block.is_appended else ""
        assert block.is_appended or not file.exists(), f"{block.file} is there already"
        file.write_text(before + self.here(block.text))

    def source(self, command: str) -> None:
        """Keep the variables that a script sets, as a terminal does."""
        written = self.output(f"{command} && python -c 'import json, os; print(json.dumps(dict(os.environ)))'")
        self.env = json.loads(written)

    def run(self, command: str) -> str:
        """Run a command line and return all that it writes, in the words of the page."""
        return self.as_on_page(self.output(command))

    def output(self, command: str) -> str:
        done = subprocess.run(
            ["sh", "-c", self.here(command)],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        return done.stdout

    def serve(self, command: str) -> None:
        """Start a server, and wait until something listens."""
        with (self.folder / "server.log").open("w") as log:
            process = subprocess.Popen(
                ["sh", "-c", self.here(command)],
                cwd=self.folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.servers.append(process)
        deadline = time.monotonic() + PATIENCE
        while not listens(self.port):
            assert process.poll() is None, (self.folder / "server.log").read_text()
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)

    def leave(self) -> None:
        """End the servers and their children."""
        for process in self.servers:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """GET a path or URL of the server: status and body."""
        url = path if path.startswith("http") else f"http://127.0.0.1:{self.port}{path}"
        try:
            with urlopen(Request(url, headers=headers), timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except URLError as error:
            return getattr(error, "code", 0), getattr(error, "read", bytes)()

    @property
    def port(self) -> int:
        return int(self.instead["8000"])

    def here(self, text: str) -> str:
        for page, here in self.instead.items():
            text = text.replace(page, here)
        return text

    def as_on_page(self, text: str) -> str:
        for page, here in self.instead.items():
            text = text.replace(here, page)
        return text

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | self.env


def agrees(output: str, shown: str) -> bool:
    """Whether an output is the one shown, in which ``…`` stands for anything."""
    pattern = ".*".join(map(re.escape, shown.strip().split("…")))
    return re.fullmatch(pattern, output.strip(), re.DOTALL) is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
