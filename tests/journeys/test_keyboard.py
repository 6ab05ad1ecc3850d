"""By keyboard alone: search and open somebody, and edit a step of one's listing."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import walker
from tests.journeys.conftest import Visit


def test_a_visitor_searches_and_opens_with_the_keyboard(visit: Visit) -> None:
    page = visit()
    page.goto("/find/")
    page.keyboard.press("Tab")
    assert "Skip" in walker.focused(page)
    walker.tab_to(page, "Where")
    page.keyboard.type("Washington")
    expect(page).to_have_url(re.compile("where=US-WA"))
    walker.tab_to(page, "Supervisor")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("role=supervisor"))
    expect(page.locator("#role-supervisor")).to_be_focused()
    name = page.locator("article.result h2").first.inner_text()
    walker.tab_to(page, name, most=200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split(",")[0])


def test_a_clinician_edits_a_step_with_the_keyboard(visit: Visit) -> None:
    page = visit("provider")
    page.goto("/listing/edit/words/")
    walker.tab_to(page, "One sentence about your work")
    _replace(page, "I keep Friday mornings for colleagues")
    walker.tab_to(page, "Save and leave")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/listing/$"))
    page.goto("/listing/preview/")
    expect(page.get_by_text("I keep Friday mornings for colleagues")).to_be_visible()


def test_the_skip_link_leads_past_the_navigation(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def _replace(page: Page, words: str) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
