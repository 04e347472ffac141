"""What a catalogue lists, as rows of a form; lines are added and taken away by the verbs, never changed."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from django_stac.models import Catalog, CatalogChild
from django_stac.transactions import add_child, remove_child

if TYPE_CHECKING:
    from django_stac.access import User

    ModelForm = forms.ModelForm[CatalogChild]
    InlineFormSet = BaseInlineFormSet[CatalogChild, Catalog, Any]
else:
    ModelForm = forms.ModelForm
    InlineFormSet = BaseInlineFormSet


class ChildForm(ModelForm):
    """One line: a catalogue or a collection."""

    class Meta:
        model = CatalogChild
        fields = ("catalog", "collection")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.disabled = bool(self.instance.pk)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("catalog")) == bool(cleaned.get("collection")):
            raise ValidationError(_("Choose a catalogue or a collection, one of them."), code="one")
        return cleaned


class ChildFormSet(InlineFormSet):
    """The lines of one catalogue."""

    def write(self, parent: Catalog, *, actor: "User") -> None:
        """Add and take away lines. Raises InvalidDocument when the catalogue would contain itself."""
        for form in self.forms:
            child = form.cleaned_data.get("catalog") or form.cleaned_data.get("collection")
            if child and form in self.deleted_forms:
                if form.instance.pk:
                    remove_child(parent, child, actor=actor)
            elif child and not form.instance.pk:
                add_child(parent, child, actor=actor)
