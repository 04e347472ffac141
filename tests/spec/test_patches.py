"""JSON merge patch and JSON Patch: the examples of the RFCs, and what they leave to the hostile."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.patches import MOST_OPERATIONS, PatchError, patched, same

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3)
KEYS = st.text("ab/~01-", max_size=2)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)


@pytest.mark.parametrize(
    ("document", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({"a": "foo"}, {"b": {"c": {"d": None}}}, {"a": "foo", "b": {"c": {}}}),
        ({"a": 1}, {}, {"a": 1}),
    ],
)
def test_merge_patches_are_those_of_rfc_7396(document, patch, result):
    assert patched(document, patch) == result


def add(path, value):
    return {"op": "add", "path": path, "value": value}


@pytest.mark.parametrize(
    ("document", "operation", "result"),
    [
        ({"foo": "bar"}, add("/baz", "qux"), {"foo": "bar", "baz": "qux"}),
        ({"foo": ["bar", "baz"]}, add("/foo/1", "qux"), {"foo": ["bar", "qux", "baz"]}),
        ({"foo": ["bar"]}, add("/foo/-", ["abc"]), {"foo": ["bar", ["abc"]]}),
        ({"foo": ["bar"]}, add("/foo/1", 5), {"foo": ["bar", 5]}),
        ({"foo": "bar"}, add("/child", {"g": {}}), {"foo": "bar", "child": {"g": {}}}),
        ({"a": 1}, add("", {"b": 2}), {"b": 2}),
        ({"a": 1}, add("/", 2), {"a": 1, "": 2}),
        ({"baz": "qux", "foo": "bar"}, {"op": "remove", "path": "/baz"}, {"foo": "bar"}),
        ({"foo": ["bar", "qux"]}, {"op": "remove", "path": "/foo/1"}, {"foo": ["bar"]}),
        ({"baz": "qux"}, {"op": "replace", "path": "/baz", "value": None}, {"baz": None}),
        ({"a": {"w": 1}, "q": {}}, {"op": "move", "from": "/a/w", "path": "/q/t"}, {"a": {}, "q": {"t": 1}}),
        ({"foo": ["a", "b", "c"]}, {"op": "move", "from": "/foo/0", "path": "/foo/2"}, {"foo": ["b", "c", "a"]}),
        ({"a": 1}, {"op": "move", "from": "/a", "path": "/a"}, {"a": 1}),
        ({"a": [1]}, {"op": "copy", "from": "/a", "path": "/a/0"}, {"a": [[1], 1]}),
        ({"/": 9, "~1": 10}, {"op": "test", "path": "/~01", "value": 10}, {"/": 9, "~1": 10}),
        ({"a": [1, {"b": 1.0}]}, {"op": "test", "path": "/a", "value": [1.0, {"b": 1}], "x": 0}, {"a": [1, {"b": 1}]}),
    ],
)
def test_operations_are_those_of_rfc_6902(document, operation, result):
    before = deepcopy(document)
    assert patched(document, [operation]) == result
    assert document == before


@pytest.mark.parametrize(
    ("operation", "part"),
    [
        (5, "is an object"),
        ({"path": "/a"}, "`op` must be one of add, remove"),
        ({"op": [], "path": "/a"}, "`op` must be one of"),
        ({"op": "add", "value": 1}, "`path` must be"),
        ({"op": "add", "path": "/b"}, "`value` is missing"),
        ({"op": "copy", "path": "/b"}, "`from` is missing"),
        ({"op": "move", "path": "/b", "from": 5}, "`from` must be"),
        (add("b", 1), "no JSON pointer"),
        (add("/~2", 1), "no JSON pointer"),
        (add("/x/y", 1), "nothing at '/x'"),
        (add("/s/y", 1), "'/s' is neither an object nor a list"),
        (add("/a/3", 1), "no place in a list of 2: give 0 to 2, or -"),
        (add("/a/01", 1), "no place"),
        (add("/a/" + "9" * 5000, 1), "no place"),
        ({"op": "remove", "path": "/a/2"}, "nothing at '/a/2'"),
        ({"op": "remove", "path": "/a/-"}, "nothing at"),
        ({"op": "replace", "path": "/x", "value": 1}, "nothing at '/x'"),
        ({"op": "move", "from": "/o", "path": "/o/p"}, "into itself"),
        ({"op": "test", "path": "/n", "value": True}, "another"),
        ({"op": "test", "path": "/s", "value": {}}, "another"),
    ],
)
def test_what_cannot_be_applied_is_named_by_operation(operation, part):
    with pytest.raises(PatchError, match=r".") as refused:
        patched({"a": [1, 2], "s": "text", "o": {}, "n": 1}, [add("/fine", 1), operation])
    assert part in str(refused.value)
    assert refused.value.pointer.startswith("/1")


@pytest.mark.parametrize("patch", [None, 5, "text", [{"op": "remove", "path": ""}], [add("", [])]])
def test_the_document_stays_an_object(patch):
    with pytest.raises(PatchError):
        patched({"a": 1}, patch)


def test_all_operations_or_none():
    document = {"a": 1}
    with pytest.raises(PatchError):
        patched(document, [add("/b", 1), {"op": "remove", "path": "/c"}])
    assert document == {"a": 1}


def test_values_of_a_patch_are_not_shared():
    value = {"x": []}
    result = patched({}, [add("/a", value), add("/b", value), add("/a/x/-", 1)])
    assert (result, value) == ({"a": {"x": [1]}, "b": {"x": []}}, {"x": []})


def test_doubling_ends():
    with pytest.raises(PatchError, match="may not copy more than"):
        patched({"a": [1]}, [{"op": "copy", "from": "", "path": f"/{number}"} for number in range(64)])


@pytest.mark.parametrize("document", [{"a": "x" * 100_000}, {"a": ["€" * 33_000]}, {"x" * 100_000: 1}])
def test_doubling_of_texts_ends(document):
    with pytest.raises(PatchError, match="may not copy more than 67108864 bytes"):
        patched(document, [{"op": "copy", "from": "", "path": f"/{number}"} for number in range(12)])


def test_depth_is_no_matter():
    deep: dict = {}
    for _ in range(100_000):
        deep = {"a": deep}
    assert same(patched({}, deep), deep)
    assert same(patched({}, [add("/x", deep), {"op": "test", "path": "/x", "value": deep}])["x"], deep)
    flatten(deep)


def flatten(deep):
    """Python frees nested objects by recursion of its own."""
    while deep:
        deep = deep.pop("a")


def test_there_is_a_bound_to_operations():
    with pytest.raises(PatchError, match="at most"):
        patched({}, [add("/a", 1)] * (MOST_OPERATIONS + 1))


@given(DOCUMENTS, DOCUMENTS)
def test_merging_twice_is_merging_once(document, patch):
    once = patched(document, patch)
    assert same(patched(once, patch), once)


@given(DOCUMENTS, DOCUMENTS)
def test_a_document_is_rebuilt_from_its_members(document, other):
    def at(name):
        return "/" + name.replace("~", "~0").replace("/", "~1")

    operations = [{"op": "remove", "path": at(name)} for name in document]
    operations += [add(at(name), value) for name, value in other.items()]
    operations += [{"op": "test", "path": at(name), "value": value} for name, value in other.items()]
    assert same(patched(document, operations), other)
