"""Booked calls as each of the two sees them, and offered times as their owner does."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.functional import Promise

from breathingroom.core import clock, zones
from breathingroom.directory.choices import CallSide, CallState
from breathingroom.directory.models import Call, CallOffer, CallTerms, Listing
from breathingroom.directory.queries.calls import DAY, Said, said
from breathingroom.people.models import Member

A_MONDAY = dt.date(2024, 1, 1)


@dataclass(frozen=True)
class Booked:
    """One's own call, from one's own side. `reach` is empty for whoever offers: it is theirs."""

    call: Call
    when: Said
    minutes: int
    with_whom: str
    is_provider: bool
    state: str | Promise
    is_open: bool
    is_cancelled: bool
    can_cancel: bool
    cancelled_by_me: bool
    by: str
    reach: str
    link: str


def booked(call: Call, member: Member, zone: dt.tzinfo | None = None) -> Booked:
    """A call that has its listing, the terms and whoever booked at hand."""
    provider, now = call.listing.member_id == member.pk, clock.now()
    over = call.ends_at <= now and call.state == CallState.OPEN
    own_side = CallSide.PROVIDER if provider else CallSide.MEMBER
    terms: CallTerms | None = getattr(call.listing, "call_terms", None)
    shown = terms if terms and call.state == CallState.OPEN and not over and not provider else None
    return Booked(
        call=call,
        when=said(call.starts_at, zone or timezone.get_current_timezone()),
        minutes=call.minutes,
        with_whom=call.member.name if provider else call.listing.name,
        is_provider=provider,
        state=CallState.HELD.label if over else CallState(call.state).label,
        is_open=call.state == CallState.OPEN and not over,
        is_cancelled=call.state == CallState.CANCELLED,
        can_cancel=call.can_be_cancelled(now),
        cancelled_by_me=call.cancelled_by == own_side,
        by=terms.by if terms else "",
        reach=shown.reach if shown else "",
        link=shown.reach if shown and shown.reach.startswith("https://") else "",
    )


def mine(member: Member) -> tuple[list[Booked], list[Booked]]:
    """The member's calls that are to come, soonest first, and those that are over or off; one query."""
    parties = ("listing__call_terms", "member")
    calls = Call.objects.of(member).select_related(*parties)
    all_of = [booked(call, member) for call in calls]
    coming = [each for each in all_of if each.is_open]
    return coming, [each for each in reversed(all_of) if not each.is_open]


def has_any(member: Member) -> bool:
    """Whether there is anything to list under one's calls; one query."""
    return Call.objects.of(member).exists()


# -- offered -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Coming:
    """One day of an offer: free, left out, booked; `moved` says that clocks skip its time on that day."""

    on: dt.date
    code: str
    when: Said
    skipped: bool
    booked: bool
    moved: bool


@dataclass(frozen=True)
class Offered:
    """One offer for its owner."""

    id: UUID
    when: str
    zone: str
    minutes: int
    paused: bool
    since: dt.date
    until: dt.date | None
    weekly: bool


def offers(listing: Listing) -> list[Offered]:
    """All offers of a listing; one query."""
    return [offered(offer) for offer in CallOffer.objects.filter(listing=listing)]


def offered(offer: CallOffer) -> Offered:
    weekday = offer.weekday
    day = offer.begins_on if weekday is None else A_MONDAY + weekday * DAY
    spoken = formats.date_format(day, "DATE_FORMAT" if weekday is None else "l")
    return Offered(
        id=offer.pk,
        when=f"{spoken}, {formats.time_format(offer.at, 'TIME_FORMAT')}",
        zone=offer.time_zone.replace("_", " "),
        minutes=offer.minutes,
        paused=offer.paused,
        since=offer.begins_on,
        until=offer.ends_on,
        weekly=weekday is not None,
    )


def coming(offer: CallOffer, limit: int = 8) -> list[Coming]:
    """The next days of an offer, by the clock of its own zone; two queries."""
    zone = zones.known(offer.time_zone)
    if zone is None:
        return []
    today = clock.now().astimezone(zone).date()
    days = [day for day, _ in zip(offer.days(today, today + 366 * DAY), range(limit), strict=False)]
    skipped = {skip.on for skip in offer.skips.all()}
    taken = set(
        Call.objects.open()
        .filter(listing_id=offer.listing_id, on__in=days, at=offer.at)
        .values_list("on", flat=True)
    )
    return [_coming(offer, day, zone, day in skipped, day in taken) for day in days]


def _coming(offer: CallOffer, day: dt.date, zone: ZoneInfo, skipped: bool, taken: bool) -> Coming:
    moment = zones.moment(day, offer.at, zone)
    moved = zones.is_skipped(day, offer.at, zone)
    return Coming(day, day.isoformat(), said(moment, zone), skipped, taken, moved)


# -- taken along ---------------------------------------------------------------------------------
_TERMS = ("by", "reach", "notice_hours", "horizon_days")
_OFFER = ("id", "weekday", "begins_on", "ends_on", "at", "time_zone", "minutes", "paused")
_CALL = ("id", "on", "at", "time_zone", "starts_at", "minutes", "state", "cancelled_by", "sequence",
         "booked_at", "changed_at")  # fmt: skip


def export(member: Member) -> dict[str, Any]:
    """What the member may take along of calls; of the other one, whether it is them who offered."""
    offers = CallOffer.objects.filter(listing__member=member).prefetch_related("skips")
    booked = Call.objects.of(member).select_related("listing")
    return {
        "terms": CallTerms.objects.filter(listing__member=member).values(*_TERMS).first(),
        "times": [
            {**_told(row, _OFFER), "left_out": [skip.on for skip in row.skips.all()]} for row in offers
        ],
        "calls": [{**_told(row, _CALL), "you_offered": row.listing.member_id == member.pk} for row in booked],
    }


def _told(row: CallOffer | Call, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
