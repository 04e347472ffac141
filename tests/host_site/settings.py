"""A site as unlike the example project as real ones are: own users, two databases, a REST framework that bites."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from django_stac.gis import find_gis_libraries
from example_project.database import database_from_url

SCRATCH = Path(tempfile.mkdtemp(prefix="django-stac-host-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

SECRET_KEY = "a-host-of-tests-with-a-key-that-is-long-enough-for-deploy-checks-0123456789"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "maps.example.com"]
AUTH_USER_MODEL = "host_site.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.SmallAutoField"

INSTALLED_APPS = [
    "tests.host_site",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "guardian",
    "rest_framework",
    "django_stac",
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "tests.host_site.middleware.strict_content",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tests.host_site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

GEO = database_from_url(os.environ.get("DATABASE_URL", "postgis://localhost/stac"))
GEO["OPTIONS"]["options"] += " -c statement_timeout=60000"
GEO |= {
    "CONN_MAX_AGE": 0,
    "ATOMIC_REQUESTS": True,
    "TEST": {"NAME": f"test_host_site_{GEO['NAME']}", "DEPENDENCIES": []},
}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SCRATCH / "host.sqlite3",
        "ATOMIC_REQUESTS": True,
        "TEST": {"NAME": SCRATCH / "test_host.sqlite3"},
    },
    "geo": GEO,
    "replica": GEO | {"ATOMIC_REQUESTS": False, "TEST": {"MIRROR": "geo"}},
}
DATABASE_ROUTERS = ["django_stac.routers.CatalogRouter"]
GDAL_LIBRARY_PATH, GEOS_LIBRARY_PATH = find_gis_libraries()

USE_TZ = True
TIME_ZONE = "Asia/Kathmandu"
USE_I18N = True
LANGUAGE_CODE = "de"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/assets/"
STATIC_ROOT = SCRATCH / "static"
MEDIA_ROOT = SCRATCH / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    "archive": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SCRATCH / "archive"},
    },
    "django_stac": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SCRATCH / "thumbnails"},
    },
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.BrowsableAPIRenderer",
        "tests.host_site.rest.MarkupRenderer",
    ],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.FormParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "100000/day"},
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "tests.host_site.rest.Stubborn",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.AcceptHeaderVersioning",
    "DEFAULT_VERSION": "7",
    "ALLOWED_VERSIONS": ["7"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 1,
    "DEFAULT_FILTER_BACKENDS": ["rest_framework.filters.SearchFilter", "rest_framework.filters.OrderingFilter"],
    "SEARCH_PARAM": "collections",
    "ORDERING_PARAM": "datetime",
    "DEFAULT_SCHEMA_CLASS": "rest_framework.schemas.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tests.host_site.rest.handler",
    "NON_FIELD_ERRORS_KEY": "everything",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "URL_FORMAT_OVERRIDE": "limit",
    "FORMAT_SUFFIX_KWARG": "item_id",
    "DATETIME_FORMAT": "%d.%m.%Y",
    "COMPACT_JSON": False,
    "UNICODE_JSON": False,
}
DJANGO_STAC = {"DATABASE": "geo", "ID": "maps", "TITLE": "Maps", "ASSET_STORAGES": ["archive"]}
