"""Leaving quickly, by click and by key; and taking one's data along before erasing it."""

import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.served import Served

ELSEWHERE = "**://www.wikipedia.org/**"


def _elsewhere(page: Page) -> None:
    """The other site answers without a network; it is the one request that may leave the house."""

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title>")

    page.context.route(ELSEWHERE, answer)


@pytest.mark.parametrize("way", ["click", "escape", "without scripts"])
def test_a_visitor_leaves_at_once(way: str, visit: Visit, house: Served) -> None:
    page = visit(java_script_enabled=way != "without scripts", leaves_to="https://www.wikipedia.org/")
    _elsewhere(page)
    page.goto("/find/?where=US-WA")
    if way == "escape":
        for _ in range(3):
            page.keyboard.press("Escape")
    else:
        page.get_by_role("link", name="Leave quickly").click()
    expect(page).to_have_title("Elsewhere")
    if way != "without scripts":
        page.go_back()
        assert "/find/" not in page.url, "Going back must not show what was left."


def test_a_member_takes_the_data_along_and_erases_it(visit: Visit) -> None:
    page = visit()
    address = walker.sign_up(page)
    page.goto("/account/privacy/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my data").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert any(address in text for text in files.values())
    assert all(json.loads(text) is not None for name, text in files.items() if name.endswith(".json"))
    page.get_by_role("link", name="Erase my account").click()
    box = page.locator("[data-type-back]")
    box.fill(box.get_attribute("data-type-back") or "")
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("erased"))
    page.goto("/account/login/")
    page.get_by_label("E-mail", exact=False).first.fill(address)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.locator("input[name=code]")).to_be_visible()
