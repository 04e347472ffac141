"""What a metadata file says."""

import pytest

from django_stac.raster.facts import facts_in


@pytest.fixture
def facts(tmp_path):
    def made(text):
        path = tmp_path / "a_MTL.txt"
        path.write_text(text)
        return list(facts_in(path))

    return made


@pytest.mark.parametrize(
    "text",
    [
        "  CLOUD_COVER = 3.50",
        'CLOUD_COVER = "3.50"',
        "CLOUD_COVER: 3.50",
        "<CLOUD_COVER>3.50</CLOUD_COVER>",
        '<n1:CLOUD_COVER unit="%">3.50</n1:CLOUD_COVER>',
        '{"CLOUD_COVER": "3.50"}',
        '{"CLOUD_COVER": 3.50}',
    ],
)
def test_every_usual_syntax_is_read(facts, text):
    assert facts(text) == [("CLOUD_COVER", "3.50")]


def test_keys_keep_their_letters_and_their_order(facts):
    assert facts("bbb = 1\nAaa = 2\nbbb = 3\n") == [("bbb", "1"), ("Aaa", "2"), ("bbb", "3")]


def test_the_age_of_the_metadata_is_no_fact(facts):
    assert facts("<gco:DateTime>2020-01-01T00:00:00</gco:DateTime>") == []


def test_a_file_that_is_gone_says_nothing(tmp_path):
    assert list(facts_in(tmp_path / "gone.xml")) == []
