"""Marks: which collections have derived facts to compute again."""

from django.db import models


class Mark(models.Model):
    """Something changed in a collection.

    Append-only, so that loaders never wait for each other; consumed by ``transactions.derive``, those of deleted
    collections too: who deletes one does not wait for who holds its marks.
    """

    id = models.BigAutoField(primary_key=True)
    collection = models.ForeignKey("Collection", models.DO_NOTHING, related_name="marks", db_constraint=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"mark {self.pk} of {self.collection_id}"
