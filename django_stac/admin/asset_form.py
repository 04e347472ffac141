"""Assets as rows of a form: what is changed there goes into the item's document, which is what will be stored."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.exceptions import InvalidDocument, StacError
from django_stac.models import Asset
from django_stac.validation.problems import pointer_to

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Asset]
    InlineFormSet = BaseInlineFormSet[Asset, Any, Any]
else:
    ModelForm = forms.ModelForm
    InlineFormSet = BaseInlineFormSet

Document = dict[str, Any]
MEMBERS = {"href": "href", "title": "title", "media_type": "type", "roles_in_words": "roles"}
"""Form field → member of the asset."""
NAMES = {member: field for field, member in MEMBERS.items()}


class AssetForm(ModelForm):
    """The members that most assets have; further ones are in the document."""

    key = forms.CharField(label=gettext_lazy("Key"), widget=forms.TextInput({"size": 10}))
    href = forms.CharField(label=gettext_lazy("Href"), widget=forms.TextInput({"size": 28}))
    title = forms.CharField(label=gettext_lazy("Title"), required=False, widget=forms.TextInput({"size": 14}))
    media_type = forms.CharField(label=gettext_lazy("Media type"), required=False, widget=forms.TextInput({"size": 14}))
    roles_in_words = forms.CharField(
        label=gettext_lazy("Roles"),
        required=False,
        widget=forms.TextInput({"size": 10}),
        help_text=gettext_lazy("With commas between."),
    )

    class Meta:
        model = Asset
        fields = ("key", "title", "media_type", "href")

    def __init__(self, *args: Any, refusal: StacError | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusal = refusal
        if self.instance.pk:
            self.fields["key"].disabled = True
            roles = self.instance.roles if isinstance(self.instance.roles, list) else []
            self.initial["roles_in_words"] = ", ".join(map(str, roles))

    def clean_roles_in_words(self) -> list[str]:
        return [role for role in map(str.strip, self.cleaned_data["roles_in_words"].split(",")) if role]

    def clean(self) -> Document:
        cleaned: Document = super().clean() or self.cleaned_data
        if isinstance(self.refusal, InvalidDocument):
            self.tell(self.refusal, pointer_to(["assets", cleaned.get("key", "")]))
        return cleaned

    def tell(self, refusal: InvalidDocument, place: str) -> None:
        """Show what the gate said of this asset at its row, at the very field where there is one."""
        for problem in refusal.problems:
            if problem.pointer == place or problem.pointer.startswith(f"{place}/"):
                name = NAMES.get(problem.pointer.removeprefix(place).lstrip("/").partition("/")[0])
                self.add_error(name, ValidationError(problem.message, code="problem"))

    def put(self, assets: Document) -> None:
        """Write what was changed into the assets of a document."""
        key = self.cleaned_data["key"]
        asset = assets.setdefault(key, {})
        for name in (name for name in MEMBERS if name in self.changed_data):
            if value := self.cleaned_data[name]:
                asset[MEMBERS[name]] = value
            else:
                asset.pop(MEMBERS[name], None)


class AssetFormSet(InlineFormSet):
    """The assets of one item. Nothing is saved here: ``applied`` puts the changes into the document."""

    refusal: StacError | None = None

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "refusal": self.refusal}

    def clean(self) -> None:
        """Two rows of one key would be one asset."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            key = form.cleaned_data.get("key") if form.is_valid() else None
            if key in seen:
                form.add_error("key", _("There is an asset of this key already."))
            seen.update({key} if key else ())

    def applied(self, document: Document) -> Document:
        """Return the document with the rows that were added, changed or taken away."""
        assets = dict(document.get("assets", {}))
        for form in self.forms:
            if form in self.deleted_forms:
                assets.pop(form.cleaned_data["key"], None)
            elif form.has_changed():
                form.put(assets)
        return {**document, "assets": assets}
