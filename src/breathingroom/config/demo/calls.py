"""Introductory calls in the demo: the provider and every third of the others offer some; one is booked."""

import datetime as dt
from collections.abc import Iterable

from breathingroom.config.demo import accounts
from breathingroom.core import clock
from breathingroom.directory.actions import calls
from breathingroom.directory.choices import CallBy, State
from breathingroom.directory.models import CallOffer, CallTerms, Listing
from breathingroom.directory.queries import calls as times
from breathingroom.people.models import Member

EVERY = 3
WEEK = ((0, dt.time(9), 20), (2, dt.time(17, 30), 15), (4, dt.time(12), 20))  # weekday, wall time, minutes


def write() -> None:
    """Offers in a few writes, and a call of the demo's member with the demo's provider."""
    published = list(Listing.objects.filter(state=State.PUBLISHED).select_related("member").order_by("pk"))
    provider = next(row for row in published if row.member.email == accounts.by_role("provider").email)
    offering = [provider, *(row for row in published[::EVERY] if row != provider)]
    CallTerms.objects.bulk_create([_terms(n, row) for n, row in enumerate(offering)])
    CallOffer.objects.bulk_create([offer for n, row in enumerate(offering) for offer in _offers(n, row)])
    member = Member.objects.get(email=accounts.by_role("member").email)
    starts_at = times.free(provider)[1].starts_at
    calls.book(by=member, listing=provider, starts_at=starts_at)


def _terms(n: int, listing: Listing) -> CallTerms:
    if n % 2:
        return CallTerms(listing=listing, by=CallBy.LINK, reach=f"https://room.{accounts.DOMAIN}/{n}")
    return CallTerms(listing=listing, by=CallBy.PHONE, reach=f"+1 206 555 01{n % 100:02d}")


def _offers(n: int, listing: Listing) -> Iterable[CallOffer]:
    """All three times of the week for the provider, one or two for the others."""
    for weekday, at, minutes in WEEK if n == 0 else WEEK[: 1 + n % 2]:
        yield CallOffer(
            listing=listing,
            weekday=weekday,
            begins_on=clock.today(),
            at=at,
            time_zone=listing.time_zone or listing.member.time_zone or "UTC",
            minutes=minutes,
        )
