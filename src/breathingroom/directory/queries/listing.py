"""One listing, for its page, its editor and its owner."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise

from breathingroom.core import clock, concerns
from breathingroom.core.facts import said
from breathingroom.directory.choices import Approach, Identity, Language, Role
from breathingroom.directory.index import Snapshot, best
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import cards, enquiries, hours, words
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
    approaches: list[Label]
    identities: list[Label]
    languages: list[Label]
    hours: hours.Week | None
    fee: str
    free: str
    openings: str
    confirmed: str
    contact_link: str
    response: enquiries.ResponseRecord | None
    eligibility: Eligibility | None
    checks: list[licensure.Checked]


def page(
    listing: Listing, snapshot: Snapshot, *, where: str = "", format: str = "", zone: str = ""
) -> ListingPage:
    """The page of one listing; `where` and `format` ask whether they may see someone there, `zone` is the
    reader's."""
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
        approaches=_labels(Approach, (row.code for row in listing.approaches.all())),
        identities=_labels(Identity, (row.code for row in listing.identities.all())),
        languages=_labels(Language, (row.code for row in listing.languages.all())),
        hours=hours.week(listing, zone),
        fee=words.fee(listing),
        free=words.free(listing),
        openings=words.openings(listing),
        confirmed=words.confirmed(listing, today) if listing.openings_confirmed_on else "",
        contact_link=_link(listing.contact),
        response=enquiries.response_record(listing.pk),
        eligibility=eligibility(listing, snapshot, where, format) if where else None,
        checks=licensure.checks_of(listing.member_id),
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


def _labels(kind: type[TextChoices], codes: Iterable[str]) -> list[Label]:
    """The labels of these codes in the order of the list."""
    chosen = set(codes)
    return [choice.label for choice in kind if choice.value in chosen]


def _link(contact: str) -> str:
    """The contact as a link when it is plainly a secure web page or one e-mail address, else ""."""
    if " " in contact:
        return ""
    if contact.startswith("https://"):
        return contact
    return f"mailto:{contact}" if contact.count("@") == 1 and ":" not in contact else ""
