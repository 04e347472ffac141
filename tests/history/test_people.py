"""Those who wrote, by their names as far as they are still there."""

import pytest

from django_stac.history.people import names_of

pytestmark = pytest.mark.django_db


def test_people_are_named_by_their_keys(django_user_model, django_assert_num_queries):
    people = [django_user_model.objects.create_user(name) for name in ("anna", "bert")]
    with django_assert_num_queries(1):
        named = names_of([*(str(person.pk) for person in people), None, "0"])
    assert sorted(named.values()) == ["anna", "bert"]


def test_nobody_is_looked_up_where_nobody_is_known(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names_of([None, "a text of another kind of site", ""]) == {}


def test_a_key_that_is_no_number_any_more_is_nobody(django_user_model):
    assert names_of(["9" * 40, "-1"]) == {}
