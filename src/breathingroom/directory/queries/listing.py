"""One listing, for its page, its editor and its owner."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from breathingroom.core import clock, concerns
from breathingroom.core.facts import said
from breathingroom.directory.choices import Language, Role
from breathingroom.directory.index import Snapshot, best
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import cards, words
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Verdict

Label = str | Promise


@dataclass(frozen=True)
class Eligibility:
    """The answer for one place: a chip, the rule in words, and the day and certainty it rests on."""

    chip: cards.Chip
    verdict: Verdict
    certainty: Label


@dataclass(frozen=True)
class ListingPage:
    """All that a stranger reads on a listing's page."""

    listing: Listing
    title: str
    line: str
    photo: str
    roles: list[Label]
    formats: list[Label]
    place: str
    concerns: list[tuple[Label, list[Label]]]
    languages: list[Label]
    fee: str
    openings: str
    confirmed: str
    contact_link: str
    eligibility: Eligibility | None


def page(listing: Listing, snapshot: Snapshot, *, where: str = "", format: str = "") -> ListingPage:
    """The page of one listing; `where` and `format` ask whether they may see someone there."""
    today = clock.today()
    return ListingPage(
        listing=listing,
        title=words.title(listing),
        line=cards.line(listing, words.profession(listing), today),
        photo=cards.photo(listing),
        roles=[Role(value).label for value in Role.values if getattr(listing, value)],
        formats=[Format(value).label for value in formats(listing)],
        place=", ".join(filter(None, [listing.city, said(listing.place.name) if listing.place else ""])),
        concerns=_grouped(row.code for row in listing.concerns.all()),
        languages=_languages(row.code for row in listing.languages.all()),
        fee=words.fee(listing),
        openings=words.openings(listing),
        confirmed=words.confirmed(listing, today) if listing.openings_confirmed_on else "",
        contact_link=_link(listing.contact),
        eligibility=eligibility(listing, snapshot, where, format) if where else None,
    )


def formats(listing: Listing) -> list[str]:
    return [value for value in Format.values if getattr(listing, value)]


def eligibility(listing: Listing, snapshot: Snapshot, where: str, format: str) -> Eligibility | None:
    """May they see someone in `where`? Over all formats they offer unless one is asked for and offered."""
    licences = licensure.held_by([listing.member_id])[listing.member_id]
    offered = [format] if format in formats(listing) else formats(listing)
    verdict = best(snapshot.question(where), licences, listing.place_id or "", offered)
    place = snapshot.facts.places.get(where)
    if verdict is None or place is None:
        return None
    return Eligibility(cards.chip(verdict, said(place.name)), verdict, verdict.certainty.label)


def _grouped(codes: Iterable[str]) -> list[tuple[Label, list[Label]]]:
    chosen = set(codes)
    found = [
        (label, [name for code, name in options if code in chosen]) for label, options in concerns.choices()
    ]
    return [(label, names) for label, names in found if names]


def _languages(codes: Iterable[str]) -> list[Label]:
    chosen = set(codes)
    return [language.label for language in Language if language.value in chosen]


def _link(contact: str) -> str:
    """The contact as a link when it is plainly a secure web page or one e-mail address, else ""."""
    if " " in contact:
        return ""
    if contact.startswith("https://"):
        return contact
    return f"mailto:{contact}" if contact.count("@") == 1 and ":" not in contact else ""
