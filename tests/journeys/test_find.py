"""A visitor looks for somebody: by words and place, with scripts and without, forward and back."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Visit

WORDS = "can't stop thinking about a client"


def _heading(page: Page) -> str:
    return page.locator("#found").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_finds_a_clinician_by_words_and_place(scripts: bool, visit: Visit) -> None:
    page = visit(scripts=scripts)
    page.goto("/")
    page.get_by_label("Where you will be sitting").select_option("US-WA")
    page.get_by_label("In your own words").fill(WORDS)
    page.get_by_role("button", name="See who may see you").click()
    expect(page).to_have_url(re.compile(r"/find/\?.*where=US-WA"))
    expect(page.get_by_text(re.compile("vicarious", re.I)).first).to_be_visible()
    first = page.locator("article.result").first
    expect(first).to_contain_text("may see you", ignore_case=True)
    name = first.get_by_role("heading").inner_text()
    first.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split(",")[0])
    page.go_back()
    expect(page.locator("article.result").first).to_contain_text(name.split(",")[0])


def test_filters_follow_back_and_forward(visit: Visit) -> None:
    page = visit()
    page.goto("/find/")
    before = _heading(page)
    page.locator("#role-supervisor").check()
    expect(page).to_have_url(re.compile("role=supervisor"))
    expect(page.locator("#found")).not_to_have_text(before)
    supervisors = _heading(page)
    page.locator("#format-in_person").check()
    expect(page).to_have_url(re.compile("format=in_person"))
    expect(page.locator("#found")).not_to_have_text(supervisors)
    both = _heading(page)
    page.go_back()
    expect(page.locator("#found")).to_have_text(supervisors)
    expect(page.locator("#role-supervisor")).to_be_checked()
    expect(page.locator("#format-in_person")).not_to_be_checked()
    page.go_back()
    expect(page.locator("#found")).to_have_text(before)
    expect(page.locator("#role-supervisor")).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(re.compile("format=in_person"))
    expect(page.locator("#found")).to_have_text(both)


def test_a_late_answer_to_an_older_step_never_wins(visit: Visit) -> None:
    """Two steps at once, and the answer to the first held back until the second has been shown."""
    page = visit()
    page.goto("/find/")
    for choice in ("role-supervisor", "format-in_person"):
        page.locator(f"#{choice}").check()
        expect(page).to_have_url(re.compile(choice.replace("-", "=")))
    both = _heading(page)
    page.go_back()
    page.go_back()
    expect(page.locator("#role-supervisor")).not_to_be_checked()
    held: list[Route] = []
    page.route(re.compile(r"role=supervisor$"), lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    page.evaluate("history.forward()")
    page.wait_for_function("location.search.includes('supervisor')")
    page.evaluate("history.forward()")
    expect(page.locator("#format-in_person")).to_be_checked()
    for route in held:
        route.continue_()
    page.wait_for_timeout(500)
    expect(page).to_have_url(re.compile("format=in_person"))
    expect(page.locator("#found")).to_have_text(both)
    expect(page.locator("#format-in_person")).to_be_checked()


def test_a_swap_and_a_fresh_page_say_the_same(visit: Visit) -> None:
    """The address that scripts leave behind gives, loaded afresh, the same results and the same counts."""
    page = visit()
    page.goto("/find/?where=US-OR")
    page.locator("#role-therapist").check()
    expect(page).to_have_url(re.compile("role=therapist"))
    expect(page.locator("#said")).to_contain_text(_heading(page))
    swapped = _shown(page)
    page.reload()
    assert _shown(page) == swapped


def _shown(page: Page) -> tuple[str, list[str], list[str]]:
    counts = page.locator("form#filters .count").all_inner_texts()
    return _heading(page), page.locator("article.result h2").all_inner_texts(), counts


def test_counts_are_exact(visit: Visit) -> None:
    """What stands beside a choice is how many it leaves."""
    page = visit(scripts=False)
    page.goto("/find/")
    option = page.locator("label.option", has_text="Consultant")
    count = option.locator(".count").inner_text()
    option.locator("input").check()
    page.get_by_role("button", name="Show people").click()
    assert count in re.findall(r"\d+", _heading(page))


def test_on_a_phone_the_filters_fold_away(visit: Visit) -> None:
    page = visit(size={"width": 390, "height": 800}, scripts=False)
    page.goto("/find/?where=US-WA")
    expect(page.locator("article.result").first).to_be_visible()
    expect(page.get_by_label("Where", exact=False).first).not_to_be_visible()
    page.locator("label.fold").click()
    expect(page.locator("#where")).to_be_visible()
