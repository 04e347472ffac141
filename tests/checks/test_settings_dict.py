"""``DJANGO_STAC``: a table of wrong values, their ids and the lines that mend them."""

from pathlib import Path

import pytest
from django.core.checks import run_checks

from django_stac.checks.settings_dict import KINDS, default_of, kind_of
from django_stac.conf import SETTING_NAMES

OWN_CHECK = {"VALIDATION", "QUERYABLES"}


def found(settings, values):
    settings.DJANGO_STAC = values
    return [message for message in run_checks() if message.id.startswith("django_stac")]


def test_the_policy_for_guardian_needs_guardian(settings):
    policy = {"ACCESS_POLICY": "django_stac.guarded.GuardedPolicy"}
    assert found(settings, policy) == []
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "guardian"]
    (message,) = found(settings, policy)
    assert (message.id, "'guardian'" in message.msg) == ("django_stac.E003", True)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"ASET_ROOTS": {}}, ["django_stac.E001"]),
        ({"ACCESS_POLICY": "nowhere.Policy"}, ["django_stac.E003"]),
        ({"ACCESS_POLICY": "pathlib.Path"}, ["django_stac.E003"]),
        ({"ACCESS_POLICY": ".x"}, ["django_stac.E003"]),
        ({"ACCESS_POLICY": "..x"}, ["django_stac.E003"]),
        ({"ACCESS_POLICY": 5}, ["django_stac.E003", "django_stac.E008"]),
        ({"ACCESS_POLICY": b"a.b"}, ["django_stac.E003", "django_stac.E008"]),
        ({"VALIDATION": "strict"}, ["django_stac.E007"]),
        ({"ID": 5}, ["django_stac.E008"]),
        ({"STRICT_PARAMETERS": "no"}, ["django_stac.E008"]),
        ({"DEFAULT_LIMIT": "100"}, ["django_stac.E008"]),
        ({"DEFAULT_LIMIT": "1" * 5000}, ["django_stac.E008"]),
        ({"MAX_LIMIT": True}, ["django_stac.E008"]),
        ({"ASSET_STORAGES": "scenes"}, ["django_stac.E008"]),
        ({"ASSET_STORAGES": [5]}, ["django_stac.E008"]),
        ({"ASSET_ROOTS": ["/data"]}, ["django_stac.E008"]),
        ({"ASSET_ROOTS": {"/data": None}}, ["django_stac.E008"]),
        ({"FILE_HANDOVER": "scenes"}, ["django_stac.E008"]),
        ({"FILES_ROOT": 5}, ["django_stac.E008"]),
        ({"FILES_ROOT": Path("/data"), "ASSET_STORAGES": ("scenes",), "ASSET_ROOTS": {Path("/d"): "https://x"}}, []),
        ({"DEFAULT_LIMIT": 0}, ["django_stac.E009"]),
        ({"MAX_LIMIT": 0}, ["django_stac.E009"]),
        ({"COUNT_BOUND": -1}, ["django_stac.E009"]),
        ({"COUNT_BOUND": 0, "LANDING_CHILDREN": 0, "STATEMENT_TIMEOUT": 0}, []),
        ({5: 5, None: 0, "MAX_LIMIT": 0}, ["django_stac.E001", "django_stac.E001", "django_stac.E009"]),
        ({"DEFAULT_LIMIT": 500, "MAX_LIMIT": 50}, ["django_stac.E009"]),
        ({"ASSET_ROOTS": {"data": "https://example.com"}}, ["django_stac.E010"]),
        ({"QUERYABLES": {"my:quality": {"type": "number"}}}, []),
        ({"QUERYABLES": {"my:quality": "number", "id": {"type": "string"}}}, ["django_stac.E017", "django_stac.E017"]),
        ({"QUERYABLES": ["my:quality"]}, ["django_stac.E017"]),
    ],
)
def test_wrong_values_are_named(settings, values, expected):
    assert sorted(message.id for message in found(settings, values)) == expected


@pytest.mark.parametrize("values", [None, [], "x"])
def test_what_is_no_dict_is_named(settings, values):
    assert [message.id for message in found(settings, values)] == ["django_stac.E008"]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"ASSET_STORAGES": "scenes"}, """Write DJANGO_STAC["ASSET_STORAGES"] = ['scenes']."""),
        ({"DEFAULT_LIMIT": "100"}, 'Write DJANGO_STAC["DEFAULT_LIMIT"] = 100.'),
        ({"DEFAULT_LIMIT": 0}, 'Write DJANGO_STAC["DEFAULT_LIMIT"] = 100.'),
        ({"DEFAULT_LIMIT": 90, "MAX_LIMIT": 9}, 'Write DJANGO_STAC["DEFAULT_LIMIT"] = 9, or raise MAX_LIMIT.'),
        ({"MAX_LIMIT": 1.5}, 'Take the key out, or write for example DJANGO_STAC["MAX_LIMIT"] = 10000.'),
    ],
)
def test_the_hint_is_the_line_to_write(settings, values, line):
    assert [message.hint for message in found(settings, values)] == [line]


def test_a_relative_root_is_made_absolute_in_the_hint(settings):
    settings.BASE_DIR = Path("/site")
    (message,) = found(settings, {"ASSET_ROOTS": {"data": "https://x"}})
    assert message.hint == """Write DJANGO_STAC["ASSET_ROOTS"] = {'/site/data': 'https://x'}."""


def test_an_unknown_key_is_compared_with_the_known_ones(settings):
    (message,) = found(settings, {"ASSET_ROOT": {}})
    assert message.hint == "Did you mean 'ASSET_ROOTS'?"


@pytest.mark.parametrize("name", sorted(SETTING_NAMES))
def test_the_default_of_every_key_is_of_the_kind_that_it_takes(name):
    kind = kind_of(name)
    assert name in OWN_CHECK or kind in KINDS.values()
    assert kind is None or kind[0](default_of(name))
