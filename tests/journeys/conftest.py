"""A browser, a furnished site and a development Stripe for each journey."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page

from cms.site_setup import set_up_site
from payments.gateway import get_gateway
from payments.sandbox.app import SandboxApp
from payments.sandbox.server import listen
from tests.journeys.databases import bring_back, keep
from tests.journeys.watcher import Watcher

# Playwright keeps an event loop in the thread of the tests, which Django takes for
# asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
pytest.register_assert_rewrite("tests.journeys.person")
NO_BROWSER = (
    "these journeys need a Chromium: install your system's package (Debian: "
    "apt install chromium) or name the program in the environment as CHROMIUM"
)
# The first is the same engine without what draws windows, and takes a third less time.
BROWSERS = ("chromium-headless-shell", "chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
)
PATIENCE_MS = 15_000
BANK = {"holder": "SANDBOX", "bank": "SANDBOX", "iban": "SANDBOX", "bic": ""}


# The longest, which begin first: else one core waits at the end for what the other does.
LONGEST = ("test_pages_look", "test_the_whole_way", "test_the_core", "test_staff_look")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if all(here in item.path.parents for item in items):  # nothing but journeys
        items.sort(key=lambda item: _place_of(item.path.stem))


def _place_of(module: str) -> int:
    return LONGEST.index(module) if module in LONGEST else len(LONGEST)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program; where it lacks the tests are skipped, in CI they fail."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS)]
    program = next((name for name in found if name), "")
    if not program and os.environ.get("CI") == "true":
        pytest.fail(NO_BROWSER)
    if not program:
        pytest.skip(NO_BROWSER)
    return program


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    return {"executable_path": chromium, "args": QUIET.split()}


# -- the site ---------------------------------------------------------------


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker, tmp_path_factory) -> Callable[[str], Path]:
    """Two databases by name: as migrations leave it, and with the site set up."""
    if connection.vendor != "sqlite":
        pytest.skip("journeys copy a database file, so they run on SQLite")
    folder = tmp_path_factory.mktemp("databases")
    with django_db_blocker.unblock():
        keep(folder / "migrated")
        set_up_site(translations=False)
        keep(folder / "furnished")
        bring_back(folder / "migrated")
    return lambda name: folder / name


@pytest.fixture
def _migrated_afterwards(kept, django_db_blocker) -> Iterator[None]:
    """After Django's flush the next test finds what migrations had written."""
    yield
    with django_db_blocker.unblock():
        bring_back(kept("migrated"))


@pytest.fixture
def site(_migrated_afterwards, live_server, kept, settings) -> Iterator[str]:
    """The address of a running site: pages, vocabulary, staff groups, no members."""
    bring_back(kept("furnished"))
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    yield live_server.url
    # The flush that follows may not touch a ledger: there must be none.
    bring_back(kept("migrated"))


@pytest.fixture
def development_stripe(site: str, settings) -> Iterator[SandboxApp]:
    """A development Stripe; `deliver_pending` tells this site what was paid."""
    webhook = f"{site}/hooks/stripe/{settings.STRIPE_WEBHOOK_PATH}"
    app = SandboxApp(":memory:", webhook, settings.STRIPE_WEBHOOK_SECRETS[0])
    with closing(app), listen(app, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.STRIPE_SANDBOX_URL = f"http://127.0.0.1:{server.server_port}"
        get_gateway.cache_clear()
        yield app
        get_gateway.cache_clear()
        server.shutdown()


# -- browsers ---------------------------------------------------------------


class Watched:
    """Opens browsers, one a person, and answers for what their pages did."""

    def __init__(self, browser: Browser, own: list[str]) -> None:
        self._browser, self._own = browser, own
        self._watchers: list[Watcher] = []
        self._contexts: list[BrowserContext] = []

    def open(self, site: str, language: str = "en", **options: Any) -> Page:
        context = self._browser.new_context(
            base_url=site,
            locale=language,
            viewport={"width": 1360, "height": 900},
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        self._watchers.append(Watcher(context, *self._own))
        return context.new_page()

    def take_complaints(self) -> list[str]:
        """All complaints until now; each is told once."""
        told = [c for watcher in self._watchers for c in watcher.complaints]
        for watcher in self._watchers:
            watcher.complaints.clear()
        return told

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def browsers(browser: Browser, site: str, settings, request) -> Iterator[Watched]:
    """Opens browsers; a journey fails if a page of theirs did what none may do.

    No violation of the content policy, no error in the console, no answer of 500,
    no host but the site and the development Stripe.
    """
    own = [site]
    if "development_stripe" in request.fixturenames:
        request.getfixturevalue("development_stripe")
        own.append(settings.STRIPE_SANDBOX_URL)
    watched = Watched(browser, own)
    yield watched
    watched.close()
    assert watched.take_complaints() == []


# -- staff -----------------------------------------------------------------


@pytest.fixture
def desk(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.PROGRAMME_BANK = {"USD": BANK}
