"""A clinician signs up, lists a licence and herself in steps, publishes, and is found."""

import secrets

from playwright.sync_api import Page, expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import check_fit


def _next(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#form-errors, .field__errors")).to_have_count(0)


def _describe(page: Page, name: str) -> None:
    """Every step of the editor, saved one by one."""
    page.get_by_label("Your name, as colleagues should see it").fill(name)
    page.get_by_label("Profession", exact=True).select_option("psychologist")
    _next(page)
    page.get_by_label("Therapist").check()
    page.get_by_label("Online").check()
    page.get_by_label("Burnout", exact=True).check()
    _next(page)
    page.get_by_label("Where you sit when you work").select_option("US-WA")
    _next(page)
    _next(page)  # hours may wait
    page.get_by_label("English").check()
    _next(page)
    page.get_by_label("I am taking new people now").check()
    page.locator("input[name=openings]").fill("2")
    _next(page)
    page.locator("input[name=headline]").fill("Quiet work for people who hold others")
    page.locator("input[name=contact]").fill("https://ada.example.org/")
    _next(page)


def test_a_clinician_joins_lists_herself_and_is_found(visit: Visit) -> None:
    page, name = visit(), f"Ada Quill {secrets.token_hex(3)}"
    walker.sign_up(page)
    page.goto("/licences/add/")
    page.get_by_label("Profession", exact=True).select_option("psychologist")
    page.get_by_label("Where it is valid").select_option("US-WA")
    page.get_by_label("Licence number").fill("PY 60 123 456")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your licences")
    page.goto("/listing/")
    page.get_by_role("button", name="Begin a listing").click()
    _describe(page, name)
    page.get_by_role("link", name="View as a stranger").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    page.get_by_role("button", name="Publish my listing").click()
    expect(page.get_by_text("published").first).to_be_visible()
    check_fit(page, 1)
    _is_found(visit(), name)
    page.goto("/listing/")
    page.get_by_role("button", name="Pause").click()
    _is_not_found(visit(), name)


def _search(page: Page, name: str) -> None:
    page.goto("/find/?where=US-WA")
    page.locator("#q").fill(name)
    page.locator("#q").press("Enter")
    page.wait_for_url(lambda url: "q=" in url)


def _is_found(page: Page, name: str) -> None:
    _search(page, name)
    expect(page.locator("article.result").first).to_contain_text(name)
    page.locator("article.result").first.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    assert "PY 60" not in page.content()


def _is_not_found(page: Page, name: str) -> None:
    _search(page, name)
    expect(page.locator("article.result", has_text=name)).to_have_count(0)
