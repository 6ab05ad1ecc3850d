"""What a search needs to know of each published listing, read in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from breathingroom.core import text
from breathingroom.directory import rules
from breathingroom.directory.choices import SHOWN_FOR_DAYS, Role, State, Time
from breathingroom.directory.models import (
    Listing,
    ListingApproach,
    ListingConcern,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import RANK, Answer, Facts, LicenceHeld, Verdict, may_see
from breathingroom.licensure.eligibility.sentences import Sentence

ELSEWHERE = Sentence(
    "office_elsewhere", _("Meets in person in %(office)s only."), _("In person in %(office)s only")
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One published listing of an active member, and nothing that depends on the day.

    `spot` is a code of `core.places`, `since` the year in which they began to treat clinicians.
    """

    id: UUID
    roles: frozenset[str]
    formats: frozenset[str]
    concerns: frozenset[str]
    approaches: frozenset[str]
    languages: frozenset[str]
    times: frozenset[str]
    identities: frozenset[str]
    place: str
    spot: str
    since: int | None
    currency: str
    fee_least: int | None
    sliding: bool
    pro_bono: bool
    accepting: bool
    confirmed: dt.date
    tokens: frozenset[str]
    licences: tuple[LicenceHeld, ...]

    def is_shown(self, on: dt.date) -> bool:
        """Whether anybody may see the listing on that day, as `rules.visible` has it."""
        return (on - self.confirmed).days <= SHOWN_FOR_DAYS

    def is_fresh(self, on: dt.date) -> bool:
        """Whether what they say of their openings still counts on that day."""
        return rules.is_fresh(self.confirmed, on)

    def years(self, on: dt.date) -> int:
        """Years of treating clinicians, 0 when they did not say."""
        return on.year - self.since if self.since else 0

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
    *("place_id", "spot", "therapist", "supervisor", "consultant", "online", "in_person"),
    *("evenings", "weekends", "treating_since", "currency", "fee_least", "sliding", "pro_bono"),
    *("accepting", "openings_confirmed_on"),
)
CODES = {
    "concerns": ListingConcern,
    "approaches": ListingApproach,
    "languages": ListingLanguage,
    "identities": ListingIdentity,
}
SEARCHED = ("name", "credentials", "headline", "about", "city", "profession__name", "place__name")


CHUNK = 2000


def read(among: Q | None = None) -> Iterator[Entry]:
    """The entries of all published listings, or of those `among` them; seven queries for each 2,000."""
    found = Listing.objects.filter(state=State.PUBLISHED, member__is_active=True)
    rows = found.exclude(openings_confirmed_on=None).order_by("pk").values(*COLUMNS)
    rows = rows.filter(among) if among is not None else rows
    chunk = list(rows[:CHUNK])
    while chunk:
        yield from _entries(chunk)
        chunk = list(rows.filter(pk__gt=chunk[-1]["id"])[:CHUNK]) if len(chunk) == CHUNK else []


def _entries(rows: list[dict[str, Any]]) -> Iterator[Entry]:
    ids = [row["id"] for row in rows]
    pairs = {
        kind: model._default_manager.filter(listing__in=ids).values_list("listing_id", "code")
        for kind, model in CODES.items()
    }
    codes = {kind: _codes(found) for kind, found in pairs.items()}
    licences = licensure.held_by([row["member_id"] for row in rows])
    for row in rows:
        held = {kind: frozenset(known[row["id"]]) for kind, known in codes.items()}
        yield _entry(row, held, licences[row["member_id"]])


def worded() -> Iterator[tuple[UUID, frozenset[str]]]:
    """(id, words) of every published listing, in one query."""
    rows = Listing.objects.filter(state=State.PUBLISHED).values("id", *SEARCHED)
    for row in rows.iterator(CHUNK):
        yield row["id"], _tokens(_searched(row))


def _searched(row: dict[str, Any]) -> str:
    return " ".join(row[column] or "" for column in SEARCHED)


def _codes(pairs: Iterable[tuple[UUID, str]]) -> defaultdict[UUID, set[str]]:
    found: defaultdict[UUID, set[str]] = defaultdict(set)
    for listing, code in pairs:
        found[listing].add(code)
    return found


def _entry(row: dict[str, Any], codes: dict[str, frozenset[str]], licences: tuple[LicenceHeld, ...]) -> Entry:
    return Entry(
        id=row["id"],
        roles=frozenset(role for role in Role.values if row[role]),
        formats=frozenset(format for format in Format.values if row[format]),
        **codes,
        times=frozenset(time for time in Time.values if row[time]),
        place=row["place_id"],
        spot=row["spot"],
        since=row["treating_since"],
        currency=row["currency"],
        fee_least=row["fee_least"],
        sliding=row["sliding"],
        pro_bono=row["pro_bono"] > 0,
        accepting=row["accepting"],
        confirmed=row["openings_confirmed_on"],
        tokens=_tokens(_searched(row)),
        licences=licences,
    )


@lru_cache(maxsize=5000)
def _tokens(words: str) -> frozenset[str]:
    """The plain words of one listing; remembered, for most of a rebuild was working them out again."""
    return frozenset(text.plain(words).split())
