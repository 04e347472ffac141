"""What pages show beside their document, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_stac import transactions
from django_stac.api.pages.assets import asset_rows
from django_stac.api.pages.hyperlinks import id_below, image_url, web_url
from django_stac.api.pages.operations import groups
from django_stac.api.pages.properties import property_of
from django_stac.api.pages.times import in_words, instant
from django_stac.documents.hrefs import Hrefs
from django_stac.models.stored_file import reference
from django_stac.transactions import FileFact, Incoming
from tests.api.asking import ask
from tests.factories import an_item, box, put, put_catalog, put_collection

HREFS = Hrefs("https://stac.example.com/stac/")
ITEM = "https://stac.example.com/stac/collections/a/items/b"


def page(*names, user=None, **params):
    return ask(*names, user=user, f="html", **params).content.decode()


def put_pictured(item_id, *, collection="scenes", published=True):
    """Store an item with a thumbnail of ours."""
    put_collection(collection)
    path = f"{collection}/{item_id}.png"
    asset = {"href": reference("django_stac", path), "type": "image/png", "roles": ["thumbnail"]}
    fact = FileFact(storage="django_stac", path=path, key="thumbnail", size=2048, owned=True)
    document = an_item(item_id, collection=collection, assets={"thumbnail": asset})
    transactions.upsert_items([Incoming(document=document, files=[fact])], published=published)


def cost(*names, user=None, **params):
    """How many statements a page takes beyond its JSON."""
    counts = []
    for form in ("json", "html"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask(*names, user=user, f=form, **params)
        counts.append(len(captured))
    return counts[1] - counts[0]


class TestStatements:
    @pytest.mark.parametrize(
        ("names", "beyond"),
        [
            (("landing",), 4),
            (("catalogs",), 0),
            (("catalog", "shelf"), 0),
            (("collections",), 2),
            (("collection", "a"), 2),
            (("items", "a"), 0),
            (("item", "a", "a0"), 1),
            (("search",), 1),
            (("conformance",), 0),
            (("api-html",), 0),
        ],
    )
    def test_pages_ask_few_bounded_questions_beside_their_json(self, db, names, beyond):
        put_catalog()
        for collection in ("a", "b", "c"):
            for number in range(3):
                put_pictured(f"{collection}{number}", collection=collection)
        assert cost(*names) == beyond

    def test_more_collections_cost_no_more_statements(self, db):
        put_pictured("a0", collection="a")
        put_pictured("b0", collection="b")
        few = cost("collections")
        for name in "cdefgh":
            put_pictured(f"{name}0", collection=name)
        assert cost("collections") == few


class TestNothingHiddenLeaks:
    def test_hidden_items_stand_on_no_shelf(self, db):
        put_pictured("open")
        put_pictured("secret", published=False)
        for names in (("landing",), ("collections",), ("collection", "scenes"), ("items", "scenes"), ("search",)):
            assert "secret" not in page(*names)

    def test_hidden_collections_are_no_choice_of_the_form(self, db):
        put_pictured("open")
        put_collection("secret-collection", published=False)
        assert "secret" not in page("landing") + page("search") + page("collections")

    def test_staff_without_permission_sees_no_more(self, staff):
        put_pictured("open")
        put_pictured("secret", published=False)
        assert "secret" not in page("collection", "scenes", user=staff)

    def test_viewers_see_what_is_hidden(self, viewer):
        put_pictured("secret", published=False)
        assert "secret.png" in page("collection", "scenes", user=viewer)


class TestPictures:
    def test_thumbnails_are_shown_on_every_level(self, db):
        put_pictured("one")
        image = '<img src="http://testserver/stac/files/django_stac/scenes/one.png"'
        for names in (("landing",), ("collections",), ("collection", "scenes"), ("items", "scenes"), ("search",)):
            assert image in page(*names)
        assert image in page("item", "scenes", "one")

    def test_pictures_of_other_sites_are_linked_not_loaded(self, db):
        put(an_item("far", assets={"thumbnail": {"href": "https://far.example/a.png", "roles": ["thumbnail"]}}))
        shown = page("item", "scenes", "far")
        assert '<a href="https://far.example/a.png">' in shown
        assert "<img" not in shown

    def test_footprint_stands_in_for_a_missing_picture(self, db):
        put(an_item("bare"))
        assert 'class="item area"' in page("items", "scenes")

    def test_what_overshoots_the_antimeridian_is_drawn(self, db):
        put(an_item("dem", geometry=box(-180.0014, -90, -179, -89)))
        assert 'class="item area"' in page("items", "scenes")
        assert page("item", "scenes", "dem").count("-180.0014") >= 2

    def test_sizes_of_stored_files_are_told(self, db):
        put_pictured("one")
        assert "2.0\xa0KB" in page("item", "scenes", "one")

    @pytest.mark.parametrize(
        ("href", "url"),
        [
            ("stac-file:scenes/a.png", "https://stac.example.com/stac/files/scenes/a.png"),
            ("./a.png", "https://stac.example.com/stac/collections/a/items/a.png"),
            ("https://stac.example.com/a.png", "https://stac.example.com/a.png"),
            ("https://other.example.com/a.png", None),
            ("//other.example.com/a.png", None),
            ("data:image/png;base64,AAAA", None),
        ],
    )
    def test_images_come_from_this_site_alone(self, href, url):
        assert image_url(href, ITEM, HREFS) == url


class TestLinks:
    @pytest.mark.parametrize("href", ["s3://bucket/key", "javascript:x", "", " ", None, 7, "http://[bad", "mailto:a@b"])
    def test_only_web_links_are_links(self, href):
        assert web_url(href, ITEM) is None

    @pytest.mark.parametrize(
        ("url", "found"),
        [
            (HREFS.collection("a/b ö"), "a/b ö"),
            (HREFS.items("a"), None),
            (HREFS.collections, None),
            ("https://elsewhere.example/collections/a", None),
            (None, None),
        ],
    )
    def test_ids_are_read_from_our_own_urls(self, url, found):
        assert id_below(url, HREFS.collections) == found

    def test_pages_of_a_search_are_linked(self, db):
        put(*(an_item(f"i{number}") for number in range(3)))
        assert 'rel="next">' in page("search", limit=2)
        assert 'rel="next">' not in page("search")

    def test_staff_with_permission_finds_the_admin(self, admin_user):
        item = put(an_item())[0]
        assert f'"/admin/django_stac/item/{item.pk}/change/"' in page("item", "scenes", "scene", user=admin_user)
        assert "/admin/" not in page("item", "scenes", "scene")

    def test_front_page_leads_to_the_collections_that_it_has_no_room_for(self, db):
        put_collection()
        assert '<a class="more" href="http://testserver/stac/collections">' in page("landing")

    def test_front_page_leads_staff_to_the_admin_and_strangers_to_signing_in(self, staff):
        assert 'href="/admin/"' in page("landing", user=staff)
        assert 'href="/admin/login/?next=/stac/"' in page("landing")
        assert "/admin/login/" not in page("landing", user=staff)

    def test_description_that_the_documentation_links_to_is_the_document(self, client):
        (href,) = re.findall('href="([^"]*)" type="application/vnd.oai', page("api-html"))
        assert client.get(href, headers={"accept": "text/html"}).json()["openapi"]

    def test_ids_with_odd_characters_have_working_links(self, db):
        put(an_item("a/b?c#d", collection="scenes"))
        assert "/stac/collections/scenes/items/a%2Fb%3Fc%23d" in page("items", "scenes")


class TestForm:
    def test_it_keeps_what_was_asked_for(self, db):
        put(an_item())
        shown = page("search", bbox="10,45,11,46", collections="scenes", limit="7")
        assert 'name="bbox" value="10,45,11,46"' in shown
        assert '<option value="scenes" selected>' in shown
        assert "<option selected>7</option>" in shown

    def test_several_collections_stay_a_choice(self, db):
        put(an_item())
        assert '<option value="scenes,others" selected>' in page("search", collections="scenes,others")
        assert "selected>Scenes" in page("search", collections="scenes")

    def test_search_that_was_not_understood_can_be_put_right(self, db):
        shown = page("search", bbox="10,45", datetime="yesterday")
        assert 'name="bbox" value="10,45"' in shown
        assert 'name="datetime" value="yesterday"' in shown

    def test_search_below_a_collection_can_be_put_right_too(self, db):
        put(an_item())
        shown = page("items", "scenes", filter="gsd <")
        assert 'action="http://testserver/stac/collections/scenes/items"' in shown
        assert 'name="filter" value="gsd &lt;"' in shown
        assert "<form" not in page("items", "nowhere")

    def test_search_of_collections_can_be_put_right_too(self, db):
        for name in ("collections", "collections-search"):
            assert 'name="datetime" value="yesterday"' in page(name, datetime="yesterday")

    def test_form_holds_filter_and_order_and_the_language_of_the_filter(self, db):
        shown = page("search", filter='{"op": "isNull", "args": [{"property": "gsd"}]}', sortby="-id", **JSON)
        assert 'name="filter" value="{&quot;op&quot;: &quot;isNull&quot;' in shown
        assert 'name="sortby" value="-id"' in shown
        assert 'name="filter-lang" value="cql2-json"' in shown
        assert 'name="filter"' in page("search", filter="colour <")
        assert 'name="filter"' not in page("landing")

    def test_form_of_a_collection_searches_that_collection(self, db):
        put(an_item())
        shown = page("items", "scenes")
        assert 'action="http://testserver/stac/collections/scenes/items"' in shown
        assert 'name="collections"' not in shown


JSON = {"filter-lang": "cql2-json"}


class TestWords:
    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [
            (None, None, "any time"),
            ("2024-05-03T10:00:00Z", None, "since 3 May 2024"),
            (None, "2024-05-03T10:00:00Z", "until 3 May 2024"),
            ("2024-05-03T10:00:00Z", "2024-05-03T11:00:00Z", "3 May 2024"),
            ("2024-05-03T10:00:00Z", "2024-06-01T00:00:00Z", "3 May 2024 – 1 June 2024"),  # noqa: RUF001
        ],
    )
    def test_spans(self, start, end, words):
        assert in_words((instant(start), instant(end))) == words

    @pytest.mark.parametrize(
        ("key", "value", "shown"),
        [
            ("eo:cloud_cover", 12.5, "12.5\xa0%"),
            ("gsd", 10, "10\xa0m"),
            ("view:sun_elevation", 42.619081069486, "42.619081°"),
            ("proj:bbox", [600000.0, 5270400.0], "600000, 5270400"),
            ("datetime", "2024-06-01T10:00:00Z", "1 June 2024, 10:00:00 UTC"),
            ("gsd", {"minimum": 10, "maximum": 60}, "10 – 60\xa0m"),  # noqa: RUF001
            ("instruments", ["oli", "tirs"], "oli, tirs"),
            ("x:flag", True, "yes"),
            ("x:nothing", None, "none"),
            ("x:deep", {"a": [1]}, '{"a":[1]}'),
            ("x:tiny", 1e-12, "1e-12"),
        ],
    )
    def test_values_have_names_and_units(self, key, value, shown):
        assert property_of(key, value).value == shown


class TestAssets:
    def test_bands_of_both_versions_are_read(self):
        new = {"data_type": "uint8", "bands": [{"name": "b1", "eo:common_name": "red", "statistics": {"mean": 2.5}}]}
        old = {
            "eo:bands": [{"name": "b1", "common_name": "red"}],
            "raster:bands": [{"data_type": "uint8", "statistics": {"mean": 2.5}}],
        }
        rows = asset_rows({"new": new, "old": old}, ITEM)
        assert rows[0].bands == rows[1].bands
        assert (rows[0].bands[0].common_name, rows[0].bands[0].statistics[2]) == ("red", "2.5")

    @pytest.mark.parametrize(("hint", "colour"), [("00FF7f", "#00FF7f"), ("red", ""), ('0"/><x', ""), (None, "")])
    def test_colours_of_a_legend_are_colours(self, hint, colour):
        asset = {"classification:classes": [{"value": 1, "name": "water", "color_hint": hint}]}
        assert asset_rows({"a": asset}, ITEM)[0].classes[0].colour == colour


class TestOperations:
    OPENAPI = {
        "tags": [{"name": "Search", "description": "Finding."}],
        "servers": [{"url": "https://stac.example.com/stac"}],
        "components": {"parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}}},
        "paths": {
            "/search": {
                "parameters": [{"$ref": "#/components/parameters/limit"}],
                "post": {
                    "tags": ["Search"],
                    "requestBody": {"content": {"application/json": {}}},
                    "responses": {"200": {"description": "Items", "content": {"application/geo+json": {}}}},
                },
            }
        },
    }

    def test_references_and_path_parameters_are_followed(self):
        (group,) = groups(self.OPENAPI, HREFS.root)
        (operation,) = group.operations
        assert [(parameter.name, parameter.kind) for parameter in operation.parameters] == [("limit", "integer")]
        assert [(answer.status, answer.media_types) for answer in operation.answers] == [
            ("200", ["application/geo+json"])
        ]

    def test_example_is_a_command_that_can_be_pasted(self):
        operation = groups(self.OPENAPI, HREFS.root)[0].operations[0]
        assert operation.curl.startswith("curl \\\n  -X POST \\\n  -H 'Content-Type: application/json'")
        assert operation.curl.endswith("'https://stac.example.com/stac/search'")

    def test_reference_in_a_circle_ends(self):
        circle = {"components": {"parameters": {"a": {"$ref": "#/components/parameters/a"}}}}
        paths = {"/": {"get": {"parameters": [{"$ref": "#/components/parameters/a"}]}}}
        assert groups({**circle, "paths": paths}, HREFS.root)[0].operations[0].parameters[0].name == ""

    def test_every_operation_of_the_api_is_documented(self, db):
        shown = page("api-html")
        for path in ask("api").json()["paths"]:
            assert f"<code>{path}</code>" in shown
