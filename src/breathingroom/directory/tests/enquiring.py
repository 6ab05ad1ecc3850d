"""Plain factories of enquiries, and the links that mails bring."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

from breathingroom.directory.actions import answers, enquiries
from breathingroom.directory.models import Enquiry, Listing
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member

MONDAY = dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)
"""Ten in the morning in Seattle."""
VISITOR = "visitor@example.org"
WORDS: dict[str, Any] = {
    "role": "therapist",
    "name": "Rosa",
    "reach": "rosa@home.example.org",
    "times": "Evenings",
}
NEUTRAL = re.compile(
    r"therap|clinic|care|burnout|mental|health|listing|licen[cs]e|counsel|supervis|crisis|enquir|answer|appoint",
    re.I,
)
LINK = re.compile(r"https?://[^/]+(/waiting/\S+/)")


def send(by: Member, listing: Listing, **words: Any) -> Enquiry:
    return enquiries.send(by=by, listing=listing, **{**WORDS, **words})


def draft(
    listing: Listing, email: str = "visitor@example.org", where: str = "192.0.2.1", **words: Any
) -> str:
    """A visitor writes; the path of the link in the mail."""
    known = seen()
    enquiries.draft(listing=listing, email=email, where=where, **{**WORDS, **words})
    return link(email, known)


def visitor(listing: Listing, email: str = VISITOR, **words: Any) -> Enquiry:
    """A visitor writes and confirms."""
    return enquiries.confirm(token=token(draft(listing, email, **words)))


def accept(row: Enquiry, words: str = "") -> Enquiry:
    return answers.answer(by=row.listing.member, enquiry_id=row.pk, line="yes_room", words=words)


def decline(row: Enquiry, words: str = "") -> Enquiry:
    return answers.answer(by=row.listing.member, enquiry_id=row.pk, line="no_room", words=words)


def seen() -> set[UUID]:
    """The mails there are."""
    return set(Mail.objects.values_list("pk", flat=True))


def link(to: str, known: set[UUID]) -> str:
    """The path of the link in a mail to an address that was not known before."""
    mail = Mail.objects.filter(to=to).exclude(pk__in=known).get()
    found = LINK.search(mail.body)
    assert found, mail.body
    return found[1]


def token(path: str) -> str:
    return path.strip("/").rpartition("/")[2]
