"""Those who wrote: the history keeps their primary keys as text, for they may be gone, or live in another database."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError


def names_of(keys: Iterable[str | None]) -> dict[str, str]:
    """The user names of those who are still there, by primary key."""
    people = get_user_model()
    known = [key for key in {*keys} if key is not None and is_key(people, key)]
    if not known:
        return {}
    found = people._default_manager.filter(pk__in=known).values_list("pk", people.USERNAME_FIELD)
    return {str(key): str(name) for key, name in found}


def is_key(people: type, key: str) -> bool:
    """Whether a text could be a primary key: a site may have had other users once."""
    try:
        people._meta.pk.to_python(key)  # type: ignore[attr-defined]
    except ValidationError:
        return False
    return True
