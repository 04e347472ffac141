"""A real browser on the live server: no request leaves the machine, and the strictest content security policy holds."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; form-action 'self'"


def strict_policy(get_response):
    """A middleware that lets pages use nothing but what the site itself serves."""

    def answer(request):
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return answer


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the distribution."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    # Playwright runs a loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass(slots=True)
class Visitor:
    """A person at a browser, with what the browser complained of and asked for."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.origin}{path}")

    def sign_in(self, name: str, password: str) -> None:
        self.open("/admin/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", password)
        self.page.click("input[type=submit]")


@pytest.fixture
def visitor(browser, live_server, settings) -> Iterator[Visitor]:
    """A new visitor; afterwards nothing was complained of and nobody else was asked."""
    settings.MIDDLEWARE = ["tests.browser.conftest.strict_policy", *settings.MIDDLEWARE]
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    person = Visitor(page, live_server.url)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.on("console", lambda message: person.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: person.complaints.append(str(error)))
    page.on("request", lambda request: person.requests.append(request.url))
    yield person
    page.close()
    assert person.complaints == []
    assert [url for url in person.requests if not url.startswith((person.origin, "data:"))] == []


@pytest.fixture
def curator(transactional_db):
    """The name and the password of somebody who may do everything."""
    get_user_model().objects.create_superuser("curator", password="curator")
    return "curator", "curator"
