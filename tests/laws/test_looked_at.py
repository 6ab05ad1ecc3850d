"""No page is left out of what the browser looks at."""

from django.urls import resolve

from tests.journeys.places import PAGES, STAFF
from tests.laws import matrix

# Pages that the journeys reach by doing, or that are shown only in the middle of something.
REACHED = {
    **dict.fromkeys(
        ("api_concerns", "api_jurisdictions", "api_listing", "api_listings", "api_openapi"), "for programs"
    ),
    "listing_import_template": "a file",
    "account_confirm_login_code": "test_join: between asking for a code and typing it",
    "account_logout": "asks again only without scripts; signing out is a button on every page",
    "account_inactive": "a paragraph for somebody who was shut out",
    "call": "test_calls: the way to a call and back",
    "call_cancel": "test_calls",
    "call_file": "a file",
    "call_offer": "test_calls",
    "enquiry_confirm": "test_letters: the link of a mail",
    "enquiry_read": "test_letters: the link of a mail",
    "enquiry_report": "test_letters",
    "enquiry_write": "test_letters",
    "listing_call_book": "test_calls",
    "listing_calls": "test_calls",
    "listing_photo": "a picture",
    "listing_report": "the template of enquiry_report",
    "listing_step": "places lists each step",
    "still": "places looks at a link that is used up; its button is pressed in test_expiry",
    "mfa_deactivate_totp": "one question, the same template as a passkey's",
    "mfa_edit_webauthn": "one field; test_keys adds a passkey with the same form",
    "mfa_reauthenticate": "test_keys: the second step of signing in",
    "mfa_reauthenticate_webauthn": "test_keys",
    "mfa_remove_webauthn": "one question",
}


def test_every_page_of_the_statute_is_looked_at() -> None:
    filled = {"{listing}": "listing", "{licence}": "licence_edit", "{first}": "staff"}
    same = "licence_remove licence_check authority_add authority_remove enquiry desk_case"
    filled |= {f"{{{name}}}": name for name in same.split()} | {"{check}": "staff_check"}
    places = [place for each in (*PAGES.values(), STAFF) for place in each]
    seen = {filled.get(place) or _name(place) for place in places}
    pages = {row.name for row in matrix.rows() if row.method == "GET" and "page" in row.answers}
    left_out = {name for name in pages if not name.startswith("staff:")} - seen - REACHED.keys()
    assert not left_out, f"Add these to tests/journeys/places.py: {sorted(left_out)}"


def _name(place: str) -> str:
    path = place.partition("?")[0]
    return resolve(path).view_name if "nothing" not in path else ""
