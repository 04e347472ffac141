"""The epoch of the data: by it a token of the feed that is older than a restore is known."""

from django.db import models


class Epoch(models.Model):
    """One row, made after the migration and never updated: the system columns of it are others after any restore."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    began = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.began:%Y-%m-%d %H:%M}"
