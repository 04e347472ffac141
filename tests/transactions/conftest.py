"""Storages of a test's own, the same as those of the ingest tests."""

from tests.ingest.conftest import outside, served

__all__ = ["outside", "served"]
