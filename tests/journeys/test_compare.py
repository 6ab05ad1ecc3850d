"""Compare and keep: with a mouse and without scripts, by keyboard, on paper, and nothing left behind."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import check_fit

SEARCH = "/find/?where=US-WA"


def _names(page: Page) -> list[str]:
    return page.locator("article.result h2").all_inner_texts()


def _tick(page: Page, *places: int) -> None:
    for place in places:
        page.locator("article.result").nth(place).get_by_role("checkbox").check()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_compares_three_people(scripts: bool, visit: Visit) -> None:
    page = visit(scripts=scripts)
    page.goto(SEARCH)
    names = _names(page)[:3]
    _tick(page, 0, 1, 2)
    page.get_by_role("button", name="Compare those you ticked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Side by side")
    for name in names:
        expect(page.get_by_role("columnheader").filter(has_text=name)).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="May they see you in Washington?")).to_be_visible()
    page.get_by_role("link", name=f"Leave out {names[1]}").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("link", name=names[0], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(names[0].split(",")[0])


def test_a_visitor_goes_the_whole_way_without_scripts(visit: Visit) -> None:
    """From the front door over words, place and filters to one person and back, and to the rule."""
    page = visit(scripts=False, size={"width": 390, "height": 800})
    page.goto("/")
    page.get_by_label("Where you will be sitting").select_option("US-WA")
    page.get_by_role("button", name="See who may see you").click()
    page.locator("label.fold").click()
    page.locator("#format-online").check()
    page.get_by_text("Near a place").click()
    page.locator("#near").fill("98101")
    page.get_by_role("button", name="Show people").click()
    expect(page).to_have_url(re.compile("near=98101"))
    page.locator("label.fold").click()
    page.locator("#within-200").check()
    page.get_by_role("button", name="Show people").click()
    expect(page.locator("article.result").first).to_contain_text("away")
    page.get_by_role("link", name="How we order").click()
    expect(page.get_by_text("dealt like cards")).to_be_visible()
    page.go_back()
    first = page.locator("article.result h2 a").first
    name = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split(",")[0])
    page.go_back()
    expect(page.locator("article.result h2 a").first).to_have_text(name)


def test_a_postal_code_that_nobody_knows_is_said_beside_the_field(visit: Visit) -> None:
    page = visit()
    page.goto(SEARCH)
    page.get_by_text("Near a place").click()
    page.locator("#near").fill("00000")
    page.keyboard.press("Tab")
    expect(page.locator("#within")).to_contain_text("We do not know where “00000” is.")
    expect(page.locator("#near")).to_have_value("00000")
    page.locator("#near").fill("98101")
    page.keyboard.press("Tab")
    expect(page.locator("#within")).to_contain_text("Counted from Seattle")
    expect(page).to_have_url(re.compile("near=98101"))


def test_the_shortlist_lasts_over_searches_and_ends_with_the_tab(visit: Visit) -> None:
    page = visit()
    page.goto(SEARCH)
    names = _names(page)
    _tick(page, 0, 2)
    page.locator("#role-therapist").check()
    expect(page).to_have_url(re.compile("role=therapist"))
    page.goto(f"{SEARCH}&page=2")
    _tick(page, 0)
    names = [names[0], names[2], _names(page)[0]]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Your shortlist (3)").click()
    expect(page.locator(".shortlist h2")).to_have_text(names)
    assert not any("listing=" in address for address in asked)
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name=f"Take off the list: {names[1]}").click()
    expect(page.locator(".shortlist h2")).to_have_text([names[0], names[2]])
    page.go_back()
    page.get_by_role("button", name="Compare those you ticked").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    other = page.context.new_page()
    other.goto("/find/shortlist/")
    expect(other.get_by_text("Nobody is on it yet")).to_be_visible()


def test_leaving_quickly_takes_the_shortlist_along(visit: Visit) -> None:
    page = visit(leaves_to="https://")
    page.goto(SEARCH)
    _tick(page, 0)
    with page.expect_request(re.compile("^https://")):
        page.locator("[data-leave]").click()
    expect(page).not_to_have_url(re.compile("/find/"))
    page.goto("/find/shortlist/")
    expect(page.get_by_text("Nobody is on it yet")).to_be_visible()


def test_comparing_with_the_keyboard(visit: Visit) -> None:
    page = visit()
    page.goto(SEARCH)
    names = _names(page)[:2]
    for name in names:
        walker.tab_to(page, f"Compare {name.split(',')[0]}", most=250)
        page.keyboard.press("Space")
    walker.tab_to(page, "Compare those you ticked", most=250)
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader")).to_have_count(2)
    walker.tab_to(page, f"Leave out {names[0]}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader")).to_have_text([re.compile(re.escape(names[1]))])


def test_compare_and_shortlist_are_fit_to_use(visit: Visit) -> None:
    page = visit()
    page.goto(SEARCH)
    _tick(page, 0, 1, 2)
    page.get_by_role("link", name=re.compile("Your shortlist")).click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    check_fit(page, 0)
    page.go_back()
    page.get_by_role("button", name="Compare those you ticked").click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    check_fit(page, 1)


def test_comparing_prints_as_a_table(visit: Visit) -> None:
    page = visit()
    page.goto(SEARCH)
    _tick(page, 0, 1)
    page.get_by_role("button", name="Compare those you ticked").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("columnheader").first).to_be_visible()
    expect(page.get_by_role("link", name="Leave out").first).not_to_be_visible()
    expect(page.locator(".foot")).not_to_be_visible()
