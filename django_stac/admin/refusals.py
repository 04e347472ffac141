"""What the gate refuses, told above the page that it was asked from."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import HttpResponseRedirect

from django_stac.exceptions import StacError

if TYPE_CHECKING:
    from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


def refusals_told(view: View) -> View:
    """Let a view tell what the gate refuses, above the page that it was asked from."""

    @wraps(view)
    def told(self: Any, request: "HttpRequest", *args: Any, **kwargs: Any) -> Any:
        try:
            return view(self, request, *args, **kwargs)
        except StacError as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    return told  # type: ignore[return-value]
