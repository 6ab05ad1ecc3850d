"""A letter and its answer: by a visitor without scripts, and by keyboard alone; reported and decided."""

import re
import time

from playwright.sync_api import Page, expect

from tests.journeys import walker
from tests.journeys.conftest import Visit
from tests.journeys.fitness import check_fit

PROVIDER = "Tomas Wren Abara"


def _to_the_provider(page: Page) -> None:
    """From the search to the form that writes to the demo's own provider."""
    page.goto(f"/find/?exact=1&q={PROVIDER.replace(' ', '+')}")
    page.locator("article.result h2 a", has_text=PROVIDER).first.click()
    page.get_by_role("link", name="Write to them").click()


def _mailed_link(page: Page, address: str) -> str:
    """The newest link to a waiting letter that was mailed to an address."""
    deadline = time.monotonic() + walker.PATIENCE
    while time.monotonic() < deadline:
        letters = page.context.request.get("/demo/mail/").text().split('<li class="letter">')
        for letter in letters[1:]:
            found = re.search(r"/waiting/[\w/-]{20,}/", letter)
            if found and address in letter:
                return found.group(0)
        time.sleep(0.2)
    raise AssertionError(f"No link was mailed to {address}")


def test_a_visitor_writes_and_reads_the_answer_without_scripts(visit: Visit) -> None:
    page, address = visit(scripts=False), f"letter.{time.time_ns()}@demo.invalid"
    _to_the_provider(page)
    page.get_by_role("button", name="Go on: confirm my address").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    if page.get_by_role("radio").count():
        page.get_by_role("radio").first.check()
    page.get_by_label("Who you are").fill("Wilhelmina of the journey")
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("How they can reach you").fill("+1 206 555 0188")
    page.get_by_role("button", name="Go on: confirm my address").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.goto(_mailed_link(page, address))
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()
    _answer_by_keyboard(visit("provider"), "Wilhelmina of the journey")
    page.goto(_mailed_link(page, address))
    expect(page.get_by_text("I can ring on Monday")).to_be_visible()
    page.get_by_role("button", name="Erase this now").click()
    expect(page.get_by_role("heading", name="Erased")).to_be_visible()


def _answer_by_keyboard(page: Page, name: str) -> None:
    page.goto("/enquiries/")
    walker.tab_to(page, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    check_fit(page, 0)
    walker.tab_to(page, "I have room")
    page.keyboard.press("Space")
    walker.tab_to(page, "More, in your own words")
    page.keyboard.type("I can ring on Monday")
    walker.tab_to(page, "Send the answer")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/enquiries/$"))


def test_a_member_writes_with_the_keyboard(visit: Visit) -> None:
    page = visit("member")
    _to_the_provider(page)
    check_fit(page, 1)
    if page.get_by_role("radio").count():
        page.get_by_role("radio").first.focus()
        page.keyboard.press("Space")
    walker.tab_to(page, "How they can reach you")
    page.keyboard.type("+1 206 555 0199")
    walker.tab_to(page, "Send it")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/enquiries/sent/$"))
    card = page.locator("section.card", has_text=PROVIDER)
    expect(card).to_contain_text("Waiting for an answer")
    card.get_by_role("button", name="Take back").click()
    expect(page.locator("section.card", has_text=PROVIDER)).to_have_count(0)


def test_a_report_reaches_the_desk_and_is_decided(visit: Visit) -> None:
    page = visit("provider")
    page.goto("/enquiries/")
    page.get_by_role("link", name="Priya").click()
    page.get_by_role("link", name="Report to the moderators").click()
    check_fit(page, 2)
    page.get_by_label("threatening").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("The moderators have it")).to_be_visible()
    desk = visit("moderator")
    desk.goto("/safety/desk/")
    desk.get_by_role("link", name=re.compile("threatening")).first.click()
    desk.get_by_label("Nothing is wrong here").check()
    desk.get_by_role("button", name="Decide").click()
    expect(desk.get_by_text("It is in the log")).to_be_visible()
