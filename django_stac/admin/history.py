"""The history of a row in the admin: who made which version when, what it changed, and a button that restores it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from django_stac import transactions
from django_stac.access import policy
from django_stac.admin.refusals import refusals_told
from django_stac.admin.rights import RightsMixin, home_of
from django_stac.documents.differences import Difference, differences
from django_stac.exceptions import NotFound
from django_stac.history.chronicle import Chronicle
from django_stac.history.names import Name, Row
from django_stac.history.people import names_of
from django_stac.models import Item, Version

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from django_stac.access import User

A_PAGE, MOST_CHANGES, MOST_OPEN = 20, 100, 6
"""Versions a page, changes that one of them shows, and as many of them as are shown at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One state of the row, and what it changed in the one before."""

    state: Version
    is_present: bool
    writer: str
    is_first: bool
    is_new: bool
    """Whether the thing was deleted before."""
    changes: list[Difference]
    left_out: int

    @property
    def count(self) -> int:
        return len(self.changes) + self.left_out

    @property
    def is_open(self) -> bool:
        return self.count <= MOST_OPEN


class HistoryMixin(RightsMixin):
    """The page "History" of a row tells its versions, too, to those who may see them."""

    object_history_template = "django_stac/admin/history.html"

    @refusals_told
    def history_view(
        self, request: "HttpRequest", object_id: str, extra_context: dict[str, Any] | None = None
    ) -> "HttpResponse":
        row = self.get_object(request, unquote(object_id))
        if row is not None and request.method == "POST":
            return self.restored(request, row)
        told = {} if row is None else self.versions(request, row)
        return super().history_view(request, object_id, {**told, **(extra_context or {})})

    def versions(self, request: "HttpRequest", row: Row) -> dict[str, Any]:
        """What the page shows of the versions; nothing to those who may not see them."""
        if not self.remembers(request, row):
            return {}
        found = chronicle_of(row, request.user).page(A_PAGE, below_of(request), documents=True)
        may_write = policy().may(request.user, self.action("change"), **rights_of(row))
        return {
            "lines": lines_of(found, names_of(state.written_by for state in found) if may_write else {})[:A_PAGE],
            "older": found[A_PAGE - 1].number if len(found) > A_PAGE else None,
            "may_restore": self.has_change_permission(request, row),
            "digest": row.digest,
        }

    def remembers(self, request: "HttpRequest", row: Row) -> bool:
        """Whether the user may see what the row was."""
        return policy().sees_history(request.user, self.action("change"), **rights_of(row))

    def restored(self, request: "HttpRequest", row: Row) -> "HttpResponse":
        """Restore the version that the form names, if the row is still the one that was shown. Raises StacError."""
        if not self.has_change_permission(request, row) or not self.remembers(request, row):
            raise PermissionDenied
        number = number_of(request.POST.get("number"))
        chronicle_of(row, request.user).state(number)
        # Without the digest nothing matches: what is deleted meanwhile would be made anew.
        transactions.restore(Name.of(row), number, if_match=request.POST.get("digest", ""), actor=request.user)
        message = _("Version %(number)d was restored.") % {"number": number}
        self.log_change(request, row, message)
        self.after_restoring(request, row)
        self.message_user(request, message, messages.SUCCESS)
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[row.pk]))

    def after_restoring(self, request: "HttpRequest", row: Any) -> None:
        """What else is to be brought up to date."""


def chronicle_of(row: Row, user: "User") -> Chronicle:
    """The states of a row that the user may see."""
    name = Name.of(row)
    return Chronicle(name=name, row=row, told=policy().seen_versions(user, collection=home_of(row)))


def rights_of(row: Row) -> dict[str, Any]:
    """What the policy is asked about."""
    return {"collection": home_of(row), "item": row if isinstance(row, Item) else None}


def lines_of(states: list[Version], names: Mapping[str, str]) -> list[Line]:
    """A line for each state, newest first; the last of them tells no changes, for what was before it is not read."""
    pairs = [*pairwise(states), *([(states[-1], None)] if states else [])]
    return [line(state, older, names.get(state.written_by or "", "")) for state, older in pairs]


def line(state: Version, older: Version | None, writer: str) -> Line:
    shown, left_out = ([], 0) if older is None else differences(older.document, state.document, MOST_CHANGES)
    return Line(
        state=state, is_present=state._state.adding, writer=writer, is_first=older is None,
        is_new=older is not None and older.deleted,
        changes=shown, left_out=left_out,
    )  # fmt: skip


def below_of(request: "HttpRequest") -> int | None:
    """The number below which the page begins; None where the address names none."""
    given = request.GET.get("below", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def number_of(text: str | None) -> int:
    """The number of a version that a form names. Raises NotFound."""
    if not text or not text.isascii() or not text.isdigit() or len(text) >= 10:
        raise NotFound(_("There is no such version."))
    return int(text)
