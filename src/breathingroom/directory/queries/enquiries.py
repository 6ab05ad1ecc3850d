"""Enquiries, for the clinician who got them, for whoever sent them, and as a record for everybody."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise

from breathingroom.core import clock, marks
from breathingroom.directory.choices import (
    EXCLUSIVE,
    OWN_LINES,
    RECORD_FROM,
    RECORD_MONTHS,
    Away,
    EnquiryState,
    Line,
    Role,
    State,
)
from breathingroom.directory.models import Enquiry, EnquiryBlock, EnquiryPair, Listing, ResponseMonth
from breathingroom.directory.queries import hiding, words
from breathingroom.directory.queries.hints import hints
from breathingroom.people.models import Member

Label = str | Promise
SHOWN = 200


# -- who is who ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sender:
    """Who writes: a member, or a visitor known by an address that they confirmed."""

    member: Member | None
    address: str

    @property
    def key(self) -> str:
        """What they are counted by."""
        return f"member|{self.member.pk}" if self.member else f"address|{self.address.lower()}"

    @property
    def keys(self) -> list[str]:
        """All that they are known by: a member by their address, too."""
        return list(dict.fromkeys([self.key, f"address|{self.address.lower()}"]))

    @property
    def person(self) -> str:
        return marks.mark("enquiry sender", self.key)

    def address_marks(self) -> list[str]:
        """The marks under which their address may stand in a list of blocked senders."""
        return marks.marks("enquiry sender", f"address|{self.address.lower()}")


def sender(enquiry: Enquiry) -> Sender:
    """Who wrote an enquiry."""
    return Sender(enquiry.member, enquiry.member.email if enquiry.member else enquiry.email)


def pairs(provider: Member, other: Sender) -> list[str]:
    """The marks under which these two may stand as a pair, from either side, the ones to write first."""
    own = f"member|{provider.pk}"
    found = [marks.marks("enquiry pair", "&".join(sorted([own, key]))) for key in other.keys]
    return [mark for age in zip(*found, strict=True) for mark in age]


def agreed(provider: Member, other: Sender) -> Role | None:
    """As what these two have agreed to meet, where that excludes something; one query."""
    row = EnquiryPair.objects.filter(mark__in=pairs(provider, other)).first()
    return Role(row.role) if row else None


def excluded_by(provider: Member, other: Sender, role: str) -> Role | None:
    """The role that forbids this one between these two, or None."""
    standing = agreed(provider, other) if role in EXCLUSIVE else None
    return standing if standing not in {None, role} else None


def is_kept_away(provider: Member, other: Sender) -> bool:
    """Whether what they write is not to arrive: blocked, by the clinician or for all, or hidden from them."""
    known = Q(mark__in=other.address_marks())
    if other.member:
        known |= Q(whom=other.member)
    blocks = EnquiryBlock.objects.filter(Q(member=provider) | Q(member=None)).filter(known)
    return blocks.exists() or _is_hidden_visitor(provider, other)


def _is_hidden_visitor(provider: Member, other: Sender) -> bool:
    """A member who is hidden finds no listing to write to; a visitor is known only now, by the address."""
    if other.member:
        return False
    return provider.hidings.filter(mark__in=hiding.marks_of(Away.PERSON, other.address)).exists()


def hashed(token: str) -> str:
    """What is stored of a mailed link: nobody who reads it there can open what it opens."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


# -- pages ---------------------------------------------------------------------------------------
def roles(listing: Listing) -> list[Role]:
    """What they can be asked to be."""
    return [role for role in Role if getattr(listing, role.value)]


@dataclass(frozen=True)
class Received:
    """One enquiry as the clinician reads it."""

    enquiry: Enquiry
    hints: list[Promise]

    @property
    def is_late(self) -> bool:
        """Whether it waits and no longer counts as answered in time."""
        by = self.enquiry.answer_by
        return self.enquiry.is_waiting and by is not None and by < clock.now()

    @property
    def answer(self) -> list[Label]:
        return answer(self.enquiry)


def answer(enquiry: Enquiry) -> list[Label]:
    """What was answered, in paragraphs: the ready-made sentence in the reader's language, then own words."""
    ready = [Line(enquiry.line).label] if enquiry.line and enquiry.line not in OWN_LINES else []
    return [*ready, *([enquiry.answer] if enquiry.answer else [])]


def arrived(provider: Member) -> QuerySet[Enquiry]:
    """What the clinician can see, waiting or not: nothing of whoever must not meet them."""
    rows = Enquiry.objects.arrived().filter(listing__member=provider)
    return rows.exclude(member__in=hiding.apart_from(provider)).select_related("member", "listing")


@dataclass(frozen=True)
class Inbox:
    """What came: waiting, the most urgent first; answered, the newest first; and who is blocked."""

    waiting: list[Received]
    answered: list[Received]
    blocks: list[EnquiryBlock]


def inbox(provider: Member) -> Inbox:
    """Four queries."""
    rows = [received(row) for row in arrived(provider)[:SHOWN]]
    waiting = sorted((r for r in rows if r.enquiry.is_waiting), key=lambda r: str(r.enquiry.due_at))
    blocks = list(EnquiryBlock.objects.filter(member=provider))
    return Inbox(waiting, [r for r in rows if not r.enquiry.is_waiting], blocks)


def received(enquiry: Enquiry) -> Received:
    return Received(enquiry, hints(enquiry.name, enquiry.reach, enquiry.times))


@dataclass(frozen=True)
class Sent:
    """One enquiry as whoever wrote it sees it."""

    enquiry: Enquiry
    to: str

    @property
    def answer(self) -> list[Label]:
        return answer(self.enquiry)

    @property
    def state(self) -> Label:
        return EnquiryState(self.enquiry.state).label

    @property
    def is_listed(self) -> bool:
        """Whether their listing can be looked at now."""
        return self.enquiry.listing.state == State.PUBLISHED

    @property
    def is_held(self) -> bool:
        """Whether it reaches them later, because many wrote today."""
        return self.enquiry.due_at is not None and self.enquiry.due_at > clock.now()


def sent(member: Member) -> list[Sent]:
    """What the member wrote, newest first; a listing that is hidden from them meanwhile is as if deleted."""
    rows = Enquiry.objects.filter(member=member).exclude(listing__in=hiding.hidden_from(member))
    return [as_sent(row) for row in rows.select_related("listing", "listing__profession")[:SHOWN]]


def can_be_opened(enquiry: Enquiry) -> bool:
    """Whether a mailed link opens it: an answer always, one to confirm while the listing can be found."""
    if enquiry.state != EnquiryState.NEW:
        return True
    return Listing.objects.visible().filter(pk=enquiry.listing_id).exists()


def as_sent(enquiry: Enquiry) -> Sent:
    return Sent(enquiry, words.title(enquiry.listing))


# -- the record ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class ResponseRecord:
    """Of so many enquiries, so many were answered or declined within two working days."""

    received: int
    in_time: int


def response_record(listing_id: UUID) -> ResponseRecord | None:
    """Over the last twelve months; None below five enquiries, for then it says nothing. One query.

    It is shown and nothing else: no order of results may know it.
    """
    found = ResponseMonth.objects.filter(
        listing=listing_id, month__gte=record_since(clock.today())
    ).aggregate(received=Sum("received", default=0), in_time=Sum("in_time", default=0))
    return ResponseRecord(**found) if found["received"] >= RECORD_FROM else None


def record_since(today: dt.date) -> dt.date:
    """The first month that still counts."""
    months = today.year * 12 + today.month - 1 - (RECORD_MONTHS - 1)
    return dt.date(months // 12, months % 12 + 1, 1)


# -- for the steward -----------------------------------------------------------------------------
_WROTE = ("id", "role", "state", "name", "reach", "times", "line", "answer", "created_at", "changed_at")
_MOMENTS = ("due_at", "answer_by", "answered_at", "told_at", "counted")
_GOT = ("role", "state", "due_at", "answer_by", "answered_at")


def export(member: Member) -> dict[str, Any]:
    """What they wrote, whole; of what they got only when and what became of it, for the words are others'."""
    months = ResponseMonth.objects.filter(listing__member=member).order_by("month")
    return {
        "enquiries_sent": [_told(row, *_WROTE, *_MOMENTS) for row in Enquiry.objects.filter(member=member)],
        "enquiries_got": [_told(row, *_GOT) for row in arrived(member)],
        "enquiry_blocks": list(EnquiryBlock.objects.filter(member=member).values("id", "blocked_on")),
        "response_record": list(months.values("month", "received", "in_time")),
    }


def _told(row: Enquiry, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
