"""Introductory calls: which times are free, and how they are said.

Nothing is stored for a time that nobody has booked. What is free follows from the offers, each time anew.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Q
from django.utils import formats, timezone

from breathingroom.core import clock, zones
from breathingroom.directory.models import Call, CallOffer, CallTerms, Listing
from breathingroom.people.models import Member

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Slot:
    """A time that can be booked: the moment in UTC, and what stands on the wall where it is offered."""

    starts_at: dt.datetime
    minutes: int
    on: dt.date = field(compare=False)
    at: dt.time = field(compare=False)
    time_zone: str = field(compare=False)

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def code(self) -> str:
        """How an address names it: "2026-11-30T17:00Z"."""
        return f"{self.starts_at:%Y-%m-%dT%H:%MZ}"


def free(listing: Listing) -> list[Slot]:
    """The times that can be booked, earliest first; three queries, one when there are no offers.

    A time goes when an open call with this clinician touches it. Of two offers that begin together the
    shorter counts.
    """
    now = clock.now()
    offers = list(
        CallOffer.objects.filter(listing=listing, paused=False)
        .filter(Q(ends_on=None) | Q(ends_on__gte=now.date() - DAY))
        .select_related("listing__call_terms")
        .prefetch_related("skips")
    )
    if not offers:
        return []
    first, last = window(offers[0].listing.call_terms, now)
    taken = list(Call.objects.filter(listing=listing).around(first, last))
    offered = sorted((slot for offer in offers for slot in _slots(offer, first, last)), reverse=True)
    found = {slot.starts_at: slot for slot in offered}
    return [slot for _, slot in sorted(found.items()) if not any(_touch(slot, call) for call in taken)]


def window(terms: CallTerms, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """From the end of the notice to the end of what is shown ahead."""
    return now + dt.timedelta(hours=terms.notice_hours), now + dt.timedelta(days=terms.horizon_days)


def _slots(offer: CallOffer, first: dt.datetime, last: dt.datetime) -> Iterator[Slot]:
    """The times of one offer between two moments. A day on the wall may be a day off from that in UTC."""
    skipped = {skip.on for skip in offer.skips.all()}
    for day in offer.days(first.date() - DAY, last.date() + DAY):
        moment = offer.starts_at(day)
        if day not in skipped and moment and first <= moment <= last:
            yield Slot(moment, offer.minutes, day, offer.at, offer.time_zone)


def _touch(slot: Slot, call: Call) -> bool:
    return slot.starts_at < call.ends_at and call.starts_at < slot.ends_at


def clashes(member: Member, slot: Slot) -> bool:
    """Whether an open call of the member's own, with whomever, touches that time; one query."""
    own = Call.objects.of(member).around(slot.starts_at, slot.ends_at)
    return any(_touch(slot, call) for call in own)


def has_offers(listing: Listing) -> bool:
    """Whether calls are offered at all; one query."""
    today = clock.now().date()
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    return CallOffer.objects.filter(running, listing=listing, paused=False).exists()


def open_between(member: Member, listing: Listing) -> Call | None:
    """The member's open call with this clinician that is not over yet; one query."""
    calls = Call.objects.open().filter(member=member, listing=listing)
    return next((call for call in calls if call.ends_at > clock.now()), None)


# -- in words ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Said:
    """A moment by somebody's clock: "Monday, November 30, 2026", "9:00 a.m.", "America/Los Angeles"."""

    day: str
    time: str
    zone: str


def said(moment: dt.datetime, zone: dt.tzinfo) -> Said:
    """A moment in words, in the reader's language."""
    local = moment.astimezone(zone)
    day = f"{formats.date_format(local, 'l')}, {formats.date_format(local, 'DATE_FORMAT')}"
    return Said(day, formats.time_format(local, "TIME_FORMAT"), zone_name(zone))


def zone_name(zone: dt.tzinfo) -> str:
    """The name of a zone as people read it: "America/St Johns"."""
    return str(zone).replace("_", " ")


def zone_of(name: str) -> dt.tzinfo:
    """The zone of that name, or the reader's own."""
    return zones.known(name) or timezone.get_current_timezone()


@dataclass(frozen=True)
class Time:
    """A free time as it is shown, and how its address names it."""

    code: str
    time: str
    minutes: int


@dataclass(frozen=True)
class Day:
    """The free times of one day by the reader's clock."""

    day: str
    times: tuple[Time, ...]


def by_day(slots: Iterable[Slot], zone: dt.tzinfo) -> list[Day]:
    """Free times under the day on which they fall where the reader is."""
    shown = [(said(slot.starts_at, zone), slot) for slot in slots]
    return [
        Day(day, tuple(Time(slot.code, words.time, slot.minutes) for words, slot in each))
        for day, each in groupby(shown, key=lambda pair: pair[0].day)
    ]
