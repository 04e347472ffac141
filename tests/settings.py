"""Settings of the tests: the example project with fast passwords and storages of their own."""

import atexit
import shutil
import tempfile
from pathlib import Path

from example_project.settings import *  # noqa: F403
from example_project.settings import DATABASES, INSTALLED_APPS, STORAGES

SCRATCH = Path(tempfile.mkdtemp(prefix="django-stac-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "stac.example.com"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "guardian"]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
STORAGES["scenes"]["OPTIONS"] = {"location": SCRATCH / "scenes"}
DJANGO_STAC = {"FILES_ROOT": SCRATCH / "files", "ASSET_STORAGES": ["scenes"], "COUNT_SEARCHED": False}
