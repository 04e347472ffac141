"""What was deleted: a list of it, and the action that has it again."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from django_stac import transactions
from django_stac.access import CREATING, REPLACING, AccessPolicy, policy
from django_stac.admin.document_field import readable
from django_stac.admin.paginator import EstimatedPaginator
from django_stac.admin.reading import ReadOnly, site_hrefs
from django_stac.exceptions import AlreadyExists, NotFound, StacError
from django_stac.history.chronicle import Chronicle
from django_stac.history.names import Name
from django_stac.history.people import names_of
from django_stac.models import Collection, Kind, Tombstone, Version
from django_stac.models.alias import write_alias

if TYPE_CHECKING:
    from django.http import HttpRequest

    from django_stac.access import User

    ModelAdmin = admin.ModelAdmin[Tombstone]
else:
    ModelAdmin = admin.ModelAdmin

FIRST = [Kind.CATALOG, Kind.COLLECTION, Kind.ITEM]
"""Items come last: each needs its collection."""
MOST_RESTORED, MOST_TOLD = 1000, 10


class DeletedAdminMixin(ReadOnly):
    """Items, collections and catalogues that were deleted and are not there again, the last ones first."""

    list_display = ("thing_id", "kind", "collection_id", "at", "by_name")
    list_filter = ("kind",)
    search_fields = ("thing_id",)
    search_help_text = gettext_lazy("An id, or its beginning")
    ordering = ("-id",)
    sortable_by = ()
    paginator = EstimatedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = ("undelete",)
    fields = ("kind", "collection_id", "thing_id", "at", "by_name", "document")

    class Media:
        css = {"all": ("django_stac/admin.css",)}

    # Rights

    def has_view_permission(self, request: "HttpRequest", obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_module_permission(self, request: "HttpRequest") -> bool:
        rights = policy()
        may = any(rights.may(request.user, action) for action in REPLACING.values())
        return may or rights.owned_collections(request.user).exists()

    def get_queryset(self, request: "HttpRequest") -> QuerySet[Any]:
        """The last tombstone of each thing that the user saw, might replace, and does not see again."""
        rights, user = policy(), request.user
        stones = rights.visible_tombstones(user)
        later = stones.filter(
            kind=OuterRef("kind"), collection_id=OuterRef("collection_id"), thing_id=OuterRef("thing_id"),
            id__gt=OuterRef("id"),
        )  # fmt: skip
        theirs_and_gone = stones.filter(theirs(rights, user), ~standing(rights, user), ~Exists(later), deleted=True)
        return theirs_and_gone.exclude(in_the_dark(rights, user)).order_by("-id")

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only what the list offers."""
        return lookup == "kind__exact"

    def get_object(self, request: "HttpRequest", object_id: str, from_field: str | None = None) -> Any:
        stone = super().get_object(request, object_id, from_field)
        if stone is not None:
            stone.last = last_of(name_of(stone), request.user)
        return stone

    def get_search_results(
        self, request: "HttpRequest", queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        return (queryset.filter(thing_id__startswith=term) if term else queryset), False

    # What is shown

    def changelist_view(self, request: "HttpRequest", extra_context: dict[str, Any] | None = None) -> Any:
        title = {"title": _("Deleted items, collections and catalogues")}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def get_changelist_instance(self, request: "HttpRequest") -> Any:
        changelist = super().get_changelist_instance(request)
        names = names_of(stone.by for stone in changelist.result_list)
        for stone in changelist.result_list:
            stone.by_name = names.get(stone.by or "", "")
        return changelist

    @admin.display(description=gettext_lazy("by"))
    def by_name(self, obj: Any) -> str:
        known: str | None = getattr(obj, "by_name", None)
        return names_of([obj.by]).get(obj.by or "", "") if known is None else known

    @admin.display(description=gettext_lazy("document"))
    def document(self, obj: Tombstone) -> str:
        """As it was last, where that is kept, for those who may see what it was."""
        last = getattr(obj, "last", None)
        if last is None:
            return self.get_empty_value_display()
        return format_html('<pre class="stac-json">{}</pre>', readable(last.document))

    def view_on_site(self, obj: Tombstone) -> str | None:
        """Its history in the API; none while that is not mounted."""
        hrefs = site_hrefs()
        return hrefs.history(name_of(obj).place(hrefs)) if hrefs else None

    # Restoring

    @admin.action(description=gettext_lazy("Restore what is selected"), permissions=["view"])
    def undelete(self, request: "HttpRequest", queryset: QuerySet[Any]) -> None:
        """Make things anew as they were when they were deleted, each by itself, and tell what stands in the way."""
        chosen = sorted(queryset[: MOST_RESTORED + 1], key=lambda stone: FIRST.index(stone.kind))
        if len(chosen) > MOST_RESTORED:
            limit = _("At most %(limit)d things are restored at once: choose fewer.") % {"limit": MOST_RESTORED}
            self.message_user(request, limit, messages.ERROR)
            return
        refusals = [refusal for stone in chosen if (refusal := self.refusal(request, stone))]
        for refusal in refusals[:MOST_TOLD]:
            self.message_user(request, refusal, messages.ERROR)
        count = len(chosen) - len(refusals)
        restored = ngettext("%d thing was restored.", "%d things were restored.", count) % count
        self.message_user(request, restored, messages.SUCCESS if count else messages.WARNING)

    def refusal(self, request: "HttpRequest", stone: Tombstone) -> str:
        """Restore what stood last, and return nothing; or say why not."""
        try:
            revive(name_of(stone), request.user)
        except StacError as error:
            return _("%(name)s was not restored: %(reason)s") % {"name": stone.thing_id, "reason": error}
        return ""


def name_of(stone: Tombstone) -> Name:
    return Name(Kind(stone.kind), stone.collection_id, stone.thing_id)


def last_of(name: Name, user: "User") -> Version | None:
    """What stood last, as far as the user may see what was."""
    rights, home = policy(), home_of(name, user)
    if not rights.sees_history(user, REPLACING[name.kind], collection=home):
        return None
    return Chronicle(name=name, row=None, told=rights.seen_versions(user, collection=home)).versions.first()


def revive(name: Name, user: "User") -> None:
    """Make anew what the user may create, and see, as it was last; nothing is replaced. Raises StacError."""
    rights, home = policy(), home_of(name, user)
    if not all(rights.may(user, each[name.kind], collection=home) for each in (REPLACING, CREATING)):
        raise NotFound(_("You may not do this here."))
    if name.kind == Kind.ITEM and home is None:
        raise NotFound(_("Its collection is not there."))
    if (last := last_of(name, user)) is None:
        raise NotFound(_("Its document is not kept any more."))
    with transaction.atomic(using=write_alias()):
        _row, is_new = transactions.restore(name, last.number, actor=user)
        if not is_new:
            raise AlreadyExists(_("Something stands there already."))


def home_of(name: Name, user: "User") -> Collection | None:
    """The collection of an item, where it stands and the user sees it."""
    if name.kind != Kind.ITEM:
        return None
    return policy().visible_collections(user).filter(collection_id=name.collection_id).first()


def theirs(rights: AccessPolicy, user: "User") -> Q:
    """The condition on what the user might replace, if it stood."""
    kinds = [kind for kind, action in REPLACING.items() if rights.may(user, action)]
    owned = Q(kind=Kind.ITEM, collection_id__in=rights.owned_collections(user).values("collection_id"))
    return Q(kind__in=kinds) | owned


def standing(rights: AccessPolicy, user: "User") -> Q:
    """The condition on what the user sees again."""
    thing, home = OuterRef("thing_id"), OuterRef("collection_id")
    rows: dict[Kind, QuerySet[Any]] = {
        Kind.ITEM: rights.visible_items(user).filter(item_id=thing, collection__collection_id=home),
        Kind.COLLECTION: rights.visible_collections(user).filter(collection_id=thing),
        Kind.CATALOG: rights.visible_catalogs(user).filter(catalog_id=thing),
    }
    found = Q()
    for kind, there in rows.items():
        found |= Q(Exists(there), kind=kind)
    return found


def in_the_dark(rights: AccessPolicy, user: "User") -> Q:
    """The condition on items whose collection left the sight of the user by being hidden, there or deleted since."""
    home = OuterRef("collection_id")
    shown = Exists(rights.visible_collections(user).filter(collection_id=home))
    homes = rights.visible_tombstones(user).filter(kind=Kind.COLLECTION, collection_id=home).order_by("-id")
    was_deleted = Coalesce(Subquery(homes.values("deleted")[:1]), Value(value=False), output_field=BooleanField())
    return Q(~shown, ~Q(was_deleted), kind=Kind.ITEM)


@admin.register(Tombstone)
class DeletedAdmin(DeletedAdminMixin, ModelAdmin):
    """Ours; a site may unregister it."""
