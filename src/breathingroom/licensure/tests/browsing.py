"""What a member lists, and how pages are read."""

import datetime as dt

from django.test import Client

from breathingroom.licensure.actions import held
from breathingroom.licensure.models import Licence
from breathingroom.people.models import Member

GIVEN = {
    "profession": "psychologist",
    "jurisdiction": "US-OH",
    "number": "P.1234",
    "expires_on": "2028-06-30",
}


def listed(by: Member, **more: str) -> Licence:
    """A licence as the form would list it."""
    given = GIVEN | more
    expires = dt.date.fromisoformat(given.pop("expires_on"))
    return held.claim_licence(by=by, expires_on=expires, **given)


def text(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode()
