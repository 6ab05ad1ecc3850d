"""Introductory calls: offered without scripts, booked with the keyboard, taken along, and cancelled."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import check_fit


def _times(visit: Visit) -> str:
    """Where members see the free times of the demo's provider."""
    page = visit("provider")
    page.goto("/listing/calls/")
    return str(page.get_by_role("link", name="See them as members do").get_attribute("href"))


def test_a_provider_offers_a_time_without_scripts(visit: Visit) -> None:
    page = visit("provider", scripts=False)
    page.goto("/listing/calls/")
    page.get_by_role("link", name="Add a time").click()
    page.get_by_label("How often").select_option(label="Every week on Thursday")
    page.get_by_label("Begins at").fill("07:45")
    page.get_by_label("Time zone").select_option("America/St_Johns")
    page.get_by_role("button", name="Offer it").click()
    page.get_by_role("link", name="Thursday, 7:45 a.m.").click()
    page.get_by_role("button", name="Leave it out").first.click()
    expect(page.get_by_role("button", name="Left out: take it in again")).to_have_count(1)
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_role("button", name="Offer it again")).to_be_visible()
    offer = page.url
    laptop = visit("provider")
    laptop.goto(offer)
    check_fit(laptop, 0)
    page.get_by_role("button", name="Take it back for good").click()
    expect(page.get_by_role("link", name="Thursday, 7:45 a.m.")).to_have_count(0)


def test_a_member_books_with_the_keyboard_takes_the_file_and_cancels(visit: Visit) -> None:
    times, page = _times(visit), visit("newcomer")
    page.goto(times.replace("calls/", ""))
    expect(page.get_by_role("heading", name="Introductory calls")).to_be_visible()
    page.goto(times)
    check_fit(page, 1)
    walker.tab_to(page, "min")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Book this time?")).to_be_visible()
    check_fit(page, 2)
    walker.tab_to(page, "Book it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Booked. You both get a file")).to_be_visible()
    check_fit(page, 3)
    with page.expect_download() as download:
        page.get_by_role("link", name="Put it into your calendar").click()
    assert "SUMMARY:Hold" in Path(download.value.path()).read_text()
    assert download.value.suggested_filename == "hold.ics"
    page.get_by_role("link", name="Cancel this call").click()
    check_fit(page, 4)
    page.get_by_role("button", name="Cancel the call").click()
    expect(page.get_by_text("Cancelled. The other one hears of it now")).to_be_visible()
    check_fit(page, 5)
    expect(page.get_by_role("link", name="Take it out of your calendar")).to_be_visible()


def test_a_visitor_is_asked_to_sign_in_and_sees_no_time(visit: Visit) -> None:
    listing = _times(visit).replace("calls/", "")
    page = visit()
    page.goto(listing)
    section = page.get_by_role("region", name="Introductory calls")
    expect(section.get_by_role("link", name="Sign in to see the times")).to_be_visible()
    assert not re.search(r"\d (a|p)\.m\.|\d{4}", section.inner_text())
