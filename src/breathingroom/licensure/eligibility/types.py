"""What the question of eligibility is asked about, and what the answer is made of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from breathingroom.core.facts import DOUBT, Certainty
from breathingroom.licensure.choices import GIVES_A_RIGHT, LicenceStatus
from breathingroom.licensure.eligibility import sentences as say
from breathingroom.licensure.eligibility.sentences import Rule


class Answer(StrEnum):
    YES = "yes"
    ASK = "ask"
    NO = "no"


RANK: Mapping[Answer, int] = {Answer.NO: 0, Answer.ASK: 1, Answer.YES: 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, the rule it follows, the oldest day it rests on, and how sure the least sure fact is."""

    answer: Answer
    rule: Rule
    as_of: dt.date
    certainty: Certainty

    @property
    def code(self) -> str:
        """A stable name of the rule, for tests, filters and styles."""
        return self.rule.code


@dataclass(frozen=True, slots=True)
class AuthorityHeld:
    """An authority under `compact`; `jurisdiction` is None when it holds in every member."""

    compact: str
    privilege: str
    jurisdiction: str | None = None
    expires_on: dt.date | None = None
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LicenceHeld:
    """A licence for `profession` (slug) in `jurisdiction` (ISO 3166-2)."""

    profession: str
    jurisdiction: str
    status: str = LicenceStatus.CLAIMED
    expires_on: dt.date | None = None
    checked_on: dt.date | None = None
    claimed_on: dt.date | None = None
    authorities: tuple[AuthorityHeld, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """The day and the certainty of one fact, or of the weakest of several."""

    as_of: dt.date
    certainty: Certainty

    def weakest(self, *others: "Basis") -> "Basis":
        """The oldest day and the least certainty among these."""
        if not others:
            return self
        every = (self, *others)
        return Basis(min(b.as_of for b in every), max((b.certainty for b in every), key=DOUBT.__getitem__))


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    country: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one registration reaches in a country."""

    name: str
    scope: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Membership:
    status: str
    note: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Privilege:
    kind: str
    name: str
    formats: frozenset[str]
    limit: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class CompactFacts:
    slug: str
    name: str
    country: str
    model: str
    members: Mapping[str, Membership]
    privileges: tuple[Privilege, ...]
    basis: Basis

    def ends(self, home: Place, there: Place) -> tuple[Membership, Membership] | None:
        """Both memberships, when both places belong to it and it is of the kind that gives a right."""
        if self.model not in GIVES_A_RIGHT or home.code not in self.members or there.code not in self.members:
            return None
        return self.members[home.code], self.members[there.code]


@dataclass(frozen=True, slots=True)
class Understanding:
    """A mobility understanding between the registers of two countries; no professions means all."""

    name: str
    note: str
    professions: frozenset[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known, in the shape the question needs; made once and used for thousands of answers."""

    limit_days: int
    places: Mapping[str, Place] = field(default_factory=dict)
    professions: Mapping[str, str] = field(default_factory=dict)
    compacts: Mapping[str, tuple[CompactFacts, ...]] = field(default_factory=dict)
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    mobilities: Mapping[tuple[str, str], tuple[Understanding, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """The question, without the licences."""

    there: Place
    on: dt.date
    format: str
    facts: Facts

    def is_stale(self, as_of: dt.date) -> bool:
        return (self.on - as_of).days > self.facts.limit_days

    def doubt(self, basis: Basis) -> Rule | None:
        """Why these facts are not good enough for a yes or a no, if they are not."""
        if self.is_stale(basis.as_of):
            return say.FACTS_OLD(as_of=basis.as_of)
        if basis.certainty in (Certainty.LOW, Certainty.UNVERIFIED):
            return say.FACTS_UNSURE()
        return None

    def compacts(self, licence: LicenceHeld) -> list[CompactFacts]:
        """Those that cover the licence's profession in the country of the place."""
        covering = self.facts.compacts.get(licence.profession, ())
        return [compact for compact in covering if compact.country == self.there.country]

    def profession(self, licence: LicenceHeld) -> str:
        return self.facts.professions.get(licence.profession, licence.profession)
