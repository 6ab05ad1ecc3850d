"""What a person does again and again: read the mail, sign in, make an account, press a key."""

import re
import secrets
import time

from allauth.mfa.totp.internal.auth import hotp_value
from playwright.sync_api import Page, expect

from breathingroom.config.demo import accounts
from breathingroom.people.tests.actors import this_step

PATIENCE = 10.0
_used: set[str] = set()


def code_for(page: Page, address: str) -> str:
    """The newest code mailed to an address that nobody typed yet, read on the local mail page."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        letters = page.context.request.get("/demo/mail/").text().split('<li class="letter">')
        for letter in letters[1:]:
            found = re.search(r'class="code">\s*([\w-]+)', letter)
            is_mail = "<details" in letter and address in letter
            if is_mail and found and found.group(1) not in _used:
                _used.add(found.group(1))
                return found.group(1)
        time.sleep(0.1)
    raise AssertionError(f"No new code was mailed to {address}")


def type_code(page: Page, code: str) -> None:
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=code]").press("Enter")


def sign_in(page: Page, address: str) -> None:
    """By a code from the mail, and one of the authenticator app where the account asks for it."""
    page.goto("/account/login/")
    page.get_by_label("E-mail", exact=False).first.fill(address)
    page.get_by_role("button", name="Send me a code").click()
    type_code(page, code_for(page, address))
    page.wait_for_url(lambda url: "/login/" not in url)
    if "/2fa/" in page.url:
        type_code(page, totp(accounts.TOTP_SECRET))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def open_staff_pages(page: Page, reason: str) -> None:
    """Say why and go in, unless a staff session is open already."""
    page.goto("/staff/")
    asked = page.locator("[name=reason]")
    if asked.count():
        asked.fill(reason)
        page.get_by_role("button", name="Open them").click()
    expect(page.get_by_role("button", name="Close them now")).to_be_visible()


def sign_up(page: Page) -> str:
    """A new account under an address that nobody has; returns the address."""
    address = f"new.{secrets.token_hex(4)}@demo.invalid"
    page.goto("/account/signup/")
    page.get_by_label("E-mail", exact=False).first.fill(address)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Send me a code").click()
    type_code(page, code_for(page, address))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return address


def totp(secret: str) -> str:
    """What an authenticator app that holds this secret shows now."""
    return str(hotp_value(secret, this_step())).zfill(6)


def tab_to(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until the element of that name has the focus, and shows it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name.lower() in focused(page).lower():
            assert shows_focus(page), f"{name} has the focus and does not show it"
            return
    raise AssertionError(f"{name!r} cannot be reached with Tab; the last was {focused(page)!r}")


def focused(page: Page) -> str:
    """The accessible name, near enough, of the element that has the focus."""
    script = """() => { const e = document.activeElement; if (!e) return "";
      const label = e.labels && e.labels[0] ? e.labels[0].innerText : "";
      const said = e.getAttribute("aria-label") || label || e.innerText || e.value || e.name;
      return (said || e.tagName).trim() }"""
    return str(page.evaluate(script))


def shows_focus(page: Page) -> bool:
    """Whether the focused element, or the label around it, is drawn otherwise than without the focus."""
    script = """() => { const e = document.activeElement;
      return [e, e.closest("label"), e.parentElement].filter(Boolean).some((x) => {
        const s = getComputedStyle(x);
        return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none" }) }"""
    return bool(page.evaluate(script))
