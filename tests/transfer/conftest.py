"""Files of documents, written by a test; storages of its own."""

import json

import pytest

from tests.ingest.conftest import outside, served

__all__ = ["outside", "served"]


@pytest.fixture
def write(tmp_path):
    def write(name, *documents):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("\n".join(text if isinstance(text, str) else json.dumps(text) for text in documents))
        return path

    return write
