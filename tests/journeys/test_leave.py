"""Leaving quickly, by click and by key; and taking one's data along before erasing it."""

import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import walker
from tests.journeys.conftest import Visit

ELSEWHERE = "https://www.wikipedia.org/"  # asked for, and never reached: the browser knows no other site


@pytest.mark.parametrize("way", ["click", "escape", "without scripts"])
def test_a_visitor_leaves_at_once(way: str, visit: Visit) -> None:
    page = visit(scripts=way != "without scripts", leaves_to=ELSEWHERE)
    page.goto("/find/?where=US-WA&q=left")
    with page.expect_request(ELSEWHERE):
        _leave(page, way)
    expect(page).not_to_have_url(re.compile("localhost"))
    if way != "without scripts":
        page.go_back()
        assert "q=left" not in page.url, "Going back must not show what was left."


def _leave(page: Page, way: str) -> None:
    if way == "escape":
        for _ in range(3):
            page.keyboard.press("Escape")
    else:
        page.get_by_role("link", name="Leave quickly").click(no_wait_after=True)


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
