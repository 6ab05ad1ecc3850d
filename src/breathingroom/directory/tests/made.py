"""Made-up directories for the search: drawn ones, and plain factories of entries."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from breathingroom.core.facts import Certainty
from breathingroom.directory.choices import RADII, YEARS
from breathingroom.directory.index import Criteria, Results
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather
from breathingroom.directory.index.engine import search
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.licensure.eligibility import (
    Answer,
    AuthorityHeld,
    Basis,
    CompactFacts,
    Facts,
    LicenceHeld,
    Membership,
    Place,
    Privilege,
)

TODAY = dt.date(2026, 11, 22)
SURE = Basis(dt.date(2026, 11, 1), Certainty.VERIFIED)
PLACES = {
    code: Place(code, name, "US", SURE)
    for code, name in (("US-WA", "Washington"), ("US-ID", "Idaho"), ("US-NY", "New York"))
}
COMPACT = CompactFacts(
    slug="psypact",
    name="PSYPACT",
    country="US",
    model="authority",
    members={code: Membership("operational", "", SURE) for code in ("US-ID", "US-NY")},
    privileges=(Privilege("telehealth", "APIT", frozenset({"online"}), "", SURE),),
    basis=SURE,
)
FACTS = Facts(
    limit_days=365,
    places=PLACES,
    professions={"psychologist": "Psychologist"},
    compacts={"psychologist": (COMPACT,)},
)
NUMBERS = range(61)
"""Of whom a house may speak."""
ROLES = ["therapist", "supervisor", "consultant"]
FORMATS = ["online", "in_person"]
CONCERNS = ["burnout", "vicarious_trauma", "grief", "sleep"]
LANGUAGES = ["en", "es", "fr"]
APPROACHES = ["emdr", "somatic"]
IDENTITIES = ["queer", "parent"]
TIMES = ["evenings", "weekends"]
SPOTS = ["98101", "98402", "99201", "10001"]  # Seattle, Tacoma, Spokane, New York
WORDS = ["maren", "marina", "oduya", "seattle", "trauma"]


class Chance(random.Random):
    """Draws listings and searches: the same ones for the same seed."""

    def some(self, of: Sequence[str], least: int = 0) -> frozenset[str]:
        return frozenset(self.sample(of, self.randint(least, len(of))))

    def ago(self, *days: int) -> dt.date:
        return TODAY - dt.timedelta(self.choice(days))

    # -- listings ----------------------------------------------------------------------------------
    def entries(self) -> list[Entry]:
        """Nobody, a few, or enough for three pages."""
        return [self.entry(number) for number in self.sample(NUMBERS, self.choice([0, 5, 20, 45, 45]))]

    def entry(self, number: int) -> Entry:
        return Entry(
            id=UUID(int=number),
            roles=self.some(ROLES, 1),
            formats=self.some(FORMATS, 1),
            concerns=self.some(CONCERNS),
            approaches=self.some(APPROACHES),
            languages=self.some(LANGUAGES, 1),
            times=self.some(TIMES),
            identities=self.some(IDENTITIES),
            spot=self.choice(["", *SPOTS]),
            since=self.choice([None, self.randint(2000, 2026)]),
            pro_bono=self.choice([True, False]),
            confirmed=self.ago(0, 3, 29, 30, 31, 88, 89, 90, 91),
            place=self.choice([*PLACES, "US-ZZ"]),
            currency=self.choice(["USD", "USD", "CAD"]),
            fee_least=self.choice([None, 0, 8000, 12000, 14000]),
            sliding=self.choice([True, False]),
            accepting=self.choice([True, False]),
            tokens=self.some(WORDS),
            licences=tuple(self.licence() for _ in range(self.randint(0, 3))),
        )

    def licence(self) -> LicenceHeld:
        return LicenceHeld(
            profession=self.choice(["psychologist", "psychologist", "counsellor"]),
            jurisdiction=self.choice([*PLACES, "US-ZZ"]),
            status=self.choice(["active", "active", "claimed", "refused"]),
            expires_on=self.choice([None, self.ago(1, 0, -1, -29, -30, -300)]),
            checked_on=self.choice([None, self.ago(3, 364, 365, 366)]),
            claimed_on=dt.date(2026, 3, 4),
            authorities=tuple(self.authority() for _ in range(self.randint(0, 2))),
        )

    def authority(self) -> AuthorityHeld:
        return AuthorityHeld(
            compact="psypact",
            privilege=self.choice(["telehealth", "temporary_in_person"]),
            expires_on=self.choice([None, self.ago(1, 0, -29, -30, -300)]),
            checked_on=self.choice([None, self.ago(3, 365, 366)]),
        )

    # -- searches ----------------------------------------------------------------------------------
    def searches(self, count: int, strictness: float = 0.2) -> list[Criteria]:
        return [self.criteria(strictness) for _ in range(count)]

    def criteria(self, strictness: float) -> Criteria:
        """Each filter asks something as often as `strictness` says, of 1."""
        filters: dict[str, Any] = {
            "roles": self.some(ROLES, 1),
            "formats": self.some(FORMATS, 1),
            "answers": self.some([answer.value for answer in Answer], 1),
            "approaches": self.some(APPROACHES, 1),
            "languages": self.some(LANGUAGES, 1),
            "times": self.some(TIMES, 1),
            "years": self.choice(YEARS),
            "identities": self.some(IDENTITIES, 1),
            "ceiling": self.choice([0, 7999, 8000, 13000, 10**9]),
            "sliding": True,
            "pro_bono": True,
            "accepting": True,
            "words": tuple(self.sample(["mar", "oduya", "se", "x"], self.randint(1, 2))),
            "without": frozenset(UUID(int=number) for number in self.sample(NUMBERS, 3)),
        }
        return Criteria(
            where=self.choice(["", *PLACES, "US-XX"]),
            near=self.choice(["", *SPOTS]),
            within=self.choice([0, 0, *RADII, 400]),
            concerns=self.some(CONCERNS),
            currency=self.choice(["USD", "USD", "CAD", "EUR"]),
            unconfirmed=self.choice([True, False]),
            page=self.choice([1, 1, 2, 3, 4]),
            **{name: its for name, its in filters.items() if self.random() < strictness},
        )


def indexed(found: list[Entry], asked: Criteria) -> Results:
    return search(snapshot(found), asked)


def snapshot(found: list[Entry]) -> Snapshot:
    return Snapshot(Image(*arrange(gather(found))), TODAY, FACTS)


def entry(number: int, **held: object) -> Entry:
    plain_one = Entry(
        id=UUID(int=number),
        roles=frozenset({"therapist"}),
        formats=frozenset({"online"}),
        concerns=frozenset(),
        approaches=frozenset(),
        languages=frozenset({"en"}),
        times=frozenset(),
        identities=frozenset(),
        place="US-WA",
        spot="",
        since=None,
        currency="USD",
        fee_least=None,
        sliding=False,
        pro_bono=False,
        accepting=False,
        confirmed=TODAY,
        tokens=frozenset(),
        licences=(),
    )
    return replace(plain_one, **held)  # type: ignore[arg-type]


def licensed(place: str, **held: object) -> tuple[LicenceHeld, ...]:
    return (LicenceHeld("psychologist", place, "active", checked_on=dt.date(2026, 11, 2)),)


def same(one: Results, other: Results) -> None:
    """The same people on the same page, and the same counts; a choice that nobody makes may be left out."""
    assert (one.total, one.number, one.pages) == (other.total, other.number, other.pages)
    assert [(hit, hit.verdict) for hit in one.hits] == [(hit, hit.verdict) for hit in other.hits]
    for facet in one.counts.keys() | other.counts.keys():
        counts, others = one.counts.get(facet, {}), other.counts.get(facet, {})
        for choice in counts.keys() | others.keys():
            assert counts.get(choice, 0) == others.get(choice, 0), (facet, choice)
