"""Changing rows in the admin: a form becomes a document, and the gate stores it or says why not."""

from typing import TYPE_CHECKING, Any

from django.db import router
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from django_stac.admin.asset_form import AssetFormSet
from django_stac.admin.children_form import ChildFormSet
from django_stac.admin.forms import DocumentForm
from django_stac.admin.reading import ReadingMixin
from django_stac.admin.refusals import refusals_told
from django_stac.admin.rights import MOST_NAMED, RightsMixin
from django_stac.exceptions import StacError
from django_stac.models import Collection
from django_stac.transactions import derive

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

Document = dict[str, Any]
DERIVED_AT_ONCE = 10_000
"""Items of a collection whose extent and counts a page may compute."""
MOST_DELETED = 10_000


def remember_rows(formset: Any) -> None:
    """Leave to the log what Django's own way of saving would have left."""
    kept = [form for form in formset.forms if form.has_changed() and form not in formset.deleted_forms]
    formset.new_objects = [form.instance for form in kept if not form.instance.pk]
    formset.changed_objects = [(form.instance, form.changed_data) for form in kept if form.instance.pk]
    formset.deleted_objects = [form.instance for form in formset.deleted_forms]


class EditingMixin(RightsMixin, ReadingMixin):
    """Adds, changes and deletes by the verbs of ``transactions``, as far as the user's rights go."""

    form: type[DocumentForm]
    new_form: type[DocumentForm]
    new_fields: tuple[str, ...]
    """What a form for a new row shows."""
    edit_fields: tuple[str, ...]
    """What the form of a stored row shows, for those who may change it; the others see ``reading_fields``."""
    reading_fields: tuple[str, ...]

    # The verbs

    def create(self, request: "HttpRequest", document: Document, cleaned: Document) -> Any:
        """Store a new row."""
        raise NotImplementedError

    def replace(self, request: "HttpRequest", form: DocumentForm, document: Document) -> Any:
        """Store a row's new document, if the row is still the one that was read."""
        raise NotImplementedError

    def remove(self, request: "HttpRequest", rows: Any) -> None:
        """Delete rows."""
        raise NotImplementedError

    # The form

    def get_fields(self, request: "HttpRequest", obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return self.new_fields
        return self.edit_fields if self.has_change_permission(request, obj) else self.reading_fields

    def get_readonly_fields(self, request: "HttpRequest", obj: Any = None) -> list[str]:
        """All that is shown and no field of the form."""
        form = self.new_form if obj is None else self.form
        editable = form.base_fields if obj is None or self.has_change_permission(request, obj) else {}
        return [name for name in self.get_fields(request, obj) if name not in editable]

    def get_form(self, request: "HttpRequest", obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        # Django's own copy of the class: what is set on it concerns this request only.
        form: Any = super().get_form(
            request, obj, change=change, **({} if change else {"form": self.new_form}), **kwargs
        )
        form.refusal, form.actor = getattr(request, "stac_refusal", None), request.user
        return form

    def get_inlines(self, request: "HttpRequest", obj: Any) -> list[Any]:
        """On a page that is sent back, no list so long that Django would refuse the number of its fields."""
        if obj is None or not self.has_change_permission(request, obj):
            return list(self.inlines)
        inlines: list[Any] = list(self.inlines)
        return [inline for inline in inlines if not inline.is_long(obj, request)]

    # Storing

    def changeform_view(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponse":
        """Show or store a form; what the gate refuses is undone, and the form shown again with the reasons."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except StacError as error:
            request.stac_refusal = error  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: "HttpRequest", obj: Any, form: Any, change: Any) -> None:
        """Wait for the rows below, which belong to the document too."""

    def save_related(self, request: "HttpRequest", form: Any, formsets: Any, change: Any) -> None:
        """Store the document that form and rows make together, by one verb."""
        document = form.cleaned_data["document"]
        for formset in formsets:
            remember_rows(formset)
            if isinstance(formset, AssetFormSet):
                document = formset.applied(document)
        stored = self.replace(request, form, document) if change else self.create(request, document, form.cleaned_data)
        for formset in (each for each in formsets if isinstance(each, ChildFormSet)):
            formset.write(stored, actor=request.user)
        form.instance.__dict__.update(stored.__dict__)

    def derive_soon(self, collection: Collection, request: "HttpRequest") -> None:
        """Compute the facts of a small collection at once; those of a large one wait for ``stac_derive``."""
        if (collection.derived or {}).get("count", 0) <= DERIVED_AT_ONCE:
            derive(collections=[collection.collection_id], actor=request.user)

    # Deleting

    def get_deleted_objects(
        self, objs: Any, request: "HttpRequest"
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Name what would go without asking what hangs on each row: of a collection that may be millions."""
        rows = (
            objs if isinstance(objs, QuerySet) else self.model._default_manager.filter(pk__in=[row.pk for row in objs])
        )
        count = rows.count()
        named = [str(row) for row in rows[:MOST_NAMED]]
        if count > MOST_NAMED:
            named.append(_("and %(count)d more") % {"count": count - MOST_NAMED})
        may = self.has_delete_permission(request) and not self.barred(request, "delete", rows)
        lacking = set() if may else {str(self.opts.verbose_name)}
        return named, {str(self.opts.verbose_name_plural): count}, lacking, self.protected(rows, count)

    def protected(self, rows: QuerySet[Any], count: int) -> list[str]:
        """What stands in the way of a deletion."""
        message = _("%(count)d rows: more than %(limit)d are not deleted by one click, choose fewer.")
        return [message % {"count": count, "limit": MOST_DELETED}] if count > MOST_DELETED else []

    def delete_model(self, request: "HttpRequest", obj: Any) -> None:
        self.remove(request, self.model._default_manager.using(self.alias).filter(pk=obj.pk))

    def delete_queryset(self, request: "HttpRequest", queryset: Any) -> None:
        self.remove(request, queryset.using(self.alias))

    @property
    def alias(self) -> str:
        """Where rows are written."""
        return router.db_for_write(self.model)

    @refusals_told
    def delete_view(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponse":
        return super().delete_view(request, *args, **kwargs)

    @refusals_told
    def changelist_view(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponse":
        return super().changelist_view(request, *args, **kwargs)
