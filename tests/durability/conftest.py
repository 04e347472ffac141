"""A site that tests may kill."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.durability.site import ALIAS, Site, alias
from tests.durability.ways import older
from tests.scripts.cluster import Cluster, postgis_is_installed


@pytest.fixture(scope="session")
def filled_site(django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """A cluster with tables, made once for all strikes."""
    if not postgis_is_installed() or not Path("/proc/self/cwd").exists() or not find_spec("granian"):
        pytest.skip("what is to be killed must be here: PostgreSQL with PostGIS, granian, and /proc to see them")
    with TemporaryDirectory(prefix="stac-") as folder, django_db_blocker.unblock():
        Path(folder).chmod(0o755)
        site = Site(Cluster(Path(folder) / "postgis"), tmp_path_factory.mktemp("site"))
        try:
            site.fill(older().values())
            yield site
        finally:
            site.close()


@pytest.fixture
def site(filled_site, template) -> Iterator[Site]:
    """A site whose database is as the ``template``; this process reads it under the alias ``struck``."""
    filled_site.revive()
    filled_site.clear()
    filled_site.copy(template, ALIAS)
    with alias(filled_site.url_of(ALIAS)):
        yield filled_site
