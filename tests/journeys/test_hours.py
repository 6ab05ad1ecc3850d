"""Hours by the clock of the visitor's browser; without scripts by that of the clinician, and it says so."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit

ZONES = {"Australia/Adelaide": "Adelaide", "America/Los_Angeles": "Los Angeles"}


@pytest.mark.parametrize("zone", ZONES)
def test_hours_are_by_the_clock_of_the_browser(zone: str, visit: Visit) -> None:
    page = visit()
    with _clock(page, zone):
        _open_one_with_hours(page)
        said = f"By the clock of {ZONES[zone]}, as your browser has it."
        expect(page.locator("[data-hours-said]")).to_have_text(said)
        days = page.locator(".hours__week dt").all_inner_texts()
        assert days == sorted(days, key=WEEK.index)
        for span in page.locator("[data-hours] [data-begins]").all():
            begins, ends = (
                _there(span.get_attribute(f"data-{name}") or "", zone) for name in ("begins", "ends")
            )
            assert span.inner_text() == f"{_said(begins)} to {_said(ends)}"
            day = span.locator("xpath=ancestor::dd/preceding-sibling::dt[1]").inner_text()
            assert day == WEEK[begins.weekday()]


def test_without_scripts_hours_say_whose_clock_it_is(visit: Visit) -> None:
    page = visit(scripts=False)
    _open_one_with_hours(page)
    expect(page.locator("[data-hours-said]")).to_contain_text("In their time zone")


WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@contextmanager
def _clock(page: Page, zone: str) -> Iterator[None]:
    """The browser of this visitor is in that zone."""
    wire = page.context.new_cdp_session(page)
    wire.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
    try:
        yield
    finally:
        wire.detach()


def _open_one_with_hours(page: Page) -> None:
    page.goto("/find/?where=US-TX&times=evenings")
    page.locator("article.result h2 a").first.click()
    expect(page.locator("[data-hours] [data-begins]").first).to_be_visible()


def _there(moment: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))


def _said(time: dt.datetime) -> str:
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes} {'a.m.' if time.hour < 12 else 'p.m.'}"
