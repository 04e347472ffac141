"""Which properties are searched, so that an operator knows what to make fast."""

from django.db import models


class SearchedProperty(models.Model):
    """How often a property of items was filtered or sorted by; written by ``search.demand``."""

    name = models.TextField(primary_key=True)
    searches = models.BigIntegerField()
    last_searched = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.searches}"
