"""Real documents of other people: all that are valid pass, and those that are not are known by name."""

import orjson

from django_stac.spec.json_text import loads
from django_stac.validation.core import core_problems
from django_stac.validation.soundness import unsound
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
STAC = SHARED / "data" / "stac"

# Invalid in truth, also for the published schemas: (folder or file, pointers of the problems).
INVALID = {
    "static-catalog-seaice/north/seaice_conc_daily_nh_1996": set(),  # valid, unlike their neighbours
    "static-catalog-seaice/north/seaice_conc_daily_nh_2022": set(),
    "static-catalog-seaice/north/seaice_conc_daily_nh_2023": set(),
    "static-catalog-seaice/north/seaice_conc_daily": {
        "/assets/netcdf/instruments"
    },  # text where the specification has a list
    "static-catalog-seaice/south/seaice_conc_daily": {"/assets/netcdf/instruments"},
    "static-catalog-landsat/catalog.json": {"/links/0/href"},  # a relative self link
    "static-catalog-landsat/landsat-8-l1/collection.json": {"/stac_extensions/0", "/stac_extensions/1"},  # "eo"
    "joplin/index.geojson": {"/collection"},  # no link to the collection
}


def files():
    return sorted(path for path in STAC.rglob("*") if path.suffix in {".json", ".geojson"})


def documents(path):
    """Every final 1.0.x or 1.1.x document in a file, a page or a list."""
    content = loads(path.read_bytes())
    members = content.get("features") or content.get("collections") or [content]
    return [each for each in members if each.get("stac_version") in ("1.0.0", "1.1.0") and "type" in each]


def expected(path):
    name = path.relative_to(STAC).as_posix()
    return next((pointers for known, pointers in INVALID.items() if name.startswith(known)), set())


def test_real_documents_are_sound():
    found = {path.name: unsound(document) for path in files() for document in documents(path)}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_real_documents_have_the_problems_that_are_known_and_no_others():
    for path in files():
        for document in documents(path):
            assert {problem.pointer for problem in core_problems(document)} == expected(path), path


def test_there_are_many():
    assert sum(len(documents(path)) for path in files()) > 250


def test_the_strict_reader_reads_what_the_plain_reader_reads():
    for path in files():
        assert loads(path.read_bytes()) == orjson.loads(path.read_bytes())
