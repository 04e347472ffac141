"""Names in a storage for ids that may hold any character."""

from pathlib import Path

import pytest
from django.core.files.utils import validate_file_name
from hypothesis import given
from hypothesis import strategies as st

from django_stac.ingest.names import copy_paths, segment, thumbnail_path

IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300)


@pytest.mark.parametrize("text", ["a", "LC08_L1TP_090084_20240601", "scene-1.v2", "2024"])
def test_a_plain_id_stays_as_it_is(text):
    assert segment(text) == text


@pytest.mark.parametrize("text", ["..", ".hidden", "a/b", "a b", "São", "a~b", "x" * 300, "a.", "\n", "con\\aux"])
def test_any_other_id_gets_a_hash(text):
    assert segment(text) != text
    assert "~" in segment(text)


@given(IDS)
def test_a_name_is_one_short_segment(text):
    assert len(segment(text)) <= 120
    assert not {"/", "\\", "\0"} & set(segment(text))
    validate_file_name(f"c/{segment(text)}.png", allow_relative_path=True)


@given(IDS, IDS)
def test_two_ids_never_share_a_name(one, other):
    assert (segment(one) == segment(other)) == (one == other)


def test_what_looks_like_a_hashed_name_is_hashed_again():
    assert segment(segment("a/b")) != segment("a/b")


def test_a_thumbnail_lies_in_the_folder_of_its_collection():
    assert thumbnail_path("hills", "scene") == "hills/scene.png"


def test_copies_lie_in_the_folder_of_their_item():
    files = [Path("/data/x_B1.tif"), Path("/data/x_B2.tif")]
    assert list(copy_paths("hills", "x", files).values()) == ["hills/x/x_B1.tif", "hills/x/x_B2.tif"]


def test_copies_of_several_folders_keep_them():
    files = [Path("/data/p/R10m/B02.jp2"), Path("/data/p/R20m/B02.jp2")]
    assert list(copy_paths("c", "p", files).values()) == ["c/p/R10m/B02.jp2", "c/p/R20m/B02.jp2"]


def test_a_copy_keeps_the_ending_of_its_file():
    (path,) = copy_paths("c", "p", [Path("/data/São Paulo.tif")]).values()
    assert path.startswith("c/p/S_o_Paulo~")
    assert path.endswith(".tif")
