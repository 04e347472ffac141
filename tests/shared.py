"""Where the shared sample data lie; what needs them is skipped, with its reason, where they are absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("STAC_SHARED") or Path(__file__).resolve().parents[2] / "shared")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="sample data absent: set STAC_SHARED to their folder")
