"""What a journey starts from: the product served, one browser, and windows for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.config.houses import ON_POSTGRESQL, migrated
from tests.journeys.served import Served, served
from tests.journeys.windows import SLOWEST, Windows

# The shell is the same Chromium without the window around a page, which costs more than most pages.
BROWSERS = [Path(f"/usr/bin/{name}") for name in ("chromium-headless-shell", "chromium")]
CHROMIUM = Path(os.environ.get("CHROMIUM") or next(filter(Path.exists, BROWSERS), BROWSERS[-1]))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    # A frame made anew for every page is work, and nothing that a page can see.
    "--disable-features=RenderDocument,PaintHolding,MediaRouter,OptimizationHints",
]  # fmt: skip
expect.set_options(timeout=SLOWEST)

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a journey, all in one house; without Chromium they are left out.

    They go first: nothing else in a run takes one process as long.
    """
    here = Path(__file__).parent
    absent = not CHROMIUM.exists() and os.environ.get("REQUIRE_ALL", "") in {"", "0"}
    items.sort(key=lambda item: here not in item.path.parents)
    for item in items:
        if here in item.path.parents:
            item.add_marker("journey")
            if absent:
                item.add_marker(pytest.mark.skip(reason=f"journeys need Chromium at {CHROMIUM}"))


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo community, web pages and worker, on a database of its own."""
    home = tmp_path_factory.mktemp("house")
    if not ON_POSTGRESQL:
        with migrated(tmp_path_factory) as tables:
            shutil.copytree(tables.home, home, dirs_exist_ok=True)
    with served(home) as house:
        yield house


@pytest.fixture(scope="package")
def windows(house: Served) -> Iterator[Windows]:
    """Of one browser, closed after the journeys: its event loop must not run beside tests of the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield Windows(browser, house)
        browser.close()


@pytest.fixture
def visit(windows: Windows) -> Iterator[Visit]:
    """Open a window; at the end nothing must have gone wrong on the way."""
    windows.watch.begin()
    yield windows.lend
    windows.take_back()
    assert not windows.watch.seen, "\n".join(windows.watch.seen)
