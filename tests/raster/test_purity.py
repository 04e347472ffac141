"""The room knows nothing of Django: workers read rasters without it."""

import subprocess
import sys


def test_reading_rasters_imports_no_django():
    code = (
        "import sys, django_stac.raster.item; sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
