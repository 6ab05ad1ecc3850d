"""Every page, light and dark, on a phone and on a laptop: axe, nothing sideways, nothing from elsewhere."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.places import PAGES, STAFF
from tests.journeys.watch import sideways

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
PHONE, LAPTOP = {"width": 320, "height": 720}, {"width": 1280, "height": 900}

SERIOUS = {"serious", "critical"}
OF_THE_SCHEME = ("color-contrast",)
OF_THE_WIDTH = (*OF_THE_SCHEME, "link-in-text-block", "scrollable-region-focusable", "target-size")


@cache
def _axe() -> str:
    return AXE.read_text()


def findings(page: Page, *rules: str) -> list[str]:
    """What axe finds serious or critical here, by all its rules or by some, one line each."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    script = "async (options) => (await axe.run(document, options)).violations"
    return [
        f"{rule['id']}: {node['html'][:120]} {_reasons(node)}"
        for rule in page.evaluate(script, options)
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


def _reasons(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in node["any"] + node["all"])[:160]


def judge(page: Page, place: str) -> list[str]:
    """The faults of one page on a phone and on a laptop, by light and in the dark.

    All rules once; then those that a width or a scheme can change: the document is the same.
    """
    page.goto(place)
    page.evaluate(_axe())
    wrong = []
    for size, rules in ((PHONE, ()), (LAPTOP, OF_THE_WIDTH)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        over = sideways(page)
        faults = [f"{over} px too wide"] if over > 0 else []
        faults += findings(page, *rules)
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {finding}" for finding in findings(page, *OF_THE_SCHEME)]
        wrong += [f"{place} at {size['width']} px: {fault}" for fault in faults]
    return wrong


def test_axe_finds_what_is_wrong(visit: Visit) -> None:
    """The control: without it, silence would prove nothing."""
    page = visit()
    page.goto("/")
    page.evaluate(_axe())
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/static/core/mark.svg><input>'")
    assert {finding.partition(":")[0] for finding in findings(page)} >= {"image-alt", "label"}


def _places(page: Page, places: list[str]) -> list[str]:
    """The addresses with the words in braces filled in from what stands on the pages."""
    where = {
        "{listing}": ("/find/?where=US-WA", "article.result h2 a"),
        "{licence}": ("/licences/", "main a[href*='/edit/']"),
        "{licence_remove}": ("/licences/", "main a[href*='/remove/']:not([href*='authority'])"),
        "{licence_check}": ("/licences/", "main a[href$='/check/']"),
        "{check}": ("/staff/checks/", ".queue a"),
        "{authority_add}": ("/licences/", "main a[href$='/authority/']"),
        "{authority_remove}": ("/licences/", "main a[href*='/authority/'][href*='/remove/']"),
        "{enquiry}": ("/enquiries/", "main h3 a"),
        "{desk_case}": ("/safety/desk/", "main h3 a"),
        "{first}": ("/staff/licensure/compactmember/", "#result_list tbody tr a"),
    }
    return [_first(page, *where[place]) if place in where else place for place in places]


def _first(page: Page, start: str, link: str) -> str:
    page.goto(start)
    return page.locator(link).first.get_attribute("href") or start


@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_fit_to_use(role: str, visit: Visit, visit_as: Visit) -> None:
    page = visit() if role == "visitor" else visit_as(role)
    wrong = [fault for place in _places(page, PAGES[role]) for fault in judge(page, place)]
    assert not wrong, "\n".join(wrong)


def test_every_staff_page_is_fit_to_use(visit_as: Visit) -> None:
    page = visit_as("operator")
    walker.open_staff_pages(page, "Looking at every page")
    wrong = [fault for place in _places(page, STAFF) for fault in judge(page, place)]
    assert not wrong, "\n".join(wrong)


def test_forms_that_need_something_are_fit_to_use(visit: Visit) -> None:
    """An error is part of a page too."""
    page = visit()
    page.goto("/account/signup/")
    page.evaluate("document.querySelector('form[action*=signup]').noValidate = true")
    page.locator("form[action*=signup] button").first.click()
    page.evaluate(_axe())
    assert page.locator("[aria-invalid=true]").count() >= 1
    assert not findings(page)
