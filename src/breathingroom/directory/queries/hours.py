"""When somebody sees people: the hours of a week, as clocks show them to whoever reads."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from breathingroom.core import clock, places, zones
from breathingroom.directory.models import Listing
from breathingroom.directory.rules import END_OF_DAY
from breathingroom.people.models import Member

AHEAD = 21
"""Days for which a change of clocks is announced."""
NOON = dt.time(12)

Stretch = tuple[int, dt.time, dt.time]
Moments = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Span:
    """A stretch in words, "9 a.m. to noon", and its two moments in UTC, for a script that knows the zone."""

    words: str
    begins: str
    ends: str


@dataclass(frozen=True)
class Week:
    """The hours of a week by the clocks of `zone`, a name; `days` are in order, those without hours left out.

    `stated` when the reader said that this is their zone; `moves_on` the day on which clocks change soon, so
    that the hours move for the reader.
    """

    days: tuple[tuple[str | Promise, tuple[Span, ...]], ...]
    zone: str
    theirs: str
    stated: bool
    moves_on: dt.date | None

    @property
    def is_theirs(self) -> bool:
        return self.zone == self.theirs


def week(listing: Listing, reader: str = "") -> Week | None:
    """The week of the listing for a reader in that zone, "" when they did not say; None without hours."""
    theirs, own = zones.known(listing.time_zone), zones.known(reader)
    stretches = [(row.weekday, row.begins, row.ends) for row in listing.hours.all()]
    if not stretches or theirs is None:
        return None
    shown, today = own or theirs, clock.now().astimezone(theirs).date()
    return Week(
        days=_days(coming(stretches, theirs, today), shown),
        zone=str(shown),
        theirs=str(theirs),
        stated=own is not None,
        moves_on=moves_on(theirs, shown, today),
    )


def coming(stretches: Collection[Stretch], zone: ZoneInfo, today: dt.date) -> list[Moments]:
    """For each stretch the next time it comes round, from `today` on: its two moments in UTC."""
    found = []
    for weekday, begins, ends in stretches:
        day = today + dt.timedelta(days=(weekday - today.weekday()) % 7)
        last = (day + dt.timedelta(days=1), dt.time()) if ends == END_OF_DAY else (day, ends)
        found.append((zones.moment(day, begins, zone), zones.moment(*last, zone)))
    return found


def moves_on(theirs: ZoneInfo, reader: ZoneInfo, today: dt.date) -> dt.date | None:
    """The first of the coming days on which the two zones are further apart, or less, than today."""
    apart = _apart(theirs, reader, today)
    days = (today + dt.timedelta(days=ahead) for ahead in range(1, AHEAD + 1))
    return next((day for day in days if _apart(theirs, reader, day) != apart), None)


def _apart(theirs: ZoneInfo, reader: ZoneInfo, day: dt.date) -> dt.timedelta:
    """How far the reader's clocks are ahead of theirs at noon, by their clocks, of that day."""
    moment = zones.moment(day, NOON, theirs)
    return moment.astimezone(reader).replace(tzinfo=None) - moment.astimezone(theirs).replace(tzinfo=None)


def _days(found: list[Moments], zone: ZoneInfo) -> tuple[tuple[str | Promise, tuple[Span, ...]], ...]:
    """The stretches by the weekday on which they begin in `zone`."""
    by_day: dict[int, list[Moments]] = {}
    for begins, ends in found:
        local = begins.astimezone(zone), ends.astimezone(zone)
        by_day.setdefault(local[0].weekday(), []).append(local)
    ordered = sorted((day, sorted(spans, key=lambda span: span[0].time())) for day, spans in by_day.items())
    return tuple((WEEKDAYS[day], tuple(_span(*span) for span in spans)) for day, spans in ordered)


def _span(begins: dt.datetime, ends: dt.datetime) -> Span:
    words = _("%(begins)s to %(ends)s") % {"begins": _time(begins), "ends": _time(ends)}
    return Span(words, _utc(begins), _utc(ends))


def _time(moment: dt.datetime) -> str:
    return formats.time_format(moment.time(), "TIME_FORMAT")


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


def usual_zone(listing: Listing, member: Member) -> str:
    """The zone that their hours are most likely meant in, before they say one; "" when nothing tells."""
    if zones.known(listing.time_zone):
        return listing.time_zone
    spot = places.spot(listing.spot) if listing.spot else None
    place = listing.place.primary_time_zone if listing.place else ""
    likely = (spot.time_zone if spot else "", place, member.time_zone)
    return next((name for name in likely if zones.known(name)), "")
