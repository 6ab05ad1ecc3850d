"""What a journey starts from: the product served, one browser, and a fresh visitor for each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from breathingroom.config.demo import accounts
from tests.journeys import walker
from tests.journeys.served import Served, served
from tests.journeys.watch import Watch

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SLOWEST = 10_000
LAPTOP = {"width": 1280, "height": 900}
expect.set_options(timeout=SLOWEST)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a journey; without Chromium it is left out, and says so."""
    here = Path(__file__).parent
    absent = not CHROMIUM.exists() and os.environ.get("REQUIRE_ALL", "") in {"", "0"}
    for item in items:
        if here in item.path.parents:
            item.add_marker("journey")
            if absent:
                item.add_marker(pytest.mark.skip(reason=f"journeys need Chromium at {CHROMIUM}"))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo community, web pages and worker, on a database of its own."""
    with served(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with its module: its event loop must not run beside tests that use the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(house: Served, browser: Browser) -> Iterator[Visit]:
    """Open a page as somebody new; at the end nothing must have gone wrong on the way."""
    contexts: list[BrowserContext] = []
    watch = Watch(house.address)

    def begin(*, leaves_to: str = "", **wishes: Any) -> Page:
        watch.allow(leaves_to)
        options = {"viewport": LAPTOP, "reduced_motion": "reduce", "base_url": house.address, **wishes}
        context = browser.new_context(**options)
        context.set_default_timeout(SLOWEST)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield begin
    for context in contexts:
        context.close()
    assert not watch.seen, "\n".join(watch.seen)


@pytest.fixture(scope="session")
def _states() -> dict[str, Any]:
    return {}


@pytest.fixture
def visit_as(visit: Visit, _states: dict[str, Any]) -> Visit:
    """Open a page as one of the demo's people, signed in; each signs in once."""

    def begin(role: str, **wishes: Any) -> Page:
        if role not in _states:
            page = visit()
            walker.sign_in(page, next(a.email for a in accounts.ACCOUNTS if a.role == role))
            _states[role] = page.context.storage_state()
            return page if not wishes else visit(storage_state=_states[role], **wishes)
        return visit(storage_state=_states[role], **wishes)

    return begin
