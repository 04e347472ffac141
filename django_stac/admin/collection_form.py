"""The forms of collections: members of the document, rights, what may be filtered by, and what is asked of items."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from django_stac.admin.document_field import QueryablesFormField, RulesFormField, shown_problem
from django_stac.admin.forms import (
    COMMON_MARK,
    DESCRIPTION,
    ID,
    ID_HELP,
    MOST_SHOWN,
    RIGHTS,
    TITLE,
    DocumentForm,
    member,
)
from django_stac.cql2.declared import problems_of
from django_stac.models import Collection
from django_stac.spec.versions import CURRENT
from django_stac.validation.problems import Problem
from django_stac.validation.rules import problems_of_rules

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    GroupsField = forms.ModelMultipleChoiceField[Group]


def groups(label: "StrOrPromise", help_text: "StrOrPromise") -> "GroupsField":
    """A field for groups, which a column holds as primary keys."""
    widget = FilteredSelectMultiple(gettext_lazy("groups"), is_stacked=False)
    return forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"), required=False, label=label, help_text=help_text, widget=widget
    )


def keys_of(chosen: "QuerySet[Group]") -> list[int]:
    return sorted(group.pk for group in chosen)


class CollectionForm(DocumentForm):
    """A collection."""

    members = {"member_title": ("title",), "member_description": ("description",), "member_license": ("license",)}
    member_title = member(TITLE)
    member_description = member(DESCRIPTION, COMMON_MARK, long=True)
    member_license = member(
        gettext_lazy("License"),
        gettext_lazy("An SPDX identifier such as CC-BY-4.0, or “other” with a link to its text."),
    )
    viewer_groups = groups(
        gettext_lazy("Groups that see it"), gettext_lazy("While it is published, and visible to groups.")
    )
    owner_groups = groups(
        gettext_lazy("Groups that own it"),
        gettext_lazy("They see it always, and change its document and its items without further permissions."),
    )
    declared = QueryablesFormField(
        label=gettext_lazy("Queryables"),
        help_text=gettext_lazy(
            "What items may be filtered and sorted by, before what is observed in them: JSON Schemas by the names of "
            'properties, such as {"my:quality": {"type": "number", "title": "Quality"}}. Empty: as observed.'
        ),
    )
    item_rules = RulesFormField(
        label=gettext_lazy("Rules of items"),
        help_text=gettext_lazy(
            "What items must have beside the rules of STAC, as JSON: “extensions” is a list of addresses that they "
            "must name, “schema” a JSON Schema that they must fit, “item_assets” is “keys” (no other assets than in "
            "the member item_assets of the collection) or “match” (with their type and roles). Empty: nothing."
        ),
    )

    class Meta:
        model = Collection
        fields = ("published", *RIGHTS, "extent_mode", "validation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(declared=self.instance.queryables, item_rules=self.instance.rules or None)

    def clean_viewer_groups(self) -> list[int]:
        return keys_of(self.cleaned_data["viewer_groups"])

    def clean_owner_groups(self) -> list[int]:
        return keys_of(self.cleaned_data["owner_groups"])

    def clean_declared(self) -> Any:
        return self.sound("declared", problems_of)

    def clean_item_rules(self) -> Any:
        return self.sound("item_rules", problems_of_rules)

    def sound(self, name: str, judge: Callable[[Any], list[Problem]]) -> Any:
        """Return the object of a field; refuse what is wrong with it, with its lines."""
        value = self.cleaned_data[name]
        if problems := [] if value is None else judge(value)[:MOST_SHOWN]:
            text, field_id = str(self.data.get(self.add_prefix(name))), str(self[name].id_for_label)
            raise ValidationError([shown_problem(problem, text, field_id) for problem in problems])
        return value

    def asked(self) -> dict[str, Any]:
        """What ``set_validation`` is to be told: what was changed on the form."""
        rules = {"rules": self.cleaned_data["item_rules"] or {}} if "item_rules" in self.changed_data else {}
        return {"level": self.column("validation"), **rules}


class NewCollectionForm(CollectionForm):
    """A collection to be."""

    members = {"member_id": ("id",), **CollectionForm.members}
    skeleton = {
        "type": "Collection",
        "stac_version": CURRENT,
        "id": "",
        "description": "",
        "license": "",
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}},
        "links": [],
    }
    member_id = member(ID, ID_HELP)
