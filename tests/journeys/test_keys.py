"""Passkey, authenticator app, and a staff session in which a fact is edited that changes an answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect

from breathingroom.config.demo import accounts
from tests.journeys import walker
from tests.journeys.conftest import Visit


@contextmanager
def _authenticator(page: Page) -> Iterator[None]:
    """A device beside the browser that always says yes, as a finger on a sensor would."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    devtools.detach()


def test_a_passkey_is_added_and_signs_in(visit: Visit) -> None:
    page = visit()
    with _authenticator(page):
        walker.sign_up(page)
        page.goto("/account/passkeys/add/")
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_role("button", name="Add it").click()
        page.wait_for_url(lambda url: "/add/" not in url)
        page.get_by_role("button", name="Sign out").first.click()
        page.goto("/account/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_an_authenticator_app_is_asked_for_and_a_spare_code_helps(visit: Visit) -> None:
    page = visit()
    address = walker.sign_up(page)
    page.goto("/account/2fa/totp/activate/")
    secret = page.locator("code.secret").inner_text()
    walker.type_code(page, walker.totp(secret))
    page.wait_for_url(lambda url: "/activate/" not in url)
    spare = re.findall(r"^\d{8}$", page.locator("main").inner_text(), re.M)
    assert len(spare) == 10, "Recovery codes are shown once the app is set up."
    page.get_by_role("button", name="Sign out").first.click()
    page.goto("/account/login/")
    page.get_by_label("E-mail", exact=False).first.fill(address)
    page.get_by_role("button", name="Send me a code").click()
    walker.type_code(page, walker.code_for(page, address))
    page.wait_for_url(re.compile("/2fa/"))
    walker.type_code(page, spare[0])  # a code of the app works once, and the next comes in half a minute
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_fact_edited_in_a_staff_session_changes_an_answer(visit: Visit) -> None:
    visitor, page = visit(), visit()
    walker.sign_in(page, accounts.by_role("operator").email)
    before = _who_may(visitor)
    walker.open_staff_pages(page, "Washington has left the compact")
    _say_of_psypact_in_washington(page, "enacted")
    assert _who_may(visitor) < before
    _say_of_psypact_in_washington(page, "operational")
    assert _who_may(visitor) == before
    page.goto("/staff/audit/event/")
    expect(page.get_by_text("licensure.compactmember.changed").first).to_be_visible()
    page.get_by_role("button", name="Close them now").click()
    page.goto("/staff/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Open the staff pages")


def _who_may(page: Page) -> int:
    """How many people of the demo may see somebody in Washington, online."""
    page.goto("/find/?where=US-WA&format=online")
    return int(page.locator("#answers .count").first.inner_text())


def _say_of_psypact_in_washington(page: Page, status: str) -> None:
    page.goto("/staff/licensure/compactmember/?q=US-WA&compact__slug__exact=psypact")
    page.locator("#result_list tbody tr a").first.click()
    page.locator("select[name=status]").select_option(status)
    page.locator("input[name=_save]").click()
    page.wait_for_url(lambda url: "/change/" not in url)
