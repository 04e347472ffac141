"""Assets as rows of a form: what is changed there goes into the item's document, which is what will be stored."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.admin.forms import MOST_SHOWN
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


class TextField(forms.CharField):
    """A text as it stands, blanks included; what was shown travels along, so that only what was typed is a change."""

    def __init__(self, *, size: int, **kwargs: Any) -> None:
        widget = forms.TextInput({"size": size})
        super().__init__(required=False, strip=False, show_hidden_initial=True, widget=widget, **kwargs)


class AssetForm(ModelForm):
    """The members that most assets have; further ones are in the document."""

    key = forms.CharField(label=gettext_lazy("Key"), required=False, strip=False, widget=forms.TextInput({"size": 10}))
    href = TextField(label=gettext_lazy("Href"), size=28)
    title = TextField(label=gettext_lazy("Title"), size=14)
    media_type = TextField(label=gettext_lazy("Media type"), size=14)
    roles_in_words = TextField(label=gettext_lazy("Roles"), size=10, help_text=gettext_lazy("With commas between."))

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

    @property
    def asset_key(self) -> str:
        """Of a row that stands the key that it has, whatever came back; of a new one the key that was typed."""
        return self.instance.key if self.instance.pk else str(self.cleaned_data.get("key") or "").strip()

    def clean_roles_in_words(self) -> list[str]:
        return [role for role in map(str.strip, self.cleaned_data["roles_in_words"].split(",")) if role]

    def clean(self) -> Document:
        cleaned: Document = super().clean() or self.cleaned_data
        if not self.instance.pk and not self.asset_key:
            self.add_error("key", _("A new asset needs a key."))
        if isinstance(self.refusal, InvalidDocument):
            self.tell(self.refusal, pointer_to(["assets", self.asset_key]))
        return cleaned

    def tell(self, refusal: InvalidDocument, place: str) -> None:
        """Show what the gate said of this asset at its row, at the very field where there is one."""
        for problem in refusal.problems[:MOST_SHOWN]:
            if problem.pointer == place or problem.pointer.startswith(f"{place}/"):
                name = NAMES.get(problem.pointer.removeprefix(place).lstrip("/").partition("/")[0])
                self.add_error(name, ValidationError(problem.message, code="problem"))

    def put(self, assets: Document) -> None:
        """Write what was changed into the assets of a document; what the text has taken away stays away."""
        standing = assets.get(self.asset_key)
        if (self.instance.pk and standing is None) or not isinstance(standing, dict | None):
            return
        asset = dict(standing or {})
        for name in (name for name in MEMBERS if name in self.changed_data):
            if value := self.cleaned_data[name]:
                asset[MEMBERS[name]] = value
            else:
                asset.pop(MEMBERS[name], None)
        assets[self.asset_key] = asset


class AssetFormSet(InlineFormSet):
    """The assets of one item. Nothing is saved here: ``applied`` puts the changes into the document."""

    refusal: StacError | None = None

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "refusal": self.refusal}

    def clean(self) -> None:
        """Two rows of one key would be one asset."""
        super().clean()
        seen: set[str] = set()
        for form in (form for form in self.forms if form.is_valid() and form not in self.deleted_forms):
            if form.has_changed() or form.instance.pk:
                if form.asset_key in seen:
                    form.add_error("key", _("There is an asset of this key already."))
                seen.add(form.asset_key)

    def applied(self, document: Document) -> Document:
        """Return the document with the rows that were added, changed or taken away; odd assets are left to the gate."""
        assets = document.get("assets", {})
        if not isinstance(assets, dict):
            return document
        assets = dict(assets)
        for form in self.forms:
            if form in self.deleted_forms:
                assets.pop(form.asset_key, None)
            elif form.has_changed():
                form.put(assets)
        return {**document, "assets": assets} if assets or "assets" in document else document
