"""A licence from the member who hands it in to the staff who look at it, by keyboard alone."""

import re

from playwright.sync_api import expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import check_fit

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_member_hands_a_licence_in(visit: Visit) -> None:
    page = visit("member")
    page.goto("/licences/add/")
    page.get_by_label("Profession", exact=True).select_option("psychologist")
    page.get_by_label("Where it is valid", exact=True).select_option("US-OR")
    page.get_by_label("Licence number").fill("DEMO 1")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Have it checked").click()
    page.get_by_label("A copy of your licence").set_input_files(
        {"name": "mine.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    walker.tab_to(page, "Ask for the check")
    page.keyboard.press("Enter")
    expect(page.get_by_text("waits for somebody to look")).to_be_visible()
    check_fit(page, 1)
    expect(page.get_by_text("mine.pdf")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    page.goto("/licences/")
    page.get_by_role("link", name="Remove").first.click()
    page.get_by_role("button", name="Remove it").click()


def test_the_staff_open_a_file_once_and_decide_by_keyboard(visit: Visit) -> None:
    page = visit("operator")
    walker.open_staff_pages(page, "checking licences")
    walker.tab_to(page, "Licences to check")
    page.keyboard.press("Enter")
    with_file = page.locator(".queue__line", has_text="file").filter(has_not_text="second look").first
    name = with_file.get_by_role("link").inner_text()
    walker.tab_to(page, name, most=60)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/staff/checks/[0-9a-f-]{36}/$"))
    walker.tab_to(page, "Open it, once")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("img")).to_be_visible()
    opened.value.close()
    page.reload()
    expect(page.get_by_text("Opened by")).to_be_visible()
    check_fit(page, 0)
    expect(page.get_by_role("button", name="Open it, once")).to_have_count(0)
    walker.tab_to(page, "It is there as claimed")
    page.keyboard.press("Space")
    walker.tab_to(page, "Where you looked")
    page.keyboard.press("Control+A")
    page.keyboard.type("A public register")
    walker.tab_to(page, "Save what I found")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/staff/checks/$"))
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
