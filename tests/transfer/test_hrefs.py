"""Where the href of a file's document leads."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.transfer.hrefs import file_of, is_remote, real


@pytest.fixture
def base(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a.json", "a b.json", "100%25.json", "x#y.json"):
        (tmp_path / "sub" / name).touch()
    return tmp_path / "catalog.json"


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("./sub/a.json", "a.json"),
        ("sub/../sub/./a.json", "a.json"),
        ("sub/a.json?v=1#top", "a.json"),
        ("sub/a%20b.json", "a b.json"),
        ("sub/a b.json", "a b.json"),
        ("sub/100%25.json", "100%25.json"),
        ("sub/x#y.json", "x#y.json"),
        (".\\sub\\a.json", "a.json"),
        ("{folder}/sub/a.json", "a.json"),
        ("file://{folder}/sub/a.json", "a.json"),
        ("FILE://localhost{folder}/sub/a%20b.json", "a b.json"),
        ("file:sub/a.json", "a.json"),
    ],
)
def test_every_spelling_of_a_file_is_understood(base, href, name):
    assert file_of(href.format(folder=base.parent), base) == base.parent / "sub" / name


@pytest.mark.parametrize(
    "href", ["sub/none.json", "C:\\data\\a.json", "file:///C:/a.json", "file://[x/a", "file:", "a\0b", "", "x" * 5000]
)
def test_what_is_not_there_is_a_path_all_the_same(base, href):
    assert not is_remote(href)
    assert "none.json" in str(file_of(href, base)) or not href.startswith("sub")


@pytest.mark.parametrize("href", ["https://example.com/a.json", "s3://bucket/a.json", "//example.com/a", "data:,x"])
def test_other_schemes_are_remote(href):
    assert is_remote(href)


@given(st.text(max_size=30) | st.text("file:/\\.%0a[]#?~C", max_size=20))
def test_any_text_is_a_path_or_remote(href):
    assert is_remote(href) or real(file_of(href, Path("/tree/catalog.json")))
