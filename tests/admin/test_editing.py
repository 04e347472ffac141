"""Changing the catalogue in the admin: the form and the gate agree, and nothing that was typed is lost."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from django_stac import transactions
from django_stac.models import Catalog, Collection, Item
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db

NO_ASSETS = {f"assets-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
NO_FILES = {f"files-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
NO_CHILDREN = {f"children-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def url(row, what="change"):
    return reverse(f"admin:django_stac_{row._meta.model_name}_{what}", args=[row.pk])


def text(document):
    return json.dumps(document, indent=2)


def told(document, name):
    return document.get(name) or document.get("properties", {}).get(name) or ""


def edit(row, document=None, **fields):
    """What a browser sends for a row's form."""
    return {
        "document": text(document or row.document),
        "read_digest": row.digest,
        "published": "on",
        "initial-published": str(getattr(row, "published", True)),
        "initial-extent_mode": getattr(row, "extent_mode", ""),
        "visibility": getattr(row, "visibility", ""),
        "initial-visibility": getattr(row, "visibility", ""),
        **{f"initial-member_{name}": told(row.document, name) for name in ("title", "description", "license")},
        **NO_ASSETS,
        **NO_FILES,
        **NO_CHILDREN,
        **fields,
    }


def saved(client, address, data):
    response = client.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    return response


def refused(client, address, data):
    response = client.post(address, data)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def item():
    return put(
        an_item("scene", assets={"a": {"href": "https://x.example/a.tif"}, "b": {"href": "https://x.example/b.tif"}})
    )[0]


def with_assets(item, *rows, **fields):
    """A form whose rows of assets are ``(key, changes)``; those of keys that stand come first."""
    data = edit(item, **fields) | {"assets-TOTAL_FORMS": str(len(rows)), "assets-INITIAL_FORMS": "2"}
    standing = {asset.key: asset for asset in item.assets.all()}
    for number, (key, changes) in enumerate(rows):
        asset = standing.get(key)
        shown = {"href": asset.href, "initial-href": asset.href, "id": asset.pk} if asset else {"key": key}
        row = {name.removeprefix("initial-"): value for name, value in shown.items() if not name.startswith("initial-")}
        data |= {f"initial-assets-{number}-{name}": row[name] for name in row if f"initial-{name}" in shown}
        data |= {f"assets-{number}-{name}": value for name, value in {**row, "item": item.pk, **changes}.items()}
    return data


# Items


def test_an_edited_document_is_stored(admin_client, item):
    saved(admin_client, url(item), edit(item, {**item.document, "my:note": "seen"}))
    assert Item.objects.get().document["my:note"] == "seen"


def test_a_change_is_remembered_with_its_author(admin_client, item):
    saved(admin_client, url(item), edit(item, member_title="New"))
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id, entry.is_change()) == ("admin", str(item.pk), True)


def test_a_member_of_the_document_can_be_edited_in_its_own_field(admin_client, item):
    saved(admin_client, url(item), edit(item, member_title="Morning", member_description=""))
    assert Item.objects.get().document["properties"]["title"] == "Morning"
    saved(admin_client, url(item), edit(Item.objects.get(), member_title=""))
    assert "title" not in Item.objects.get().document["properties"]


def test_a_field_that_was_not_touched_leaves_the_text_alone(admin_client, item):
    document = {**item.document, "properties": {**item.document["properties"], "title": "From the text"}}
    saved(admin_client, url(item), edit(item, document, member_title=""))
    assert Item.objects.get().document["properties"]["title"] == "From the text"


def test_a_problem_is_shown_with_line_and_pointer_and_the_text_is_kept(admin_client, item):
    broken = text(item.document).replace("2024-06-01T10:00:00Z", "yesterday")
    page = refused(admin_client, url(item), edit(item) | {"document": broken})
    line = broken[: broken.index("yesterday")].count("\n") + 1
    assert f'data-line="{line}"' in page
    assert "<code>/properties/datetime</code>" in page
    assert "yesterday&quot;" in page
    assert Item.objects.get().document == item.document


def test_a_problem_of_a_member_is_shown_at_its_field(admin_client):
    collection = put_collection()
    response = admin_client.post(
        url(collection), edit(collection, member_license="my own terms", extent_mode="document")
    )
    assert "SPDX" in str(response.context["adminform"].form.errors["member_license"])


@pytest.mark.parametrize(
    ("broken", "message"),
    [("{", "line 1"), ('{"a": 1, "a": 2}', "duplicate key"), ("[]", "object"), ('{"a": NaN}', "NaN"), ("", "required")],
)
def test_what_is_no_json_object_is_refused_with_its_place(admin_client, item, broken, message):
    assert message in refused(admin_client, url(item), edit(item) | {"document": broken})


@pytest.mark.parametrize(("name", "value"), [("id", "other"), ("collection", "elsewhere")])
def test_a_row_keeps_its_identity(admin_client, item, name, value):
    put(an_item("other"))
    page = refused(admin_client, url(item), edit(item, {**item.document, name: value}))
    assert f"<code>/{name}</code>" in page
    assert "must stay" in page


def test_of_two_curators_the_second_is_told_and_keeps_the_text(admin_client, item):
    data = edit(item, {**item.document, "my:note": "second"})
    transactions.replace_item({**item.document, "my:note": "first"})
    page = refused(admin_client, url(item), data)
    assert "Somebody has changed" in page
    assert "second" in page
    assert Item.objects.get().document["my:note"] == "first"


def test_a_form_without_the_digest_that_was_read_is_refused(admin_client, item):
    assert "Somebody has changed" in refused(admin_client, url(item), edit(item) | {"read_digest": ""})


def test_who_saves_a_note_does_not_publish_what_another_has_hidden(admin_client, item):
    data = edit(item, {**item.document, "my:note": "seen"})
    transactions.set_published(item, published=False)
    saved(admin_client, url(item), data)
    assert not Item.objects.get().published


def test_line_breaks_of_browsers_are_no_change(admin_client):
    collection = put_collection(description="First line.\n\nSecond.")
    seen = "First line.\r\n\r\nSecond."
    fields = {"member_description": seen, "initial-member_description": seen, "extent_mode": "document"}
    saved(admin_client, url(collection), edit(collection, **fields))
    assert Collection.objects.get().digest == collection.digest
    document = {**collection.document, "description": "From the text."}
    saved(admin_client, url(collection), edit(collection, document, **fields))
    assert Collection.objects.get().description == "From the text."


def test_a_typed_line_break_is_stored_as_one_character(admin_client, item):
    saved(admin_client, url(item), edit(item, member_description="a\r\nb"))
    assert Item.objects.get().document["properties"]["description"] == "a\nb"


def test_an_item_that_was_deleted_meanwhile_is_no_error_of_ours(admin_client, item):
    data = edit(item)
    transactions.delete_item("scenes", "scene")
    assert admin_client.post(url(item), data).status_code == 302


def test_an_item_is_published_and_hidden_by_its_form(admin_client, item):
    data = edit(item)
    del data["published"]
    saved(admin_client, url(item), data)
    assert not Item.objects.get().published
    saved(admin_client, url(item), edit(Item.objects.get()))
    assert Item.objects.get().published


def test_what_a_form_changes_changes_the_extent_of_a_small_collection(admin_client, item):
    properties = {"datetime": "1999-01-01T00:00:00Z"}
    saved(admin_client, url(item), edit(item, {**item.document, "properties": properties}))
    assert "1999" in str(Collection.objects.get().derived["extent"])


def test_an_item_is_added(admin_client):
    collection = put_collection()
    data = {
        "collection": collection.pk,
        "member_id": "new",
        "member_datetime": "2024-06-01T10:30:00Z",
        "published": "on",
        "document": text({**an_item(), "id": "", "properties": {"datetime": ""}}),
        **NO_ASSETS,
        **NO_FILES,
    }
    saved(admin_client, reverse("admin:django_stac_item_add"), data)
    assert Item.objects.get().document["properties"]["datetime"] == "2024-06-01T10:30:00Z"
    assert LogEntry.objects.get().object_repr == "new"


def test_the_form_of_a_new_item_begins_with_a_skeleton(admin_client):
    page = admin_client.get(reverse("admin:django_stac_item_add")).content.decode()
    assert "&quot;type&quot;: &quot;Feature&quot;" in page


def test_an_id_that_is_taken_is_told(admin_client, item):
    data = {"collection": item.collection.pk, "document": text(item.document), **NO_ASSETS, **NO_FILES}
    assert "already" in refused(admin_client, reverse("admin:django_stac_item_add"), data)


# Assets


def test_assets_are_changed_added_and_taken_away_in_the_document(admin_client, item):
    rows = [
        ("a", {"title": "First", "roles_in_words": "data, visual"}),
        ("b", {"DELETE": "on"}),
        ("c", {"href": "https://x.example/c.png", "media_type": "image/png"}),
    ]
    saved(admin_client, url(item), with_assets(item, *rows))
    assert Item.objects.get().document["assets"] == {
        "a": {"href": "https://x.example/a.tif", "title": "First", "roles": ["data", "visual"]},
        "c": {"href": "https://x.example/c.png", "type": "image/png"},
    }


def test_rows_that_were_not_touched_leave_the_text_alone(admin_client, item):
    document = {**item.document, "assets": {"a": {"href": "https://x.example/new.tif", "my:field": 1}}}
    saved(admin_client, url(item), with_assets(item, ("a", {}), ("b", {}), document=document))
    assert Item.objects.get().document["assets"] == document["assets"]


def test_a_problem_of_an_asset_is_shown_at_its_row(admin_client, item):
    data = with_assets(item, ("a", {"href": "https://x.example/a b"}), ("b", {}))
    response = admin_client.post(url(item), data)
    row = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert "%20" in str(row.errors["href"])
    assert Item.objects.get().document == item.document


def test_many_assets_and_files_are_edited_in_the_text(admin_client):
    (item,) = put(an_item(assets={f"a{number}": {"href": "https://x.example/a.tif"} for number in range(600)}))
    page = admin_client.get(url(item)).content.decode()
    assert 'name="assets-' not in page
    saved(admin_client, url(item), edit(item, {**item.document, "my:note": "seen"}))
    assert len(Item.objects.get().document["assets"]) == 600


@pytest.mark.parametrize("assets", [None, 5, [1], {"a": None}, {"a": "x"}])
def test_odd_assets_are_told_by_the_gate_also_when_rows_were_touched(admin_client, item, assets):
    data = with_assets(item, ("a", {"title": "New"}), ("b", {}), document={**item.document, "assets": assets})
    assert "<code>/assets" in refused(admin_client, url(item), data)


def test_a_text_without_assets_and_a_bad_row_are_told(admin_client, item):
    document = {name: value for name, value in item.document.items() if name != "assets"}
    data = with_assets(item, ("a", {}), ("b", {}), ("", {"href": "x"}), document=document)
    assert "needs a key" in refused(admin_client, url(item), data)


@pytest.mark.parametrize("key", ["", " ", " a ", "x\ty"])
def test_an_odd_key_can_be_edited_and_taken_away(admin_client, key):
    (item,) = put(an_item(assets={key: {"href": "https://x.example/a.tif"}}))
    asset = item.assets.get()
    rows = {"assets-TOTAL_FORMS": "1", "assets-INITIAL_FORMS": "1", "assets-0-id": asset.pk, "assets-0-item": item.pk}
    hrefs = {"assets-0-href": asset.href, "initial-assets-0-href": asset.href}
    saved(admin_client, url(item), edit(item, **rows, **hrefs, **{"assets-0-title": "New"}))
    assert Item.objects.get().document["assets"] == {key: {"href": asset.href, "title": "New"}}
    saved(admin_client, url(item), edit(Item.objects.get(), **rows, **hrefs, **{"assets-0-DELETE": "on"}))
    assert Item.objects.get().document["assets"] == {}


def test_changed_assets_are_remembered(admin_client, item):
    saved(admin_client, url(item), with_assets(item, ("a", {"title": "New"}), ("b", {"DELETE": "on"})))
    assert LogEntry.objects.get().get_change_message() == "Changed Title for asset “a”. Deleted asset “b”."


def test_two_rows_of_one_key_are_refused(admin_client, item):
    data = with_assets(item, ("a", {}), ("b", {}), ("c", {"href": "x"}), ("c", {"href": "y"}))
    assert "asset of this key" in refused(admin_client, url(item), data)


def test_an_asset_key_is_no_markup(admin_client):
    (item,) = put(an_item(assets={"<b>'\"/%": {"href": "https://x.example"}}))
    assert "<b>'" not in admin_client.get(url(item)).content.decode()


# Collections and catalogues


def test_a_collection_is_added_and_edited(admin_client):
    data = {"document": text(a_collection("shown")), "published": "on", "visibility": "public", **NO_FILES}
    data["extent_mode"] = "document"
    saved(admin_client, reverse("admin:django_stac_collection_add"), data)
    collection = Collection.objects.get()
    saved(admin_client, url(collection), edit(collection, member_title="Seen", extent_mode="derived"))
    collection.refresh_from_db()
    assert (collection.title, collection.extent_mode) == ("Seen", "derived")


def test_a_catalogue_is_added_with_what_it_lists(admin_client):
    listed = put_collection("listed")
    rows = {"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0", "children-0-collection": listed.pk}
    saved(admin_client, reverse("admin:django_stac_catalog_add"), {"document": text(a_catalog("shelf")), **rows})
    assert [line.collection for line in Catalog.objects.get().children.all()] == [listed]


def test_a_catalogue_that_would_contain_itself_is_refused(admin_client):
    outer, inner = put_catalog("outer"), put_catalog("inner")
    transactions.add_child(outer, inner)
    rows = {"children-TOTAL_FORMS": "1", "children-0-catalog": outer.pk}
    assert "which it contains" in refused(admin_client, url(inner), edit(inner, **rows))


def test_a_line_of_a_catalogue_is_taken_away(admin_client):
    shelf = put_catalog("shelf")
    line = transactions.add_child(shelf, put_collection("listed"))
    rows = {"children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "1", "children-0-id": line.pk}
    saved(admin_client, url(shelf), edit(shelf, **rows, **{"children-0-parent": shelf.pk, "children-0-DELETE": "on"}))
    assert not shelf.children.exists()


def test_a_line_is_a_catalogue_or_a_collection(admin_client):
    shelf, other = put_catalog("shelf"), put_catalog("other")
    rows = {"children-TOTAL_FORMS": "1", "children-0-catalog": other.pk, "children-0-collection": put_collection().pk}
    assert "one of them" in refused(admin_client, url(shelf), edit(shelf, **rows))


# Deleting


def test_an_item_is_deleted_by_the_gate(admin_client, item):
    saved(admin_client, url(item, "delete"), {"post": "yes"})
    assert not Item.objects.exists()
    assert Collection.objects.get().derived["count"] == 0


def test_selected_items_are_deleted(admin_client):
    items = put(an_item("a"), an_item("b"), an_item("c"))
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in items[:2]], "post": "yes"}
    saved(admin_client, reverse("admin:django_stac_item_changelist"), chosen)
    assert [row.item_id for row in Item.objects.all()] == ["c"]


def test_no_more_rows_are_deleted_at_once_than_one_oversees(admin_client, monkeypatch):
    monkeypatch.setattr("django_stac.admin.editing.MOST_DELETED", 2)
    chosen = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in put(*map(an_item, "abc"))],
        "post": "yes",
    }
    page = admin_client.post(reverse("admin:django_stac_item_changelist"), chosen).content.decode()
    assert "more than 2 are not deleted" in page
    assert Item.objects.count() == 3


def test_a_collection_with_items_is_protected(admin_client, item):
    page = admin_client.post(url(item.collection, "delete"), {"post": "yes"}).content.decode()
    assert "still has items" in page
    assert Collection.objects.exists()


def test_an_empty_collection_and_a_catalogue_are_deleted(admin_client):
    for row in (put_collection(), put_catalog()):
        saved(admin_client, url(row, "delete"), {"post": "yes"})
    assert not Collection.objects.exists()
    assert not Catalog.objects.exists()


def test_the_question_before_a_deletion_opens_no_documents(admin_client, item):
    with CaptureQueriesContext(connection) as captured:
        admin_client.get(url(item, "delete"))
    assert not [query for query in captured if "django_stac_asset" in query["sql"]]


# Validating


def test_selected_rows_are_validated(admin_client, settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    put(an_item("good"), an_item("bad", stac_extensions=7))
    settings.DJANGO_STAC = {}
    chosen = {"action": "validate", "_selected_action": [row.pk for row in Item.objects.all()]}
    page = admin_client.post(reverse("admin:django_stac_item_changelist"), chosen, follow=True).content.decode()
    assert "<code>/stac_extensions</code>" in page
    assert "1 row is valid. 1 row is not." in page


# Rights


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [
        (["view_item"], {"view"}),
        (["view_item", "change_item"], {"view", "change"}),
        (["view_item", "delete_item"], {"view", "delete"}),
        (["view_item", "add_item"], {"view", "add"}),
        ([], set()),
    ],
)
def test_staff_does_what_its_permissions_allow_and_no_more(curator, item, permissions, allowed):
    client, row = curator(*permissions), item
    done = {
        "view": client.get(url(row)).status_code == 200,
        "change": client.post(url(row), edit(row)).status_code == 302,
        "add": client.get(reverse("admin:django_stac_item_add")).status_code == 200,
        "delete": client.get(url(row, "delete")).status_code == 200,
    }
    assert {what for what, worked in done.items() if worked} == allowed


def test_who_may_only_view_sees_text_and_no_form(reader, item):
    page = reader.get(url(item)).content.decode()
    assert "<textarea" not in page
    assert "https://x.example/a.tif" in page


def test_items_are_not_added_to_collections_that_one_does_not_see(curator):
    secret = put_collection("secret", published=False)
    data = {"collection": secret.pk, "document": text(an_item(collection="secret")), **NO_ASSETS, **NO_FILES}
    page = refused(curator("add_item", "view_item"), reverse("admin:django_stac_item_add"), data)
    assert "not one of the available choices" in page
