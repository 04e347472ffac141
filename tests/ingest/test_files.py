"""Files that ingest writes, and whose they are."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

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
