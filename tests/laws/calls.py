"""Introductory calls in the small community: times the owner offers, and a call they booked elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from breathingroom.core import clock
from breathingroom.directory.models import Call, CallOffer, CallSkip, CallTerms, Listing

if TYPE_CHECKING:
    from tests.laws.world import World

ZONE = "America/Los_Angeles"


def about(world: World) -> dict[str, dict[str, tuple[Any, str]]]:
    """A call as either of the two sees it, and an offer."""
    call = world.things["call of owner"].pk
    return {
        "call_offer": {"offer": (world.things["offer of owner"].pk, "owner")},
        "call*": {"booked": (call, "owner"), "offered": (call, "paused")},
    }


def _listing(world: World, role: str) -> Listing:
    return Listing.objects.get(pk=world.things[f"listing of {role}"].pk)


def make(world: World) -> None:
    """The owner offers Mondays at nine; whoever paused their listing has a call with the owner to come."""
    for role in ("owner", "paused"):
        listing = _listing(world, role)
        CallTerms.objects.create(listing=listing, by="link", reach=f"https://{role}.example.org/room")
    world.things["offer of owner"] = first = offer(world, 0)
    CallSkip.objects.create(offer=first, on=clock.today() + dt.timedelta(days=70))
    world.things["call of owner"] = book(world, "paused", 5)


def offer(world: World, weekday: int) -> CallOffer:
    return CallOffer.objects.create(
        listing=_listing(world, "owner"),
        weekday=weekday,
        begins_on=clock.today(),
        at=dt.time(9),
        time_zone=ZONE,
        minutes=20,
    )


def book(world: World, role: str, days: int) -> Call:
    """A call of the owner's with the listing of that role, so many days ahead."""
    begins = (clock.now() + dt.timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return Call.objects.create(
        member=world.cast["owner"],
        listing=_listing(world, role),
        on=begins.date(),
        at=begins.time(),
        time_zone="UTC",
        starts_at=begins,
        minutes=20,
    )


def grow(world: World, role: str, number: int) -> None:
    """One more offer, one more day left out, and one more call."""
    more = offer(world, number + 1)
    CallSkip.objects.create(offer=more, on=clock.today() + dt.timedelta(days=70))
    CallTerms.objects.create(listing=_listing(world, role), by="phone", reach="+1 206 555 0100")
    book(world, role, 6 + number)
