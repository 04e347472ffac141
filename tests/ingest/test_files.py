"""Files that ingest writes, and whose they are."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, storages

from django_stac import transactions
from django_stac.exceptions import UnreachableFile
from django_stac.ingest.files import discard, keep, keep_all, picture
from django_stac.models import StoredFile
from tests.factories import an_item, put

pytestmark = pytest.mark.django_db


def a_picture(content=b"one", path="c/i.png", storage="scenes"):
    return picture(content, storage=storage, path=path, key="thumbnail")


def recorded(copy, **changes):
    """Let an item refer to a file, as the gate does."""
    fact = copy.fact
    values = {"storage": fact.storage, "path": fact.path, "key": fact.key, "size": fact.size, "owned": True}
    return StoredFile.objects.create(item=put(an_item())[0], **{**values, "checksum": fact.checksum, **changes})


class Refusing(FileSystemStorage):
    """Breaks off in the middle of a file."""

    def _save(self, name, content):
        super()._save(name, ContentFile(b"half"))
        raise OSError("No space left on device")


def test_a_file_is_written_once(served):
    assert [keep(a_picture(), "default")[1] for _ in range(2)] == [True, False]
    assert (served / "c/i.png").read_bytes() == b"one"


def test_what_we_wrote_is_ours(served):
    assert keep(a_picture(), "default")[0].owned


def test_a_file_that_was_there_is_not_ours(served):
    storages["scenes"].save("c/i.png", ContentFile(b"one"))
    fact, is_new = keep(a_picture(), "default")
    assert (fact.owned, is_new) == (False, False)


def test_our_file_gives_way_to_a_new_one(served):
    keep(a_picture(), "default")
    recorded(a_picture())
    assert keep(a_picture(b"two"), "default")[1]
    assert (served / "c/i.png").read_bytes() == b"two"


@pytest.mark.parametrize("content", [b"one", b"two"])
def test_a_file_that_a_version_alone_names_is_ours(served, content):
    keep(a_picture(), "default")
    recorded(a_picture())
    transactions.delete_item("scenes", "scene")
    assert keep(a_picture(content), "default")[0].owned
    assert (served / "c/i.png").read_bytes() == content


@pytest.mark.parametrize("content", [b"two", b"longer"])
def test_a_file_of_somebody_else_stays(served, content):
    storages["scenes"].save("c/i.png", ContentFile(content))
    with pytest.raises(UnreachableFile, match="holds another file"):
        keep(a_picture(), "default")
    assert (served / "c/i.png").read_bytes() == content


def test_a_file_that_is_recorded_in_place_stays(served):
    storages["scenes"].save("c/i.png", ContentFile(b"two"))
    recorded(a_picture(b"two"), owned=False)
    with pytest.raises(UnreachableFile, match="holds another file"):
        keep(a_picture(), "default")


def test_in_the_private_storage_everything_is_ours(served, tmp_path):
    for content in (b"one", b"two"):
        assert keep(a_picture(content, storage="django_stac"), "default")[0].owned
    assert (tmp_path / "private/c/i.png").read_bytes() == b"two"


def test_nothing_half_written_stays(served, settings):
    backend = f"{Refusing.__module__}.{Refusing.__qualname__}"
    settings.STORAGES = {**settings.STORAGES, "scenes": {"BACKEND": backend, "OPTIONS": {"location": served}}}
    with pytest.raises(UnreachableFile, match=r"did not take c/i\.png: No space left"):
        keep(a_picture(), "default")
    assert not (served / "c/i.png").exists()


def test_a_storage_that_breaks_off_keeps_the_old_file(served, settings):
    keep(a_picture(), "default")
    recorded(a_picture())
    backend = f"{Refusing.__module__}.{Refusing.__qualname__}"
    settings.STORAGES = {**settings.STORAGES, "scenes": {"BACKEND": backend, "OPTIONS": {"location": served}}}
    with pytest.raises(UnreachableFile):
        keep(a_picture(b"two"), "default")
    assert (served / "c/i.png").read_bytes() == b"one"
    assert [file.name for file in (served / "c").iterdir()] == ["i.png"]


@pytest.fixture(params=["overwrites", "renames"])
def remote(request, settings):
    """A storage that is no folder, as a bucket is: a name that is taken is written over, or another one is given."""
    backend = f"{Bucket.__module__}.{Bucket.__qualname__}"
    options = {"overwrites": request.param == "overwrites"}
    settings.STORAGES = {**settings.STORAGES, "bucket": {"BACKEND": backend, "OPTIONS": options}}
    return storages["bucket"]


class Bucket(InMemoryStorage):
    """Refuses what is called ``full``."""

    def __init__(self, *, overwrites):
        super().__init__()
        self.overwrites = overwrites

    def get_available_name(self, name, max_length=None):
        return name if self.overwrites else super().get_available_name(name, max_length)

    def _save(self, name, content):
        if content.size > 3:
            raise OSError("the bucket is full")
        if self.exists(name):
            self.delete(name)
        return super()._save(name, content)


def test_a_storage_without_folders_replaces_too(remote):
    keep(a_picture(storage="bucket"), "default")
    recorded(a_picture(storage="bucket"))
    assert keep(a_picture(b"two", storage="bucket"), "default")[1]
    assert remote.open("c/i.png").read() == b"two"
    assert remote.listdir("c")[1] == ["i.png"]


def test_a_storage_without_folders_that_refuses_keeps_the_old_file(remote):
    keep(a_picture(storage="bucket"), "default")
    recorded(a_picture(storage="bucket"))
    with pytest.raises(UnreachableFile, match="the bucket is full"):
        keep(a_picture(b"longer", storage="bucket"), "default")
    assert remote.open("c/i.png").read() == b"one"
    assert remote.listdir("c")[1] == ["i.png"]


def test_what_a_killed_run_has_left_is_ours(served):
    keep(a_picture(), "default")
    fact, is_new = keep(a_picture(), "default")
    assert (fact.owned, is_new) == (True, False)


def test_what_a_killed_run_has_left_gives_way_to_a_newer_file(served):
    keep(a_picture(), "default")
    assert keep(a_picture(b"two"), "default")[1]
    assert (served / "c/i.png").read_bytes() == b"two"


def test_what_a_killed_run_has_left_stays_ours_when_its_replacement_fails(remote):
    keep(a_picture(storage="bucket"), "default")
    with pytest.raises(UnreachableFile, match="the bucket is full"):
        keep(a_picture(b"longer", storage="bucket"), "default")
    assert keep(a_picture(b"two", storage="bucket"), "default")[1]
    assert remote.open("c/i.png").read() == b"two"


def test_a_file_that_somebody_has_put_there_meanwhile_is_not_ours(served):
    keep(a_picture(), "default")
    (served / "c/i.png").write_bytes(b"six")
    with pytest.raises(UnreachableFile, match="holds another file"):
        keep(a_picture(b"two"), "default")


def test_all_are_kept_or_none_is_written(served):
    storages["scenes"].save("b.png", ContentFile(b"precious"))
    with pytest.raises(UnreachableFile):
        keep_all([a_picture(path="a.png"), a_picture(path="b.png")], "default")
    assert [file.name for file in served.iterdir()] == ["b.png"]


def test_what_something_refers_to_is_not_discarded(served):
    facts = [keep(a_picture(path=path), "default")[0] for path in ("a.png", "b.png")]
    recorded(a_picture(path="a.png"))
    discard(facts, "default")
    assert [file.name for file in served.iterdir()] == ["a.png"]
