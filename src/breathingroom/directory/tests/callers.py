"""The cast of the calls: who offers, at what times, and who books."""

import datetime as dt
from typing import Any

from breathingroom.core import clock
from breathingroom.directory.actions import calls
from breathingroom.directory.choices import CallBy
from breathingroom.directory.models import Call, CallOffer, CallTerms, Listing
from breathingroom.directory.queries import calls as times
from breathingroom.directory.tests import cast
from breathingroom.people.models import Member

ZONE = "America/Los_Angeles"


def terms(listing: Listing, **fields: Any) -> CallTerms:
    given = {"by": CallBy.PHONE, "reach": "+1 206 555 0100", "notice_hours": 24, "horizon_days": 28}
    return CallTerms.objects.create(listing=listing, **{**given, **fields})


def offer(listing: Listing, **fields: Any) -> CallOffer:
    """Mondays at nine in Los Angeles, since last month."""
    begins = clock.today() - dt.timedelta(days=30)
    given = {"weekday": 0, "begins_on": begins, "at": dt.time(9), "time_zone": ZONE, "minutes": 20}
    return CallOffer.objects.create(listing=listing, **{**given, **fields})


def offering(owner: Member | str = "maren@example.org", *, minutes: int = 20, **fields: Any) -> Listing:
    """A published listing with terms and one weekly time."""
    listing = cast.listing(owner, **fields)
    terms(listing)
    offer(listing, minutes=minutes)
    return listing


def first(listing: Listing, n: int = 0) -> times.Slot:
    return times.free(listing)[n]


def book(member: Member, listing: Listing, n: int = 0) -> Call:
    return calls.book(by=member, listing=listing, starts_at=first(listing, n).starts_at)


def past(member: Member, listing: Listing, days: float = 3, **fields: Any) -> Call:
    """A call that was so many days ago, as it stands when nobody has touched it since."""
    begins = clock.now() - dt.timedelta(days=days)
    given = {"on": begins.date(), "at": dt.time(9), "time_zone": ZONE, "starts_at": begins, "minutes": 20}
    return Call.objects.create(member=member, listing=listing, **{**given, **fields})
