"""Where schemas of extensions come from."""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from django_stac.transfer.schemas import MOST_BYTES, NoSchemas, schemas_at, schemas_in

EO = "https://stac-extensions.github.io/eo/v2.0.0/schema.json"
SCHEMA = {"type": "object"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def put_file(tmp_path):
    """Write a JSON file."""

    def put_file(name, content):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    return put_file


@pytest.fixture
def web(tmp_path):
    """Serve the folder of a test; the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def addresses(folder):
    return [found.uri for found in schemas_in(folder)]


def problem(found):
    (one,) = found
    return one.problem


def test_a_mirror_tells_addresses_by_its_paths(tmp_path, put_file):
    put_file("stac-extensions.github.io/eo/v2.0.0/schema.json", SCHEMA | {"$id": "https://example.com/other"})
    assert addresses(tmp_path) == [EO]


def test_elsewhere_a_schema_tells_its_address_itself(tmp_path, put_file):
    put_file("eo.json", SCHEMA | {"$id": EO + "#"})
    assert addresses(tmp_path) == [EO]


def test_a_map_goes_before_both(tmp_path, put_file):
    put_file("example.com/a.json", SCHEMA | {"$id": EO})
    put_file("schema_map.json", {"https://example.com/first": "example.com/a.json", EO + "#": "example.com/a.json"})
    assert addresses(tmp_path) == ["https://example.com/first", EO]


def test_texts_are_kept_as_they_are(tmp_path, put_file):
    text = b'{ "$id": "https://example.com/a" ,\n "type":"object" }'
    put_file("a.json", text)
    assert [found.text for found in schemas_in(tmp_path)] == [text.decode()]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "This is no JSON"),
        (b"\xff", "This is no JSON"),
        ([], "A JSON Schema is an object"),
        (SCHEMA, "No address is told"),
        (SCHEMA | {"$id": "schema.json"}, "No address is told"),
        (SCHEMA | {"$id": "https://example.com/" + "a" * 1000}, "1000 characters at most"),
        (SCHEMA | {"$id": EO, "title": "x" * MOST_BYTES}, "longer than"),
    ],
)
def test_what_is_no_schema_is_told_by_file(tmp_path, put_file, content, words):
    put_file("a.json", content)
    assert words in problem(schemas_in(tmp_path))


def test_a_file_that_a_map_names_in_vain_is_told(tmp_path, put_file):
    put_file("schema_map.json", {EO: "eo.json"})
    assert "cannot be read" in problem(schemas_in(tmp_path))


@pytest.mark.parametrize("content", [b"{", [], {EO: 7}])
def test_a_map_that_is_none_is_refused(tmp_path, put_file, content):
    put_file("schema_map.json", content)
    with pytest.raises(NoSchemas, match=r"schema_map\.json: must be a JSON object"):
        addresses(tmp_path)


def test_a_folder_without_schemas_is_refused(tmp_path):
    with pytest.raises(NoSchemas, match="no file that ends in"):
        addresses(tmp_path)
    with pytest.raises(NoSchemas, match="no such folder"):
        addresses(tmp_path / "nowhere")


# The web


def test_an_address_is_fetched_with_all_that_it_refers_to(web, put_file):
    put_file("v1/schema.json", {"allOf": [{"$ref": "a.json"}, {"$ref": "a.json#/b"}]})
    put_file("v1/a.json", {"$ref": "schema.json"})
    found = list(schemas_at(f"{web}/v1/schema.json#", ()))
    assert [each.uri for each in found] == [f"{web}/v1/schema.json", f"{web}/v1/a.json"]


def test_what_stands_already_is_not_fetched(web, put_file):
    core = "https://schemas.stacspec.org/v1.1.0/item-spec/json-schema/item.json"
    put_file("schema.json", {"allOf": [{"$ref": "a.json"}, {"$ref": core}]})
    assert [each.uri for each in schemas_at(f"{web}/schema.json", [f"{web}/a.json"])] == [f"{web}/schema.json"]


def test_what_is_named_is_fetched_though_it_stands(web, put_file):
    put_file("schema.json", SCHEMA)
    assert len(list(schemas_at(f"{web}/schema.json", [f"{web}/schema.json"]))) == 1


def test_what_cannot_be_fetched_is_told_by_address(web, put_file):
    put_file("schema.json", {"$ref": "nowhere.json"})
    put_file("page.json", b"<html>")
    found = {each.source: each.problem for each in schemas_at(f"{web}/schema.json", ())}
    assert "404" in found[f"{web}/nowhere.json"]
    assert "This is no JSON" in problem(schemas_at(f"{web}/page.json", ()))


def test_only_the_web_is_fetched_from(web, put_file):
    put_file("schema.json", {"$ref": "file:///etc/hostname"})
    found = {each.source: each.problem for each in schemas_at(f"{web}/schema.json", ())}
    assert found["file:///etc/hostname"] == "Schemas are fetched from http and https only."


def test_what_is_no_address_is_told(web, put_file):
    assert "cannot be fetched" in problem(schemas_at("http://[bad", ()))
    put_file("schema.json", {"$ref": "http://[bad"})
    assert [bool(each.problem) for each in schemas_at(f"{web}/schema.json", ())] == [False, True]


def test_a_server_that_is_down_is_told():
    assert "cannot be fetched" in problem(schemas_at("http://127.0.0.1:9/schema.json", ()))
