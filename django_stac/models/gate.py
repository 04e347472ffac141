"""Whether the gate is open: ``django_stac.transactions`` alone writes catalogues, collections and items."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from django.db import models

from django_stac.exceptions import GateBypassed

Action = Literal["create", "replace", "delete", "bulk"]
M_co = TypeVar("M_co", bound=models.Model, covariant=True)

_open: ContextVar[bool] = ContextVar("django_stac_gate_open", default=False)


@contextmanager
def open_gate() -> Iterator[None]:
    """Allow writes of these rows inside the block: for ``django_stac.transactions`` alone."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def require_gate(what: str, verb: str) -> None:
    """Raise GateBypassed, naming the verb to call, unless the gate is open."""
    if not _open.get():
        raise GateBypassed(f"{what} goes round the gate: call django_stac.transactions.{verb} instead.")


class GatedQuerySet(models.QuerySet[M_co]):
    """A queryset whose writes need the gate."""

    def create(self, **kwargs: Any) -> M_co:
        self._require("create", "create")
        return super().create(**kwargs)

    def get_or_create(self, *args: Any, **kwargs: Any) -> tuple[M_co, bool]:
        self._require("get_or_create", "create")
        return super().get_or_create(*args, **kwargs)

    def update_or_create(self, *args: Any, **kwargs: Any) -> tuple[M_co, bool]:
        self._require("update_or_create", "replace")
        return super().update_or_create(*args, **kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        self._require("bulk_create", "bulk")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._require("bulk_update", "bulk")
        return super().bulk_update(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require("update", "replace")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require("delete", "delete")
        return super().delete()

    def _require(self, method: str, action: Action) -> None:
        model: Any = self.model
        require_gate(f"{model.__name__}.objects.{method}()", model.verb(action))


class GatedModel(models.Model):
    """A row that only the gate saves and deletes; ``loaddata`` passes, because it restores what was stored."""

    unchecked: Mapping[str, str] = MappingProxyType({})
    """On what a verb returns: the extensions of its document that nobody could check, each with the reason."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        require_gate(f"{type(self).__name__}.save()", self.verb("create" if self._state.adding else "replace"))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        require_gate(f"{type(self).__name__}.delete()", self.verb("delete"))
        return super().delete(*args, **kwargs)

    @classmethod
    def verb(cls, action: Action) -> str:
        """Return the name of the verb to call instead."""
        return f"{'create' if action == 'bulk' else action}_{cls._meta.model_name}"
