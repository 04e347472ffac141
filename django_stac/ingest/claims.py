"""Notes of copies whose rows are not committed yet, so that the next run knows what a killed one has left as ours.

A note lies in the private storage, is written before the copy, and goes when the row of its file stands.
"""

from collections.abc import Iterable
from hashlib import blake2b

from django.core.files.base import ContentFile

from django_stac.models.stored_file import PRIVATE_STORAGE, storage_named
from django_stac.transactions import FileFact


def claim(fact: FileFact) -> None:
    """Note that a file of this checksum is about to be written; what the private storage holds is ours anyway."""
    if fact.storage == PRIVATE_STORAGE:
        return
    # What an earlier run has left stays ours when this one cannot replace it.
    checksums = dict.fromkeys([*claimed(fact), fact.checksum])
    release([fact])
    storage_named(PRIVATE_STORAGE).save(note_of(fact), ContentFile("\n".join(checksums).encode()))


def claimed(fact: FileFact) -> list[str]:
    """Return the checksums of what runs meant to write there."""
    private = storage_named(PRIVATE_STORAGE)
    if fact.storage == PRIVATE_STORAGE or not private.exists(note_of(fact)):
        return []
    with private.open(note_of(fact)) as note:
        return str(note.read(), "ascii", "replace").split()


def release(facts: Iterable[FileFact]) -> None:
    """Take the notes away: the rows stand, or the files are gone."""
    private = storage_named(PRIVATE_STORAGE)
    for fact in facts:
        if fact.storage != PRIVATE_STORAGE:
            private.delete(note_of(fact))


def note_of(fact: FileFact) -> str:
    """Return the path of a note, one for each file."""
    digits = blake2b(fact.reference.encode(), digest_size=16).hexdigest()
    return f"~claims/{digits}"
