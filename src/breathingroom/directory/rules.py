"""Who is found, how long openings count, and what a listing needs before it can be found."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q

from breathingroom.directory.choices import CONFIRMED_FOR_DAYS, SHOWN_FOR_DAYS, Role, State


def visible(on: dt.date) -> Q:
    """Anybody may see the listing on that day: published, its member in good standing, its openings not
    long out of date."""
    since = on - dt.timedelta(days=SHOWN_FOR_DAYS)
    return Q(state=State.PUBLISHED, member__is_active=True, openings_confirmed_on__gte=since)


def is_fresh(confirmed_on: dt.date | None, on: dt.date) -> bool:
    """Whether openings that were confirmed on that day still count as a promise on the day `on`."""
    return confirmed_on is not None and (on - confirmed_on).days <= CONFIRMED_FOR_DAYS


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
    CONTACT = "contact"


def missing(facts: Mapping[str, object]) -> list[Missing]:
    """What is still needed, in the order of the steps; `facts` are the listing's fields and its codes.

    Wanted keys: name, profession, therapist, supervisor, consultant, online, in_person, place,
    openings_confirmed_on, headline, contact, concerns and languages (collections).
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
        Missing.CONTACT: facts["contact"],
    }
    return [need for need, met in needs.items() if not met]
