"""Properties that everybody knows, and who has them for something else."""

from hashlib import blake2b

import pytest

from django_stac.cql2.known import KNOWN, disputed

NUMBER, TEXT, INSTANT = {"type": "number"}, {"type": "string"}, {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    ("observed", "declared", "expected"),
    [
        ({}, {}, []),
        ({"platform": TEXT, "eo:cloud_cover": NUMBER}, {}, []),
        ({"platform": NUMBER}, {}, ["platform"]),
        ({"platform": {"type": ["number", "string"]}}, {}, []),
        ({"platform": {"type": ["number", "null"]}}, {}, ["platform"]),
        ({"platform": {}}, {}, []),
        ({"platform": NUMBER}, {"platform": TEXT}, []),
        ({"platform": TEXT}, {"platform": NUMBER, "created": NUMBER}, ["created", "platform"]),
        ({"created": TEXT}, {}, ["created"]),
        ({"my:own": NUMBER}, {"my:other": TEXT}, []),
    ],
)
def test_a_known_name_is_disputed_by_whom_it_is_always_another_kind_of_value(observed, declared, expected):
    assert disputed(observed, declared) == expected


def test_what_is_known_is_what_collections_were_compared_with():
    kinds = repr(sorted((name, each.kind.value) for name, each in KNOWN.items()))
    # Where this fails, add a migration that runs `tell` of 0012 anew, and write the new digest here.
    assert blake2b(kinds.encode(), digest_size=8).hexdigest() == "4b91f2a97a237353"
