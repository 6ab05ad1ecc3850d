"""Every page, light and dark, on a phone and on a laptop: axe, nothing sideways, nothing from elsewhere."""

import pytest
from playwright.sync_api import Page

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import AXE, FORMS, check_fit, faults, findings
from tests.journeys.places import PAGES, STAFF

# Where the words in braces are found: a page, and the links on it.
LINKS = {
    "/find/?where=US-WA": {"{listing}": "article.result h2 a"},
    "/licences/": {
        "{licence}": "main a[href*='/edit/']",
        "{licence_remove}": "main a[href*='/remove/']:not([href*='authority'])",
        "{licence_check}": "main a[href$='/check/']",
        "{authority_add}": "main a[href$='/authority/']",
        "{authority_remove}": "main a[href*='/authority/'][href*='/remove/']",
    },
    "/enquiries/": {"{enquiry}": "main h3 a"},
    "/safety/desk/": {"{desk_case}": "main h3 a"},
    "/staff/checks/": {"{check}": ".queue a"},
    "/staff/licensure/compactmember/": {"{first}": "#result_list tbody tr a"},
}


def test_axe_finds_what_is_wrong(visit: Visit) -> None:
    """The control: without it, silence would prove nothing."""
    page = visit()
    page.goto("/")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=/static/core/mark.svg><input>'")
    assert {finding.partition(":")[0] for finding in findings(page)} >= {"image-alt", "label"}


@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_fit_to_use(role: str, visit: Visit) -> None:
    _walk(visit("" if role == "visitor" else role), PAGES[role])


def test_every_staff_page_is_fit_to_use(visit: Visit) -> None:
    page = visit("operator")
    walker.open_staff_pages(page, "Looking at every page")
    _walk(page, STAFF)


def _walk(page: Page, places: list[str]) -> None:
    """To each page once, those of a form together: the window need not change its size each time."""
    turns = sorted(enumerate(_filled(page, places)), key=lambda turn: turn[0] % len(FORMS))
    wrong = []
    with page.add_init_script(path=AXE):
        for turn, place in turns:
            page.goto(place)
            wrong += faults(page, turn)
    assert not wrong, "\n".join(wrong)


def _filled(page: Page, places: list[str]) -> list[str]:
    """The addresses with the words in braces filled in from what stands on the pages."""
    found: dict[str, str] = {}
    for start, links in LINKS.items():
        wanted = links.keys() & places
        if wanted:
            page.goto(start)
        found |= {word: page.locator(links[word]).first.get_attribute("href") or start for word in wanted}
    return [found.get(place, place) for place in places]


def test_forms_that_need_something_are_fit_to_use(visit: Visit) -> None:
    """An error is part of a page too."""
    page = visit()
    page.goto("/account/signup/")
    page.evaluate("document.querySelector('form[action*=signup]').noValidate = true")
    page.locator("form[action*=signup] button").first.click()
    assert page.locator("[aria-invalid=true]").count() >= 1
    check_fit(page, 0)
