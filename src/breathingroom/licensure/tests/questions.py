"""Made-up questions of eligibility, the same ones in every run."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from breathingroom.core.facts import Certainty
from breathingroom.licensure.choices import CompactModel, Format, LicenceStatus, MembershipStatus
from breathingroom.licensure.eligibility import (
    RANK,
    AuthorityHeld,
    Basis,
    CompactFacts,
    Facts,
    LicenceHeld,
    Membership,
    Place,
    Privilege,
    Reach,
    Understanding,
    Verdict,
    may_see,
)
from breathingroom.licensure.tests.people import DAY, authority, days, held

PLACES = ("US-OH", "US-TX", "US-CA", "CA-ON", "CA-QC", "GB-ENG", "GB-SCT")
ACROSS = ("US-OH", "US-TX")
PAIRS = (ACROSS, ACROSS, ("US-OH", "US-OH"), ("CA-ON", "CA-QC"), ("GB-ENG", "GB-SCT"))
KINDS = ("telehealth", "temporary_in_person", "privilege_to_practice")
EITHER, ONLINE = frozenset({"online", "in_person"}), frozenset({"online"})
AGES = (0, 30, 364, 365, 366, 800)
ENDS = (None, *(DAY + days(ahead) for ahead in (800, 400, 30, 29, -1)))
CHECKS = (None, DAY, DAY - days(366))
ALL_HELD = tuple(authority("a", kind, where) for kind in KINDS for where in (None, *ACROSS))
One = TypeVar("One")


@dataclass(frozen=True)
class Question:
    """All that is asked, so that a test can ask it again with one thing changed."""

    facts: Facts
    licences: tuple[LicenceHeld, ...]
    place: str
    format: str

    def answer(self, on: dt.date = DAY) -> Verdict:
        return may_see(self.licences, self.place, on, self.format, self.facts)

    def rank(self) -> int:
        return RANK[self.answer().answer]


class Chance(random.Random):
    """Draws questions: often about one good licence and a place that it may reach, else about anything."""

    def few(self, draw: Callable[[], One], least: int, most: int) -> tuple[One, ...]:
        return tuple(draw() for _ in range(self.randint(least, most)))

    def question(self) -> Question:
        home, place = self.choice([*PAIRS, (self.choice(PLACES), self.choice([*PLACES, "?"]))])
        good = held("psychologist", home, *self.choice([(), ALL_HELD]))
        some = self.few(self.licence, 0, 2)
        licences = self.choice([some, (good, *some)])
        return Question(self.facts(), licences, place, self.choice(Format.values))

    def licence(self) -> LicenceHeld:
        return LicenceHeld(
            self.choice(["psychologist", "counselor"]),
            self.choice([*PLACES, "XX"]),
            self.choice(LicenceStatus.values),
            self.choice(ENDS),
            self.choice(CHECKS),
            self.choice([None, *(DAY - days(age) for age in AGES)]),
            self.few(self.authority, 0, 3),
        )

    def authority(self) -> AuthorityHeld:
        return AuthorityHeld(
            self.choice("aab"),
            self.choice(KINDS),
            self.choice([None, *ACROSS, *PLACES]),
            self.choice(ENDS),
            self.choice(CHECKS),
        )

    def facts(self) -> Facts:
        """Facts of seven places in three countries: all of them sound, or each of any kind."""
        sound = self.choice([True, False])
        eased = Understanding(
            "Ease", "", self.choice([frozenset(), frozenset({"psychiatric_nurse"})]), self.basis(sound)
        )
        return Facts(
            limit_days=365,
            places={code: Place(code, code, code[:2], self.basis(sound)) for code in PLACES},
            professions={"psychologist": "Psychologist"},
            compacts={"psychologist": self.few(lambda: self.compact(sound), 1, 2)},
            reaches={
                "US": Reach("US", "region", self.basis(sound)),
                "GB": Reach("GB", "country", self.basis(sound)),
            },
            mobilities={("CA", "CA"): (eased,)},
        )

    def compact(self, sound: bool) -> CompactFacts:
        return CompactFacts(
            "a",
            "Compact",
            "US",
            self.choice(CompactModel.values),
            {code: self.membership(sound) for code in PLACES[: self.randint(2, 3)]},
            self.few(lambda: self.privilege(sound), 1, 3),
            self.basis(sound),
        )

    def membership(self, sound: bool) -> Membership:
        status = "operational" if sound else self.choice(MembershipStatus.values)
        return Membership(status, "note", self.basis(sound))

    def privilege(self, sound: bool) -> Privilege:
        formats = self.choice([EITHER, EITHER, ONLINE])
        return Privilege(self.choice(KINDS), "P", formats, "30 days", self.basis(sound))

    def basis(self, sound: bool) -> Basis:
        if sound:
            return Basis(DAY, Certainty.VERIFIED)
        return Basis(DAY - days(self.choice(AGES)), self.choice(list(Certainty)))
