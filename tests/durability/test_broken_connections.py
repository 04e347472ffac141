"""A client that is gone in the midst of its body has sent nothing, and may send it again with the same key."""

import socket

import pytest

from django_stac.models import Item
from tests.benchmarks import serving
from tests.durability.site import ALIAS, EMPTY
from tests.durability.ways import CREDENTIALS, NAMES, WITH_KEY, lines


def begin_to_send(site, body, share):
    """Send a part of a body, and break off."""
    head = {
        "Host": f"{serving.HOST}:{site.port}",
        "Authorization": CREDENTIALS,
        "Content-Type": "application/x-ndjson",
        "Content-Length": len(body),
        "Idempotency-Key": "one",
    }
    path = f"{serving.MOUNT}collections/scenes/bulk_items?method=upsert"
    fields = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    with socket.create_connection((serving.HOST, site.port)) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\n{fields}\r\n".encode() + body[: int(share * len(body))])


@pytest.mark.parametrize("template", [EMPTY])
def test_what_broke_off_is_stored_when_it_is_sent_again_with_its_key(site, template):
    site.serve()
    for share in (0.001, 0.5, 0.999):
        begin_to_send(site, lines(), share)
    assert WITH_KEY.send(site)["created"] == len(NAMES)
    assert Item.objects.using(ALIAS).count() == len(NAMES)
