"""Forms of documents: the text, some members as fields of their own, and the gate's problems where they belong."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.access import Action, policy
from django_stac.admin.document_field import DocumentFormField, shown_problem
from django_stac.exceptions import InvalidDocument, StacError
from django_stac.models import Catalog, Collection, Item
from django_stac.spec.versions import CURRENT
from django_stac.validation.problems import Problem, pointer_to

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from django_stac.access import User

    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

Document = dict[str, Any]
Path = tuple[str, ...]
RIGHTS = ("visibility", "viewer_groups", "owner_groups")
COLUMNS = {"published", "extent_mode", "validation", *RIGHTS}
"""What a form changes beside the document."""
MOST_SHOWN = 50
"""Problems that a page shows at a time."""


class MemberField(forms.CharField):
    """One text of the document. What was shown travels along, so that a browser's line breaks are no change."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, show_hidden_initial=True, **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).replace("\r\n", "\n")


def member(label: "StrOrPromise", help_text: "StrOrPromise" = "", *, long: bool = False) -> MemberField:
    """A field for one text of the document; empty takes the member away."""
    widget = forms.Textarea({"rows": 4, "cols": 80}) if long else forms.TextInput({"class": "vTextField"})
    return MemberField(label=label, help_text=help_text, widget=widget)


class DocumentForm(ModelForm):
    """A row's document as text, and those of ``members`` as fields; a field that was changed wins over the text."""

    members: ClassVar[Mapping[str, Path]]
    """Field name → path of the member in the document."""
    skeleton: ClassVar[Document] = {}
    """What a new document begins with."""
    refusal: ClassVar[StacError | None] = None
    """What the gate said when it was asked to store this form a moment ago."""
    actor: ClassVar["User"] = None
    """Who sends this form."""

    document = DocumentFormField(
        help_text=gettext_lazy(
            "The whole document. Links that the server makes are not shown; they are added on the way out."
        )
    )
    read_digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.document if self.instance.pk else deepcopy(self.skeleton)
        self.initial.update(document=stored, read_digest=self.instance.digest)
        self.initial.update({name: found(stored, path) for name, path in self.members.items()})
        for name in COLUMNS & self.fields.keys():
            self.fields[name].show_hidden_initial = True

    def column(self, name: str) -> Any:
        """What a column is to be; None where it was left as it was shown, for others may have changed it since."""
        return self.cleaned_data[name] if name in self.changed_data else None

    def clean(self) -> Document:
        cleaned: Document = super().clean() or self.cleaned_data
        self.refuse_stale()
        if "document" in cleaned:
            cleaned["document"] = self.edited(cleaned["document"])
            self.refuse_other_identity(cleaned["document"])
            self.tell_refusal()
        return cleaned

    def refuse_stale(self) -> None:
        """Tell of another's change before anything that follows from it; the gate asks once more."""
        if self.instance.pk and self.refusal is None and self.cleaned_data["read_digest"] != self.instance.digest:
            message = _("Somebody has changed this since it was read. Your text is kept here: compare it with theirs.")
            self.add_error(None, ValidationError(message, code="stale"))

    def edited(self, document: Document) -> Document:
        """Put the members that were changed in their own fields into the document."""
        shown = [name for name in self.members if self.add_prefix(name) in self.data]
        for name in [name for name in shown if name in self.changed_data]:
            put(document, self.members[name], self.cleaned_data.get(name) or None)
        return document

    def identity(self) -> Document:
        """The members that a stored row keeps, whatever is edited."""
        return {"id": str(getattr(self.instance, f"{self.instance._meta.model_name}_id"))}

    def refuse_other_identity(self, document: Document) -> None:
        """Another id would be another row."""
        if self.instance.pk:
            for name, value in self.identity().items():
                if document.get(name) not in (None, value):
                    message = _("must stay %(value)s: a new name is a new row.") % {"value": json.dumps(value)}
                    self.tell_problem(Problem(pointer_to([name]), message))

    def tell_refusal(self) -> None:
        """Show what the gate said at the fields that it spoke of."""
        if isinstance(self.refusal, InvalidDocument):
            for problem in self.refusal.problems[:MOST_SHOWN]:
                self.tell_problem(problem)
        elif self.refusal:
            self.add_error(None, ValidationError(str(self.refusal), code="refused"))

    def tell_problem(self, problem: Problem) -> None:
        """Show a problem at the text with its line, and at the field of its member if that has one."""
        text = str(self.data.get(self.add_prefix("document"), ""))
        shown = shown_problem(problem, text, str(self["document"].id_for_label))
        self.add_error("document", ValidationError(shown, code="problem"))
        for name, path in self.members.items():
            if name in self.fields and problem.pointer == pointer_to(path):
                self.add_error(name, ValidationError(problem.message, code="problem"))


def found(document: Any, path: Path) -> Any:
    """The text at a path; None where there is none."""
    for step in path:
        document = document.get(step) if isinstance(document, dict) else None
    return document if isinstance(document, str) else None


def put(document: Document, path: Path, value: str | None) -> None:
    """Set a member, or take it away; objects on the way are made."""
    *way, last = path
    for step in way:
        inner = document.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        document = inner
    if value is None:
        document.pop(last, None)
    else:
        document[last] = value


# One form a kind of row

TITLE = gettext_lazy("Title")
DESCRIPTION = gettext_lazy("Description")
COMMON_MARK = gettext_lazy("CommonMark is allowed.")
ID = gettext_lazy("Id")
ID_HELP = gettext_lazy("Stays for ever: it is part of the URL.")


class ItemForm(DocumentForm):
    """An item."""

    members = {
        "member_title": ("properties", "title"),
        "member_description": ("properties", "description"),
    }
    member_title = member(TITLE)
    member_description = member(DESCRIPTION, COMMON_MARK, long=True)

    class Meta:
        model = Item
        fields: tuple[str, ...] = ("published",)

    def identity(self) -> Document:
        return {**super().identity(), "collection": self.instance.collection.collection_id}


class NewItemForm(ItemForm):
    """An item to be."""

    members = {"member_id": ("id",), "member_datetime": ("properties", "datetime"), **ItemForm.members}
    skeleton = {
        "type": "Feature",
        "stac_version": CURRENT,
        "id": "",
        "geometry": {"type": "Point", "coordinates": [0, 0]},
        "properties": {"datetime": ""},
        "assets": {},
        "links": [],
    }
    member_id = member(ID, ID_HELP)
    member_datetime = member(
        gettext_lazy("Datetime"),
        gettext_lazy("When it was taken, such as 2024-06-01T10:30:00Z; or give a range in the document."),
    )

    class Meta(ItemForm.Meta):
        fields = ("collection", "published")

    def clean_collection(self) -> Collection:
        """Refuse a collection that the user sees but may not add to."""
        home: Collection = self.cleaned_data["collection"]
        if not policy().may(self.actor, Action.CREATE_ITEM, collection=home):
            raise ValidationError(_("You may not add items to this collection."), code="forbidden")
        return home


class CatalogForm(DocumentForm):
    """A catalogue."""

    members = {"member_title": ("title",), "member_description": ("description",)}
    member_title = member(TITLE)
    member_description = member(DESCRIPTION, COMMON_MARK, long=True)

    class Meta:
        model = Catalog
        fields = ()


class NewCatalogForm(CatalogForm):
    """A catalogue to be."""

    members = {"member_id": ("id",), **CatalogForm.members}
    skeleton = {"type": "Catalog", "stac_version": CURRENT, "id": "", "description": "", "links": []}
    member_id = member(ID, ID_HELP)
