"""The code blocks of a Markdown page, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
FENCE = re.compile(
    r"^```(?:\{code-block\} )?(?P<language>\w+)\n(?P<options>(?::[\w-]+:[^\n]*\n)*)(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
CAPTION = re.compile(r"^:caption: (.*)$", re.MULTILINE)
AT_THE_END = " (at the end)"
CONTINUED = "\\\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One fence."""

    language: str
    caption: str
    text: str

    @property
    def is_server(self) -> bool:
        """Whether its command runs until the page ends."""
        return self.caption == "in a terminal of its own"

    @property
    def file(self) -> str:
        """The file that holds the text."""
        return self.caption.removesuffix(AT_THE_END)

    @property
    def is_appended(self) -> bool:
        """Whether the text goes to the end of a file that is there."""
        return self.caption.endswith(AT_THE_END)

    def commands(self) -> Iterator[tuple[str, str]]:
        """The commands of a console, and what the page shows of their output (empty: nothing is said of it).

        Raises AssertionError for lines that no command comes before.
        """
        first, *parts = re.split(r"^\$ ", self.text.replace(CONTINUED, ""), flags=re.MULTILINE)
        assert parts, f"no line begins with a prompt:\n{self.text}"
        assert not first, f"no prompt comes before:\n{first}"
        for part in parts:
            command, _, output = part.partition("\n")
            yield command, output


def blocks_of(page: Path) -> list[Block]:
    """Read a page. Raises AssertionError for a fence that this parser does not understand."""
    text = page.read_text()
    found = list(FENCE.finditer(text))
    code = [line for line in text.splitlines() if re.match(r"```(?:\{code-block\}|\w)", line)]
    assert len(found) == len(code), f"{page.name}: {len(code)} fences, {len(found)} understood"
    return [made_of(match) for match in found]


def made_of(match: re.Match[str]) -> Block:
    caption = CAPTION.search(match["options"])
    return Block(language=match["language"], caption=caption[1] if caption else "", text=match["text"])
