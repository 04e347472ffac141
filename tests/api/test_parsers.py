"""How bodies are read, whatever the server's streams can do."""

from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from django_stac.api.parsers import CHUNK, Arriving, Lines


class Body:
    """A body as servers give it: in pieces of their own size, and with a ``readline`` that is not to be trusted."""

    def __init__(self, content, piece=CHUNK):
        self.content, self.piece = BytesIO(content), piece

    def read(self, size):
        return self.content.read(min(size, self.piece))

    def readline(self, size=-1):
        raise NotImplementedError


def lines(body, longest, length=0):
    return Lines(Arriving(body, length), longest)


@pytest.mark.parametrize("piece", [1, 3, CHUNK])
def test_lines_are_found_in_whatever_pieces_they_arrive(piece):
    assert list(lines(Body(b"a\n\nbc\nlast", piece), 10, 10)) == [(1, b"a\n"), (3, b"bc\n"), (4, b"last")]


def test_lines_may_be_longer_than_what_is_asked_for_at_a_time():
    longest = 3 * CHUNK
    body = b"x" * longest + b"\n" + b"y" * (longest + 1) + b"\nz"
    assert [(number, line and len(line)) for number, line in lines(Body(body), longest)] == [
        (1, longest + 1), (2, None), (3, 1),
    ]  # fmt: skip


def test_a_body_that_ends_too_early_is_refused_before_its_last_line():
    found = lines(Body(b"a\nb\nc"), 10, length=100)
    assert next(iter(found)) == (1, b"a\n")
    with pytest.raises(ParseError, match="ended after 5 of 100 bytes"):
        list(found)
