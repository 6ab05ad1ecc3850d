"""What a search needs to know of each published listing, read in a constant number of queries."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from breathingroom.core import text
from breathingroom.directory import rules
from breathingroom.directory.choices import Role
from breathingroom.directory.models import Listing, ListingConcern, ListingLanguage
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import RANK, Answer, Facts, LicenceHeld, Verdict, may_see
from breathingroom.licensure.eligibility.sentences import Sentence

ELSEWHERE = Sentence(
    "office_elsewhere", _("Meets in person in %(office)s only."), _("In person in %(office)s only")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One published listing of an active member; `accepting` only counts while it is freshly confirmed."""

    id: UUID
    roles: frozenset[str]
    formats: frozenset[str]
    concerns: frozenset[str]
    languages: frozenset[str]
    place: str
    currency: str
    fee_least: int | None
    sliding: bool
    accepting: bool
    tokens: frozenset[str]
    licences: tuple[LicenceHeld, ...]

    def verdict(self, question: "Question", formats: Iterable[str]) -> Verdict | None:
        """The best answer over those of `formats` that they offer, None when they offer none of them."""
        offered = [format for format in formats if format in self.formats]
        return best(question, self.licences, self.place, offered)


@dataclass(frozen=True, slots=True)
class Question:
    """May they see me in `where` (the code of a jurisdiction) on the day `on`, as far as the facts know?"""

    where: str
    on: dt.date
    facts: Facts


def best(
    question: Question, licences: tuple[LicenceHeld, ...], office: str, formats: Iterable[str]
) -> Verdict | None:
    """The best answer over `formats`, the first one among equals; in person only where the office is."""
    verdicts = (_verdict(question, licences, office, format) for format in formats)
    return max(verdicts, key=lambda verdict: RANK[verdict.answer], default=None)


def _verdict(question: Question, licences: tuple[LicenceHeld, ...], office: str, format: str) -> Verdict:
    room = question.facts.places.get(office)
    if format == Format.IN_PERSON and room and question.where != office:
        return Verdict(Answer.NO, ELSEWHERE(office=room.name), room.basis.as_of, room.basis.certainty)
    return may_see(licences, question.where, question.on, format, question.facts)


COLUMNS = (
    *(
        "id",
        "member_id",
        "name",
        "credentials",
        "headline",
        "about",
        "city",
        "profession__name",
        "place__name",
    ),
    *("place_id", "therapist", "supervisor", "consultant", "online", "in_person"),
    *("currency", "fee_least", "sliding", "accepting", "openings_confirmed_on"),
)
SEARCHED = ("name", "credentials", "headline", "about", "city", "profession__name", "place__name")


def read(on: dt.date) -> list[Entry]:
    """All entries in the order of the day, in five queries."""
    rows = list(Listing.objects.filter(rules.visible(on)).values(*COLUMNS))
    concerns = _codes(ListingConcern.objects.values_list("listing_id", "code"))
    languages = _codes(ListingLanguage.objects.values_list("listing_id", "code"))
    licences = licensure.held_by_all()
    found = (
        _entry(row, on, concerns[row["id"]], languages[row["id"]], licences.get(row["member_id"], ()))
        for row in rows
    )
    return sorted(found, key=lambda entry: shuffled(on, entry.id))


def shuffled(on: dt.date, listing: UUID) -> bytes:
    """Where a listing stands among its equals on the day `on`: nobody chose it and nobody can buy it."""
    return hashlib.blake2b(f"{on}:{listing}".encode(), digest_size=8).digest()


def _codes(pairs: Iterable[tuple[UUID, str]]) -> defaultdict[UUID, set[str]]:
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for listing, code in pairs:
        found[listing].add(code)
    return found


def _entry(
    row: dict[str, Any],
    on: dt.date,
    concerns: set[str],
    languages: set[str],
    licences: tuple[LicenceHeld, ...],
) -> Entry:
    return Entry(
        id=row["id"],
        roles=frozenset(role for role in Role.values if row[role]),
        formats=frozenset(format for format in Format.values if row[format]),
        concerns=frozenset(concerns),
        languages=frozenset(languages),
        place=row["place_id"],
        currency=row["currency"],
        fee_least=row["fee_least"],
        sliding=row["sliding"],
        accepting=row["accepting"] and rules.is_fresh(row["openings_confirmed_on"], on),
        tokens=_tokens(" ".join(row[column] or "" for column in SEARCHED)),
        licences=licences,
    )


@lru_cache(maxsize=20_000)
def _tokens(words: str) -> frozenset[str]:
    """The plain words of one listing; remembered, for most of a rebuild was working them out again."""
    return frozenset(text.plain(words).split())
