"""The people found, each as a card says it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from breathingroom.core import clock, concerns, places
from breathingroom.core.facts import said
from breathingroom.core.places import Spot
from breathingroom.core.templatetags.ui import ring_picture
from breathingroom.directory import rules
from breathingroom.directory.choices import Language, Time
from breathingroom.directory.index import Criteria, Hit
from breathingroom.directory.index.distance import kilometres
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import words
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer, Facts, Verdict


@dataclass(frozen=True)
class Chip:
    """An answer at a glance: never by colour alone."""

    label: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Told:
    """What a card says whatever was searched for; `photo` is an address, or empty for `picture`."""

    id: UUID
    photo: str
    picture: str
    title: str
    read: str
    keep: str
    about: str
    headline: str
    times: str
    fee: str
    openings: str
    is_stale: bool
    spot: str
    formats: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One result, in words."""

    told: Told
    url: str
    chip: Chip | None
    rule: str
    why: str
    away: str


@dataclass(frozen=True)
class Asking:
    """What all cards of a page have in common: the search, the names of its places, the facts and the day."""

    criteria: Criteria
    place: str
    spot: Spot | None
    facts: Facts
    on: dt.date


COLUMNS = (
    *("id", "name", "pronouns", "credentials", "profession_id", "headline", "treating_since", "online"),
    *("in_person", "spot", "evenings", "weekends", "fee_least", "fee_most", "currency", "sliding"),
    *("pro_bono", "accepting", "openings", "wait_weeks", "openings_confirmed_on", "photo"),
)


def cards(hits: Sequence[Hit], asking: Asking) -> list[Card]:
    """The cards of one page in its order; one query. Who has just been paused is left out."""
    shown = Listing.objects.visible().filter(pk__in=[hit.id for hit in hits])
    found: dict[UUID, tuple[Any, ...]] = {row[0]: row for row in shown.values_list(*COLUMNS)}
    base, query = reverse("find"), _query(asking.criteria)
    days = (asking.on, clock.today())
    return [
        _card(_told(found[hit.id], asking, days), hit, f"{base}{hit.id}/{query}", asking)
        for hit in hits
        if hit.id in found
    ]


def _query(criteria: Criteria) -> str:
    if not criteria.where:
        return ""
    format = next(iter(criteria.formats)) if len(criteria.formats) == 1 else ""
    return f"?where={criteria.where}" + (f"&format={format}" if format else "")


def _card(told: Told, hit: Hit, url: str, asking: Asking) -> Card:
    verdict, ways = hit.verdict, told.formats if asking.criteria.formats else ()
    return Card(
        told=told,
        url=url,
        chip=chip(verdict, asking.place) if verdict else None,
        rule=words.rule(verdict) if verdict else "",
        why=" ".join(_reasons(get_language(), hit.met, ways, hit.spoken)),
        away=away(told.spot, asking.spot),
    )


def _told(row: tuple[Any, ...], asking: Asking, days: tuple[dt.date, dt.date]) -> Told:
    profession = asking.facts.professions.get(row[COLUMNS.index("profession_id")] or "", "")
    return _tell(row, profession, days, get_language())


@lru_cache(maxsize=4096)
def _tell(
    row: tuple[Any, ...], profession: str, days: tuple[dt.date, dt.date], _language: str | None
) -> Told:
    """Put into words once for as long as the row, the days and the language are the same."""
    listing = Listing(**dict(zip(COLUMNS, row, strict=True)))
    on = days[0]
    return Told(
        id=listing.id,
        photo=photo(listing),
        picture="" if listing.photo else picture(listing.id),
        title=words.title(listing),
        read=_("Read more about %(name)s") % {"name": listing.name},
        keep=_("Compare %(name)s") % {"name": listing.name},
        about=line(listing, said(profession), on),
        headline=listing.headline,
        times=times(listing),
        fee=", ".join(filter(None, [words.fee(listing), words.free(listing)])),
        openings=f"{words.openings(listing)} · {words.confirmed(listing, on)}",
        is_stale=not rules.is_fresh(listing.openings_confirmed_on, on),
        spot=listing.spot if listing.in_person else "",
        formats=tuple(value for value in Format.values if getattr(listing, value)),
    )


def photo(listing: Listing) -> str:
    """The address of the photograph; its name is in it, so that a new picture is a new address."""
    return f"{reverse('listing_photo', args=[listing.id])}?v={listing.photo[:12]}" if listing.photo else ""


@lru_cache(maxsize=4096)
def picture(listing: UUID) -> SafeString:
    """The ring picture of a listing; the same for ever, so drawn once."""
    return ring_picture(listing)


def line(listing: Listing, profession: str, on: dt.date) -> str:
    """ "Psychologist · she/her · 14 years treating clinicians" """
    return " · ".join(filter(None, [profession, listing.pronouns, words.years(listing, on)]))


def away(office_spot: str, spot: Spot | None) -> str:
    """How far the office they meet people in is from the spot, "" where either is not known."""
    office = places.spot(office_spot) if spot and office_spot else None
    if not spot or not office:
        return ""
    return words.away(kilometres((spot.lat, spot.lon), (office.lat, office.lon)), spot.country)


def times(listing: Listing) -> str:
    """The times outside the working day, by the provider’s clock: "evenings, weekends"."""
    return ", ".join(words.inline(Time(value).label) for value in Time.values if getattr(listing, value))


def chip(verdict: Verdict, place: str) -> Chip:
    """The answer for `place`, in its name."""
    if verdict.answer is Answer.YES:
        return Chip(_("May see you in %(place)s") % {"place": place}, "yes", "✓")
    if verdict.answer is Answer.ASK:
        return Chip(_("Ask first"), "care", "?")
    return Chip(_("May not see you in %(place)s") % {"place": place}, "", "–")


def reasons(listing: Listing, hit: Hit, criteria: Criteria) -> tuple[str, ...]:
    """Which of the asked-for facts this person meets, each as a sentence."""
    ways = tuple(value for value in Format.values if getattr(listing, value))
    return _reasons(get_language(), hit.met, ways if criteria.formats else (), hit.spoken)


@lru_cache(maxsize=2048)
def _reasons(
    _language: str | None, met: frozenset[str], formats: tuple[str, ...], languages: frozenset[str]
) -> tuple[str, ...]:
    """The sentences; most people on a page are found for the same reasons, so they are put together once."""
    said = []
    if met:
        labels = words.listed(each.label for each in concerns.CONCERNS if each.code in met)
        said.append(_("Works with %(concerns)s.") % {"concerns": labels})
    if formats:
        labels = words.listed(Format(value).label for value in formats)
        said.append(_("Meets %(formats)s.") % {"formats": labels})
    if languages:
        labels = words.and_list(Language(code).label for code in sorted(languages))
        said.append(_("Speaks %(languages)s.") % {"languages": labels})
    return tuple(said)
