"""Which versions of STAC are stored."""

import pytest

from django_stac.spec.versions import CURRENT, STORED, check_version, kind_of, old_version


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1", "1.1.0", "1.1.12", CURRENT])
def test_finals_of_the_stored_versions_are_accepted(version):
    check_version({"stac_version": version})
    assert version.startswith(STORED)


OLD = ["0.6.2", "0.7.0", "0.9.0", "1.0.0-beta.2", "1.0.0-rc.4", "1.1.0-beta.1"]


@pytest.mark.parametrize("version", [*OLD, "1.2.0", "2.0.0", "1.0", "1.0.0\n", ""])
def test_other_versions_are_named_with_what_is_accepted(version):
    with pytest.raises(ValueError, match=r"documents of STAC 1\.0\.x and 1\.1\.x are accepted") as refused:
        check_version({"stac_version": version})
    assert repr(version) in str(refused.value)


def test_a_missing_version_is_named():
    with pytest.raises(ValueError, match="`stac_version` is missing; documents of"):
        check_version({"type": "Catalog"})


def test_a_version_is_text():
    with pytest.raises(ValueError, match=r"must be text such as '1\.1\.0', got 1\.1"):
        check_version({"stac_version": 1.1})


@pytest.mark.parametrize("version", ["0.6.0", "0.8.0-rc1", "0.9.0", "1.0.0-beta.2", "1.0.0-rc.4", "1.0.0-alpha"])
def test_old_versions_are_known(version):
    assert old_version({"stac_version": version}) == version


@pytest.mark.parametrize("version", ["0.5.2", "0.10.0", "1.0.0", "1.1.0-beta.1", "2.0.0", "0.9.0\n", "", None, 5])
def test_other_versions_are_not_old(version):
    assert old_version({"stac_version": version}) is None


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"stac_version": "0.9.0", "id": "x"}, "Catalog"),
        ({"stac_version": "0.9.0", "license": "MIT"}, "Collection"),
        ({"stac_version": "1.0.0-beta.2", "extent": {}}, "Collection"),
        ({"stac_version": "1.0.0-rc.1", "extent": {}}, ""),
        ({"stac_version": "1.0.0", "extent": {}}, ""),
        ({"type": "Feature"}, "Feature"),
        ({"type": []}, ""),
        ({}, ""),
    ],
)
def test_kinds_are_told_by_type_or_by_members(document, kind):
    assert kind_of(document) == kind
