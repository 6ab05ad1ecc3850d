"""Who may be seen in a place, for all listings at once.

The answer over several licences is the best of the answers over each (see `licensure.eligibility`), and so
it is over the authorities under one licence. So each claim, a licence with at most one authority, is asked
about alone; and since of its days only this matters, whether they are over, near, stale or missing, a few
hundred questions answer for a million claims.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from breathingroom.directory.index.bits import Array, any_of, bitmap
from breathingroom.directory.index.columns import DAYS, Kind, day
from breathingroom.directory.index.image import Image
from breathingroom.licensure.eligibility import (
    EXPIRING_DAYS,
    RANK,
    Answer,
    AuthorityHeld,
    Facts,
    LicenceHeld,
    may_see,
)

REMEMBERED = 512  # pairs of a place and ways to meet
FINE, ENDING, OVER = range(3)
GOOD, STALE, MISSING = range(3)
DAY_SORTS = 3**4
Ask = Callable[[int, tuple[str, ...]], Answer | None]
Offered = Callable[[str], BitMap]


@dataclass
class Answered:
    """The rows that answer yes and those that answer ask, and how many changes that takes account of."""

    yes: BitMap
    ask: BitMap
    changes: int = 0

    def __post_init__(self) -> None:
        self.either = self.yes | self.ask

    def of(self, *answers: str) -> BitMap:
        """The rows that give one of these answers."""
        return any_of([self.yes if its == Answer.YES else self.ask for its in answers])

    def set(self, row: int, answer: Answer | None) -> None:
        """What the row answers now, None when it is not there to answer."""
        for bits, counts in (
            (self.yes, answer is Answer.YES),
            (self.ask, answer is Answer.ASK),
            (self.either, answer in {Answer.YES, Answer.ASK}),
        ):
            (bits.add if counts else bits.discard)(row)


class Answers:
    """Remembers the answers for each place and way to meet, on one day under some facts."""

    def __init__(self, image: Image, facts: Facts, on: dt.date) -> None:
        self._claims, self._facts, self._on = image.arrays, facts, on
        self._kinds: list[Kind] = [tuple(kind) for kind in image.meta["kinds"]]
        self._known: OrderedDict[tuple[str, tuple[str, ...]], Answered] = OrderedDict()

    def about(
        self, where: str, formats: tuple[str, ...], offered: Offered, changed: list[int], ask: Ask
    ) -> Answered:
        """The answers for the place `where` of those who meet in one of `formats`, the best where several do.

        `offered` are the rows that meet in one of them; `changed` those that changed since the image was
        made, in that order, and `ask` gives the answer of one of them now, None for who offers none.
        """
        known = self._known.get((where, formats))
        if known is None:
            if len(formats) > 1:
                known = _best([self.about(where, (its,), offered, changed, ask) for its in formats])
                known.changes = len(changed)
            else:
                known = self._asked(where, formats[0], offered(formats[0]))
            self._known[where, formats] = known
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end((where, formats))
        for row in changed[known.changes :]:
            known.set(row, ask(row, formats))
        known.changes = len(changed)
        return known

    def _asked(self, where: str, format: str, offered: BitMap) -> Answered:
        rank = np.zeros(self._codes[1][-1] + 1 if len(self._codes[1]) else 1, np.uint8)
        for code in self._hopeful(where, format):
            rank[code] = RANK[self._answer([self._licence(code)], where, format)]
        found, rows = rank[self._codes[0]], self._claims["claim_row"]
        yes = bitmap(rows[found == RANK[Answer.YES]]) & offered
        ask = (bitmap(rows[found == RANK[Answer.ASK]]) & offered) - yes
        if self._answer([], where, format) is Answer.ASK:  # whoever they are: the place is not known
            ask = offered - yes
        return Answered(yes, ask)

    def _hopeful(self, where: str, format: str) -> list[int]:
        """The codes that may not answer no: worse days never make an answer better than the best days do."""
        codes, best = self._codes[1], 0  # all its days are fine
        kinds = {int(kind) for kind in np.unique(codes // DAY_SORTS)}
        lost = {
            kind
            for kind in kinds
            if self._answer([self._licence(kind * DAY_SORTS + best)], where, format) is Answer.NO
        }
        return [int(code) for code in codes if int(code) // DAY_SORTS not in lost]

    def _answer(self, licences: list[LicenceHeld], where: str, format: str) -> Answer:
        return may_see(licences, where, self._on, format, self._facts).answer

    @cached_property
    def _codes(self) -> tuple[Array, Array]:
        """The code of each claim on this day, and the codes that there are, ascending."""
        code = self._claims["claim_kind"].astype(np.int32)
        for name, table in zip(("expires", "checked", "over", "seen"), self._tables(), strict=True):
            code = code * 3 + table[self._claims[f"claim_{name}"]]
        return code, np.flatnonzero(np.bincount(code)) if len(code) else code

    def _tables(self) -> list[Array]:
        """For each kind of day, what each of the days means today."""
        days, today = self._claims["days"], self._on.toordinal()
        ends = np.where((days == 0) | (days - today >= EXPIRING_DAYS), FINE, ENDING)
        ends = np.where((days != 0) & (days < today), OVER, ends)
        checks = np.where(today - days > self._facts.limit_days, STALE, GOOD)
        checks = np.where(days == 0, MISSING, checks)
        return [table.astype(np.int32) for table in (ends, checks, ends, checks)]

    def _licence(self, code: int) -> LicenceHeld:
        """A licence that stands for all with this code."""
        rest, seen = divmod(code, 3)
        rest, over = divmod(rest, 3)
        rest, checked = divmod(rest, 3)
        number, expires = divmod(rest, 3)
        return stand_in(self._kinds[number], (expires, checked, over, seen), self._on, self._facts)


def stand_in(kind: Kind, days: tuple[int, int, int, int], on: dt.date, facts: Facts) -> LicenceHeld:
    """A licence, and the authority under it if there is one, that stands for all of their kind.

    `days` say of the licence when it ends and was checked, then of the authority.
    """
    stale = on - dt.timedelta(facts.limit_days + 1)
    end = {FINE: None, ENDING: on, OVER: on - dt.timedelta(1)}
    check = {GOOD: on, STALE: stale, MISSING: None}
    expires, checked, over, seen = days
    profession, jurisdiction, status, compact, privilege, there = kind
    authority = AuthorityHeld(compact or "", privilege or "", there, end[over], check[seen])
    authorities = (authority,) if compact else ()
    return LicenceHeld(
        profession, jurisdiction, status, end[expires], check[checked], authorities=authorities
    )


def _best(each: list[Answered]) -> Answered:
    """The best of several answers of each row."""
    yes, ask = (any_of([getattr(its, name) for its in each]) for name in ("yes", "ask"))
    return Answered(yes, ask - yes)


class Held:
    """The licences of one row as they were: what the words of a verdict are made from."""

    def __init__(self, image: Image) -> None:
        self._claims = image.arrays
        self._kinds: list[Kind] = [tuple(kind) for kind in image.meta["kinds"]]

    def licences(self, row: int) -> tuple[LicenceHeld, ...]:
        rows = self._claims["claim_row"]  # numbers of its own type: others would copy all of it
        low, high = (int(n) for n in rows.searchsorted(np.array([row, row + 1], rows.dtype)))
        found: dict[int, LicenceHeld] = {}
        for n in range(low, high):
            held, licence = int(self._claims["claim_held"][n]), self._read(n)
            before = found[held].authorities if held in found else ()
            found[held] = replace(licence, authorities=before + licence.authorities)
        return tuple(found.values())

    def _read(self, n: int) -> LicenceHeld:
        number = int(self._claims["claim_kind"][n])
        profession, jurisdiction, status, compact, privilege, there = self._kinds[number]
        expires, checked, claimed, over, seen = (self._day(name, n) for name in DAYS)
        under = AuthorityHeld(compact or "", privilege or "", there, over, seen)
        authorities = (under,) if compact else ()
        return LicenceHeld(profession, jurisdiction, status, expires, checked, claimed, authorities)

    def _day(self, name: str, n: int) -> dt.date | None:
        return day(int(self._claims["days"][self._claims[f"claim_{name}"][n]]))
