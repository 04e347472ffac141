"""Every word that people read can be translated: in templates, in models, in the admin, on pages."""

import ast
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib import admin
from django.template.base import Lexer, TokenType
from django.utils.functional import Promise

import django_stac

SOURCE = Path(django_stac.__file__).parent
TEMPLATES = sorted((SOURCE / "templates").rglob("*.*"))
MODULES = sorted(SOURCE.rglob("*.py"))
SAID = {"title", "alt", "placeholder", "aria-label", "label", "summary"}
"""Attributes whose text people read."""
NAMES = {"STAC", "JSON", "GeoJSON", "OGC", "API", "OpenAPI", "django", "HTML"}
"""Words that are the same in every language."""
BLOCKS = {"blocktranslate", "blocktrans", "comment"}
MARKS_OF_SENTENCES = ".,:;()/\u2013\u2014\u00b7\u2026"
UNREAD = {"script", "style", "code", "svg", "path"}


class Words(HTMLParser):
    """The words of a text that people read."""

    def __init__(self, text):
        super().__init__()
        self.found, self.within = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.within.append(tag)
        is_button = dict(attributes).get("type") in ("submit", "button", "reset")
        said = SAID | {"value"} if is_button else SAID
        self.found += [value for name, value in attributes if name in said and value]

    def handle_endtag(self, tag):
        if tag in self.within:
            del self.within[len(self.within) - 1 - self.within[::-1].index(tag) :]

    def handle_data(self, data):
        if not UNREAD & set(self.within):
            self.found.append(data)


def unmarked(template):
    """The words of a template outside of its translations; what a variable gives is translated where it is made."""
    kept, within = [], ""
    for token in Lexer(template).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if name in BLOCKS:
            within = name
        elif name == f"end{within}":
            within = ""
        if token.token_type == TokenType.TEXT and not within:
            kept.append(token.contents)
    words = (word.strip(MARKS_OF_SENTENCES) for text in Words(" ".join(kept)).found for word in text.split())
    return [word for word in words if any(map(str.isalpha, word)) and word not in NAMES and not word[0].isdigit()]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE / "templates")))
def test_every_word_of_a_template_is_marked(path):
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>{% translate 'Items' %}: {{ count }} · STAC</p>", []),
        ("<p>{% blocktranslate %}Many items{% endblocktranslate %}</p>", []),
        ("{% blocktranslate count n=n %}{{ n }} item{% plural %}{{ n }} items{% endblocktranslate %}", []),
        ("{# A comment #}{% comment %}Another{% endcomment %}<!-- third --><style>p {color: red}</style>", []),
        ("<input type=hidden value=html><time datetime=2024-01-01>", []),
        ("<p>Items: {{ count }}</p>", ["Items"]),
        ("{% if a %}more{% else %}fewer{% endif %}", ["more", "fewer"]),
        ('<img alt="A footprint" title="{{ title }}">', ["A", "footprint"]),
        ('<a aria-label="{% if a %}Next{% endif %}">', ["Next"]),
        ("<input type=submit value=Search>", ["Search"]),
    ],
)
def test_unmarked_words_are_found(template, words):
    assert unmarked(template) == words


# Modules


MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
READ = {"verbose_name", "verbose_name_plural", "help_text", "label", "description", "short_description", "empty_value"}
"""Arguments and members that the admin or a form shows."""


def calls(tree, names):
    """The calls of functions or methods of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in names:
                yield node


def where(path, node):
    return f"{path.relative_to(SOURCE)}:{node.lineno}"


def marked_otherwise(tree):
    """Calls of gettext whose text is no constant: no catalogue can hold it."""
    for call in calls(tree, MARKS):
        texts = call.args[:2] if "ngettext" in ast.unparse(call.func) else call.args[:1]
        if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
            yield call


def spelt_out(tree):
    """Words for people that are no translation."""
    for node in ast.walk(tree):
        pairs = [(node.arg, node.value)] if isinstance(node, ast.keyword) else []
        if isinstance(node, ast.Assign):
            pairs = [(getattr(target, "id", getattr(target, "attr", "")), node.value) for target in node.targets]
        for name, value in pairs:
            if name in READ and isinstance(value, ast.Constant | ast.JoinedStr) and getattr(value, "value", "x"):
                yield node.value


def test_no_translation_is_asked_for_a_text_that_is_made_at_run_time():
    assert [where(path, node) for path in MODULES for node in marked_otherwise(ast.parse(path.read_text()))] == []


@pytest.mark.parametrize("room", ["admin", "models"])
def test_names_and_helps_are_marked(room):
    found = [(path, node) for path in (SOURCE / room).rglob("*.py") for node in spelt_out(ast.parse(path.read_text()))]
    assert [where(path, node) for path, node in found] == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("_('a'); ngettext('a', 'b', n); gettext_lazy('a %(b)s') % {'b': 1}", 0),
        ("_(f'a {b}')", 1),
        ("_('a %s' % b)", 1),
        ("_('a {}'.format(b))", 1),
        ("ngettext('a', f'{n} b', n)", 1),
        ("_(name)", 1),
    ],
)
def test_texts_made_at_run_time_are_found(source, count):
    assert len(list(marked_otherwise(ast.parse(source)))) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("field(help_text=_('a'), label='')", 0),
        ("field(help_text='a')", 1),
        ("verbose_name = 'a'", 1),
        ("f.short_description = f'a {b}'", 1),
    ],
)
def test_words_that_are_spelt_out_are_found(source, count):
    assert len(list(spelt_out(ast.parse(source)))) == count


# What Django makes of them


def pages():
    """The models that the admin lists, with their pages."""
    return [(model, page) for model, page in admin.site._registry.items() if model._meta.app_label == "django_stac"]


def test_models_and_their_fields_have_names_that_can_be_translated():
    assert pages()
    for model, _ in pages():
        names = [model._meta.verbose_name, model._meta.verbose_name_plural]
        names += [field.verbose_name for field in model._meta.fields if not field.primary_key]
        assert [name for name in names if not isinstance(name, Promise)] == [], model


def test_actions_and_columns_of_the_admin_have_names_that_can_be_translated():
    assert pages()
    for model, page in pages():
        shown = [getattr(page, name, None) for name in (*page.actions, *page.list_display, *page.readonly_fields)]
        names = [getattr(each, "short_description", None) for each in shown if callable(each)]
        assert [name for name in names if not isinstance(name, Promise)] == [], model
