"""Up to three listings side by side: the same facts of each, row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from breathingroom.core import places
from breathingroom.core.facts import said
from breathingroom.directory.choices import Approach, Identity, Language, Role
from breathingroom.directory.index import Criteria, Snapshot, best
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import cards, words
from breathingroom.directory.queries.address import Address
from breathingroom.directory.queries.asked import CONCERNS, Label
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format

CODES = ("concerns", "languages", "approaches", "identities")


@dataclass(frozen=True)
class Person:
    """The head of a column; `without` is the address of the page without this person."""

    id: UUID
    title: str
    line: str
    url: str
    photo: str
    picture: str
    without: str


@dataclass(frozen=True)
class Cell:
    """What one person's listing says on one matter; `note` stands below it, smaller."""

    name: str
    text: str
    note: str = ""
    chip: cards.Chip | None = None


@dataclass(frozen=True)
class Row:
    """One matter, and what each listing says on it."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class ComparePage:
    """All that the page says. `gone` is how many of those asked for are no longer listed."""

    people: list[Person]
    rows: list[Row]
    place: str
    gone: int
    back: str


def page(
    listings: Sequence[Listing], asked: int, snapshot: Snapshot, criteria: Criteria, address: Address
) -> ComparePage:
    """The page for `listings`, out of `asked` ids; six queries however many there are.

    `address` is the search they were ticked on: the way back leads to it.
    """
    prefetch_related_objects(list(listings), *CODES)
    place = snapshot.facts.places.get(criteria.where)
    return ComparePage(
        people=[_person(listing, listings, address, snapshot) for listing in listings],
        rows=_rows(listings, snapshot, criteria, said(place.name) if place else ""),
        place=said(place.name) if place else "",
        gone=asked - len(listings),
        back=f"{reverse('find')}{address}",
    )


def _person(listing: Listing, listings: Sequence[Listing], address: Address, snapshot: Snapshot) -> Person:
    others = [("listing", str(other.id)) for other in listings if other is not listing]
    where = [pair for pair in address.pairs() if pair[0] in {"where", "format"}]
    return Person(
        id=listing.id,
        title=words.title(listing),
        line=cards.line(listing, words.profession(listing), snapshot.on),
        url=f"{reverse('listing', args=[listing.id])}{f'?{urlencode(where[:2])}' if where else ''}",
        photo=cards.photo(listing),
        picture="" if listing.photo else cards.picture(listing.id),
        without=f"?{urlencode([*others, *address.pairs()])}",
    )


# -- the rows ------------------------------------------------------------------------------------
def _rows(listings: Sequence[Listing], snapshot: Snapshot, criteria: Criteria, place: str) -> list[Row]:
    """Only what at least one of them says something on."""
    rows = [_answers(listings, snapshot, criteria, place)] if place else []
    rows += [Row(label, [_cell(listing, say) for listing in listings]) for label, say in _matters(criteria)]
    openings = [
        Cell(each.name, words.openings(each), words.confirmed(each, snapshot.on)) for each in listings
    ]
    rows.append(Row(_("Openings"), openings))
    return [row for row in rows if any(cell.text or cell.chip for cell in row.cells)]


def _cell(listing: Listing, say: Callable[[Listing], str]) -> Cell:
    return Cell(listing.name, say(listing))


def _answers(listings: Sequence[Listing], snapshot: Snapshot, criteria: Criteria, place: str) -> Row:
    held = licensure.held_by([listing.member_id for listing in listings])
    cells = []
    for listing in listings:
        formats = [value for value in Format.values if _meets(listing, value, criteria)]
        licences = held.get(listing.member_id, ())
        verdict = best(snapshot.question(criteria.where), licences, listing.place_id or "", formats)
        chip = cards.chip(verdict, place) if verdict else None
        cells.append(Cell(listing.name, "", words.rule(verdict) if verdict else "", chip))
    return Row(_("May they see you in %(place)s?") % {"place": place}, cells)


def _meets(listing: Listing, format: str, criteria: Criteria) -> bool:
    return bool(getattr(listing, format)) and (format in criteria.formats or not criteria.formats)


def _matters(criteria: Criteria) -> list[tuple[str, Callable[[Listing], str]]]:
    spot = places.spot(criteria.near) if criteria.near else None
    return [
        (_("Fee"), words.fee),
        (_("Pro bono"), words.free),
        (_("Can be your"), lambda listing: _fields(listing, Role.choices)),
        (_("Meets"), lambda listing: _fields(listing, Format.choices)),
        (_("Sits in"), _seat),
        (_("How far"), lambda listing: cards.away(listing.spot if listing.in_person else "", spot)),
        (_("Outside working hours"), cards.times),
        (_("Works with"), lambda listing: _codes(listing, "concerns", CONCERNS)),
        (_("How they work"), lambda listing: _codes(listing, "approaches", Approach.choices)),
        (_("Speaks"), lambda listing: _codes(listing, "languages", Language.choices)),
        (_("Says of themselves"), lambda listing: _codes(listing, "identities", Identity.choices)),
    ]


def _seat(listing: Listing) -> str:
    return ", ".join(filter(None, [listing.city, said(listing.place.name) if listing.place else ""]))


def _fields(listing: Listing, choices: Sequence[tuple[str, Label]]) -> str:
    return ", ".join(str(label) for value, label in choices if getattr(listing, value))


def _codes(listing: Listing, kind: str, choices: Sequence[tuple[str, Label]]) -> str:
    held = {row.code for row in getattr(listing, kind).all()}
    return ", ".join(str(label) for code, label in choices if code in held)
