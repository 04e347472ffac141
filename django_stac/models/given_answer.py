"""Answers to writes that a client may ask for again, because it does not know whether they were done."""

from django.db import models


class GivenAnswer(models.Model):
    """What a request with an ``Idempotency-Key`` was answered; written by ``api.idempotency``, kept for a day."""

    name = models.CharField(max_length=32, primary_key=True)
    fingerprint = models.CharField(max_length=32)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    given = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.status} of {self.given:%Y-%m-%d %H:%M}"
