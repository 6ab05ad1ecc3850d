"""Who is found, how long openings count, and what a listing needs before it can be found."""

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum

from django.db.models import Q

from breathingroom.directory.choices import CONFIRMED_FOR_DAYS, SHOWN_FOR_DAYS, WORKING_DAYS, Role, State

EVENING = dt.time(18)
END_OF_DAY = dt.time(23, 59)
"""How hours that go on until midnight are kept."""
SATURDAY = 5


def visible(on: dt.date) -> Q:
    """Anybody may see the listing on that day: published, its member in good standing, its openings not
    long out of date."""
    since = on - dt.timedelta(days=SHOWN_FOR_DAYS)
    return Q(state=State.PUBLISHED, member__is_active=True, openings_confirmed_on__gte=since)


def is_fresh(confirmed_on: dt.date | None, on: dt.date) -> bool:
    """Whether openings that were confirmed on that day still count as a promise on the day `on`."""
    return confirmed_on is not None and (on - confirmed_on).days <= CONFIRMED_FOR_DAYS


def is_shown(confirmed_on: dt.date | None, on: dt.date) -> bool:
    """Whether a published listing, its openings confirmed on that day, is still in sight on the day `on`."""
    return confirmed_on is not None and (on - confirmed_on).days <= SHOWN_FOR_DAYS


def in_evenings(hours: Collection[tuple[int, dt.time, dt.time]]) -> bool:
    """Whether any stretch (weekday, from, until) goes on after six in the evening."""
    return any(ends > EVENING for _day, _begins, ends in hours)


def on_weekends(hours: Collection[tuple[int, dt.time, dt.time]]) -> bool:
    """Whether any stretch (weekday, from, until) is on a Saturday or Sunday."""
    return any(day >= SATURDAY for day, _begins, _ends in hours)


class Missing(StrEnum):
    """What a listing lacks before it can be published."""

    NAME = "name"
    PROFESSION = "profession"
    ROLE = "role"
    FORMAT = "format"
    CONCERNS = "concerns"
    PLACE = "place"
    LANGUAGES = "languages"
    OPENINGS = "openings"
    WORDS = "words"


def missing(facts: Mapping[str, object]) -> list[Missing]:
    """What is still needed, in the order of the steps; `facts` are the listing's fields and its codes.

    Wanted keys: name, profession, therapist, supervisor, consultant, online, in_person, place,
    openings_confirmed_on, headline, concerns and languages (collections).
    """
    needs = {
        Missing.NAME: facts["name"],
        Missing.PROFESSION: facts["profession"],
        Missing.ROLE: any(facts[role] for role in Role.values),
        Missing.FORMAT: facts["online"] or facts["in_person"],
        Missing.CONCERNS: facts["concerns"],
        Missing.PLACE: facts["place"],
        Missing.LANGUAGES: facts["languages"],
        Missing.OPENINGS: facts["openings_confirmed_on"],
        Missing.WORDS: facts["headline"],
    }
    return [need for need, met in needs.items() if not met]


def answer_by(received: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Until when an enquiry counts as answered in time: two working days by the clinician's clock.

    What comes at a weekend counts as come on Monday morning. Holidays are not known here.
    """
    local = received.astimezone(zone)
    if local.weekday() > 4:
        local = dt.datetime.combine(local.date() + dt.timedelta(days=7 - local.weekday()), dt.time(), zone)
    left = WORKING_DAYS
    while left:
        local += dt.timedelta(days=1)  # by the wall clock: the same time of day, whatever the clocks do
        left -= local.weekday() < 5
    return local.astimezone(dt.UTC)
