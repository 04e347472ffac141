"""How Sphinx builds these pages: offline, from this tree alone; the reference comes from the code."""

import os
import sys
from pathlib import Path

import django

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_extensions")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_project.settings")
django.setup()

project = "django-stac"
author = "The django-stac authors"
language = "en"
extensions = ["myst_parser", "stac_reference"]
exclude_patterns = ["_extensions"]

myst_enable_extensions = ["attrs_block", "colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "django-stac"
html_copy_source = False
html_show_copyright = False
