"""What the user asks for, checked before any file is opened."""

import pytest

from django_stac.exceptions import InvalidParameter
from django_stac.ingest.options import read_options


@pytest.mark.parametrize(
    "text", ["2024", "2024-06", "2024-06-01", "2024-06-01T10:00:00Z", "2024-06-01T00:00:00Z/2024-06-02T00:00:00Z"]
)
def test_a_datetime_is_an_instant_a_range_or_a_date_in_part(text):
    options = read_options(datetime=text, default_datetime=text)
    assert (options.datetime, options.default_datetime) == (text, text)


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13", "24-06-01", "2024-06-01T00:00:00Z/.."])
@pytest.mark.parametrize("option", ["datetime", "default_datetime"])
def test_any_other_datetime_is_refused(option, text):
    with pytest.raises(InvalidParameter, match=f"--{option.replace('_', '-')}"):
        read_options(**{option: text})


@pytest.mark.parametrize("text", ["EPSG:32631", "epsg:4326", "OGC:CRS84"])
def test_a_crs_is_named_by_its_authority(text):
    assert read_options(crs=text).crs == text


@pytest.mark.parametrize("text", ["", "EPSG:0", "EPSG:none", "UTM"])
def test_any_other_crs_is_refused(text):
    with pytest.raises(InvalidParameter, match="--crs"):
        read_options(crs=text)
