"""A write that is asked for again with the same ``Idempotency-Key`` is done once, and answered as it was.

The key is claimed in the transaction of the write: whoever asks meanwhile waits for its end, and a write that fails,
or a server that dies, leaves the key free.
"""

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

import orjson
from django.db import connections, transaction
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from django_stac.api.parsers import Arriving, announced_length
from django_stac.exceptions import InvalidParameter
from django_stac.models import GivenAnswer

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
IN_MEMORY = 2**20
"""Bytes of a body that are not put on the disk while it is read twice."""

CLAIM = """
INSERT INTO django_stac_givenanswer AS known (name, fingerprint, status, headers, body, given)
VALUES (%s, %s, 0, '{}', '', now())
ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, given = excluded.given
WHERE known.given < now() - interval '1 day'
"""
FORGET = """
DELETE FROM django_stac_givenanswer WHERE name IN (
    SELECT name FROM django_stac_givenanswer WHERE given < now() - interval '1 day' LIMIT 100 FOR UPDATE SKIP LOCKED)
"""


class KeyReused(APIException):
    """The key stands for another request."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = f"This {HEADER} was sent with another request; every request needs a key of its own."


def answered_once(request: Request, write: Callable[[], Response], *, using: str) -> Response:
    """Write and answer; or, when the key of the request was used in the last day, answer as then.

    Raises KeyReused when it was used for another request.
    """
    if HEADER not in request.headers:
        return write()
    name = name_of(request)
    with SpooledTemporaryFile(IN_MEMORY) as laid:
        return once(name, fingerprint_of(request, laid), write, using=using)


def once(name: str, fingerprint: str, write: Callable[[], Response], *, using: str) -> Response:
    """Write and keep the answer, where none is kept. Raises KeyReused."""
    answers = GivenAnswer._default_manager.using(using).filter(name=name)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(CLAIM, [name, fingerprint])
        if not cursor.rowcount:
            return given_before(answers.get(), fingerprint)
        response = write()
        headers, body = dict(response.headers), in_bytes(response.data)
        answers.update(status=response.status_code, headers=headers, body=body)
        cursor.execute(FORGET)
    return response


def given_before(answer: GivenAnswer, fingerprint: str) -> Response:
    if answer.fingerprint != fingerprint:
        raise KeyReused
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
    return Response(bytes(answer.body) or None, status=answer.status, headers=headers)


def in_bytes(data: Any) -> bytes:
    return data if isinstance(data, bytes) else b"" if data is None else orjson.dumps(data)


def name_of(request: Request) -> str:
    """The name of a user's key. Raises InvalidParameter."""
    key = request.headers[HEADER]
    if not 0 < len(key) <= LONGEST_KEY:
        raise InvalidParameter(HEADER, f"must have 1 to {LONGEST_KEY} characters.")
    return blake2b(f"{request.user.pk}\n{key}".encode(errors="replace"), digest_size=16).hexdigest()


def fingerprint_of(request: Request, laid: IO[bytes]) -> str:
    """What makes a request the same: its URL, types and body, which is read here and laid ready to be read again.

    Raises ParseError when the body is not whole.
    """
    told = f"{request.get_full_path()}\n{request.content_type}\n{request.headers.get('Prefer')}\n"
    digest = blake2b(told.encode(), digest_size=16)
    if request.stream is not None:
        arriving = Arriving(request.stream, announced_length(request))
        while chunk := arriving.read(2**16):
            digest.update(chunk)
            laid.write(chunk)
        laid.seek(0)
        request._stream = cast("BinaryIO", laid)
    return digest.hexdigest()
