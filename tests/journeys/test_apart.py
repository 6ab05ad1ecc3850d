"""Keeping away and supervision both ways, with the keyboard alone; and one click without signing in."""

import re

from playwright.sync_api import expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import check_fit


def test_a_provider_keeps_somebody_away_by_keyboard(visit: Visit) -> None:
    page = visit("provider")
    page.goto("/listing/")
    walker.tab_to(page, "Keep away from")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Keep away from")).to_be_visible()
    walker.tab_to(page, "Their e-mail address")
    page.keyboard.type("by.keyboard@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added. From now on")).to_be_visible()
    expect(page.get_by_text("by.keyboard@example.org").first).to_be_visible()
    check_fit(page, 0)
    line = page.locator("li.line", has_text="by.keyboard@example.org")
    line.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taken off your list.")).to_be_visible()
    expect(page.locator("li.line", has_text="by.keyboard@example.org")).to_have_count(0)


def test_a_supervisor_offers_by_keyboard_and_without_scripts(visit: Visit) -> None:
    page = visit("provider", scripts=False)
    page.goto("/supervision/")
    before = page.get_by_text("You have written").count()
    walker.tab_to(page, "Show people", 60)
    page.get_by_role("button", name="I would like to supervise you").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("They are told that you would like to")).to_be_visible()
    assert page.get_by_text("You have written").count() == before + 1


def test_a_member_changes_what_they_seek_by_keyboard(visit: Visit) -> None:
    page = visit("member")
    page.goto("/supervision/seeking/")
    expect(page.get_by_role("heading", name="They would like to supervise you")).to_be_visible()
    walker.tab_to(page, "Supervised hours left", 60)
    page.keyboard.press("Control+A")
    page.keyboard.type("640")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Verified supervisors can see it now")).to_be_visible()
    expect(page.get_by_text(re.compile("640 supervised hours left"))).to_be_visible()


def test_a_link_that_is_used_up_says_so_kindly(visit: Visit) -> None:
    page = visit()
    page.goto("/still/nothing/")
    expect(page.get_by_role("heading", name="This link is used up")).to_be_visible()
