"""What a site sees that has no GDAL, before any system check can run: our words, if our application comes first."""

import subprocess
import sys

import pytest

SITE = """
import ctypes.util
import django
from django.conf import settings
ctypes.util.find_library = lambda name: None
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_stac", "django.contrib.gis"],
    DATABASES={{"default": {{"ENGINE": "django.contrib.gis.db.backends.postgis", "NAME": "mysite"}}}},
    **{settings},
)
django.setup()
"""


@pytest.mark.parametrize(
    "settings",
    [{}, {"GDAL_LIBRARY_PATH": "/nowhere/libgdal.so"}, {"GEOS_LIBRARY_PATH": "/nowhere/libgeos_c.so"}],
)
def test_without_gdal_or_geos_the_lines_to_write_are_named(settings):
    program = SITE.format(settings=settings)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ImproperlyConfigured: GeoDjango lacks GDAL or GEOS" in done.stderr
    assert done.stderr.endswith(
        "from django_stac.gis import find_gis_libraries\nGDAL_LIBRARY_PATH, GEOS_LIBRARY_PATH = find_gis_libraries()\n"
    )
