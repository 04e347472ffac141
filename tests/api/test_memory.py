"""What is served is forgotten when it was sent."""

import gc
import weakref

import pytest
from django.test import RequestFactory
from django.urls import resolve

from tests.api.asking import url
from tests.factories import an_item, put


@pytest.fixture
def uncollected():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("route", [("search",), ("item", "scenes", "a"), ("collections",)], ids=str)
def test_no_answer_waits_for_the_garbage_collector(db, uncollected, route):
    put(an_item("a"))
    path = url(*route)
    view = resolve(path)
    answer = view.func(RequestFactory().get(path), **view.kwargs).render()
    mark = weakref.ref(answer)
    del answer
    assert mark() is None
