"""The history of a row in the admin: who made which version when, what it changed, and how it is restored."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.admin import history
from django_stac.models import Catalog, Collection, Item, Version
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog

pytestmark = pytest.mark.django_db
RIGHTS = ("view_item", "change_item", "view_collection", "change_collection", "view_catalog", "change_catalog")


@pytest.fixture
def editor(curator):
    return curator(*RIGHTS)


@pytest.fixture
def rows():
    """One of each kind, which was changed once."""
    put(an_item("a", title="first"))
    put_catalog("shelf", title="first")
    transactions.replace_item(an_item("a", title="second", keywords=["new"]))
    transactions.replace_collection(a_collection("scenes", title="second"))
    transactions.replace_catalog(a_catalog("shelf", title="second"))
    return [model.objects.get() for model in (Item, Collection, Catalog)]


def url(row):
    return reverse(f"admin:django_stac_{row._meta.model_name}_history", args=[row.pk])


def restore(client, row, number, **further):
    return client.post(url(row), {"number": number, "digest": row.digest, **further}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_versions_are_listed_with_what_they_changed(editor, rows):
    for row in rows:
        page = editor.get(url(row))
        assert [line.state.number for line in page.context["lines"]] == [2, 1]
        assert "/title" in [change.place for change in page.context["lines"][0].changes]
        assert "second" in page.content.decode()


def test_what_stood_and_what_stands_are_shown_as_json(editor, rows):
    page = editor.get(url(rows[0])).content.decode()
    assert "<del>&quot;first&quot;</del><ins>&quot;second&quot;</ins>" in page
    assert "<ins>[&quot;new&quot;]</ins>" in page


def test_markup_in_a_document_is_text(editor, rows):
    transactions.patch_item("scenes", "a", {"<b>": "<script>alert(1)</script>"})
    assert "<script>alert" not in editor.get(url(rows[0])).content.decode()


def test_who_made_a_version_is_named(editor, rows, django_user_model):
    transactions.patch_item("scenes", "a", {"title": "third"}, actor=django_user_model.objects.get())
    assert editor.get(url(rows[0])).context["lines"][0].writer == "curator"


def test_a_version_is_restored(editor, rows):
    for row in rows:
        response = restore(editor, row, 1)
        assert messages(response) == ["Version 1 was restored."]
        row.refresh_from_db()
        assert row.document.get("title") != "second"
        assert Version.objects.filter(number=2, digest__gt="", thing_id=response.context["original"].document["id"])
    assert LogEntry.objects.count() == len(rows)


def test_what_was_changed_meanwhile_is_not_overwritten(editor, rows):
    transactions.patch_item("scenes", "a", {"title": "of another"})
    response = restore(editor, rows[0], 1)
    assert "changed since it was read" in messages(response)[0]
    assert Item.objects.get().document["title"] == "of another"


def test_a_form_without_the_state_that_was_shown_restores_nothing(editor, rows):
    response = editor.post(url(rows[0]), {"number": 1}, follow=True)
    assert "changed since it was read" in messages(response)[0]
    assert Item.objects.get().document["title"] == "second"


@pytest.mark.parametrize("number", ["", "x", "0", "9", "-1", "9" * 40])
def test_what_is_no_version_is_refused(editor, rows, number):
    assert "no" in messages(restore(editor, rows[0], number))[0].lower()
    assert Item.objects.get().document["title"] == "second"


def test_readers_see_no_versions_and_restore_none(reader, rows):
    for row in rows:
        assert "lines" not in reader.get(url(row)).context
        assert restore(reader, row, 1).status_code == 403


class Open(AccessPolicy):
    """Everybody may know what was."""

    def sees_history(self, user, action, **kwargs):
        return True


def test_who_wrote_is_told_to_those_alone_who_may_write(reader, rows, settings, django_user_model):
    settings.DJANGO_STAC = {"ACCESS_POLICY": f"{__name__}.Open"}
    transactions.patch_item("scenes", "a", {"title": "third"}, actor=django_user_model.objects.get())
    lines = reader.get(url(rows[0])).context["lines"]
    assert [line.state.number for line in lines] == [3, 2, 1]
    assert {line.writer for line in lines} == {""}


def test_versions_that_were_not_published_stay_with_those_who_see_them(curator):
    (item,) = put(an_item("a", title="secret"), published=False)
    transactions.patch_item("scenes", "a", {"title": "second"})
    transactions.set_published(item, published=True)
    transactions.patch_item("scenes", "a", {"title": "third"})
    page = curator("change_item").get(url(item))
    assert [line.state.number for line in page.context["lines"]] == [3, 2]
    assert "secret" not in page.content.decode()


def test_owners_restore_in_their_collection(client, staff, rows):
    group = Group.objects.create(name="owners")
    staff.groups.add(group)
    transactions.set_rights("scenes", owner_groups=[group.pk])
    client.force_login(staff)
    assert messages(restore(client, rows[0], 1)) == ["Version 1 was restored."]


def test_a_long_history_comes_in_pages(editor, rows, monkeypatch):
    monkeypatch.setattr(history, "A_PAGE", 1)
    first = editor.get(url(rows[0]))
    assert [len(first.context["lines"][0].changes), first.context["older"]] == [2, 2]
    second = editor.get(url(rows[0]), {"below": 2})
    assert [second.context["lines"][0].state.number, second.context["older"]] == [1, None]


def test_many_changes_are_counted_and_some_shown(editor, rows, monkeypatch):
    monkeypatch.setattr(history, "MOST_CHANGES", 1)
    (line, _) = editor.get(url(rows[0])).context["lines"]
    assert (len(line.changes), line.left_out, line.count) == (1, 1, 2)


def test_a_row_that_is_not_there_has_no_history(editor, rows):
    assert editor.get(reverse("admin:django_stac_item_history", args=[0]), follow=True).status_code == 200
    assert editor.post(reverse("admin:django_stac_item_history", args=[0]), {"number": 1}).status_code == 302


def test_what_was_made_anew_says_so(editor, rows):
    transactions.delete_item("scenes", "a")
    transactions.restore_item("scenes", "a", 2)
    page = editor.get(url(Item.objects.get())).content.decode()
    assert "Made anew after it was deleted." in page
