"""The published listings of one day as sets of bits: bit n stands for the nth entry in the order of the day.

A Python integer is the set: `&` narrows, `|` widens, `bit_count()` counts. Nothing here changes once it is
made, save what it remembers of the answers for a place.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from breathingroom.directory.choices import Currency, Facet
from breathingroom.directory.index.entries import Entry, Question
from breathingroom.licensure.eligibility import Answer, Facts

Bits = int
SETS = (
    *(Facet.ROLES, Facet.FORMATS, Facet.CONCERNS, Facet.APPROACHES, Facet.LANGUAGES, Facet.TIMES),
    Facet.IDENTITIES,
)
Grouped = Sequence[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Fees:
    """For one currency: the distinct fees, ascending, and with each the entries that ask no more."""

    amounts: list[int]
    up_to: list[Bits]

    def within(self, ceiling: int) -> Bits:
        place = bisect_right(self.amounts, ceiling)
        return self.up_to[place - 1] if place else 0


@dataclass(frozen=True)
class Snapshot:
    """`facets[facet][choice]` and `postings[token]` are sets of entries; `tokens` are sorted.

    `places` are the jurisdictions to choose from, by country.
    """

    on: dt.date
    facts: Facts
    places: Grouped
    entries: Sequence[Entry]
    everyone: Bits
    fresh: Bits
    facets: dict[Facet, dict[str, Bits]]
    fees: dict[str, Fees]
    tokens: list[str]
    postings: dict[str, Bits]
    _answers: dict[tuple[str, str], dict[str, Bits]] = field(default_factory=dict, repr=False)

    def question(self, where: str) -> Question:
        """May they see me there, today?"""
        return Question(where, self.on, self.facts)

    def answers(self, where: str, format: str) -> dict[str, Bits]:
        """By answer, the entries that meet in `format` and get it for `where`; worked out once."""
        found = self._answers.get((where, format))
        if found is None:
            found = self._answers[where, format] = self._ask(where, format)
        return found

    def _ask(self, where: str, format: str) -> dict[str, Bits]:
        question = self.question(where)
        found: dict[str, Bits] = dict.fromkeys(Answer, 0)
        for n in positions(self.facets[Facet.FORMATS].get(format, 0)):
            verdict = self.entries[n].verdict(question, [format])
            found[verdict.answer if verdict else Answer.NO] |= 1 << n
        return found

    def beginning(self, token: str) -> Bits:
        """The entries with a word that begins with `token`."""
        found = 0
        for n in range(bisect_left(self.tokens, token), len(self.tokens)):
            if not self.tokens[n].startswith(token):
                break
            found |= self.postings[self.tokens[n]]
        return found


def positions(bits: Bits) -> list[int]:
    """The places of the bits that are set, ascending."""
    digits = bin(bits)[:1:-1]
    found, at = [], digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found


def build(entries: Sequence[Entry], on: dt.date, facts: Facts, places: Grouped = ()) -> Snapshot:
    """A snapshot of `entries`, which are already in the order of the day `on`."""
    postings = _sets(entries, lambda entry: entry.tokens)
    return Snapshot(
        on=on,
        facts=facts,
        places=places,
        entries=entries,
        everyone=(1 << len(entries)) - 1,
        fresh=_sets(entries, lambda entry: ["yes"] if entry.is_fresh(on) else []).get("yes", 0),
        facets={
            **{facet: _sets(entries, attrgetter(facet)) for facet in SETS},
            Facet.SLIDING: _sets(entries, lambda entry: ["yes"] if entry.sliding else []),
            Facet.PRO_BONO: _sets(entries, lambda entry: ["yes"] if entry.pro_bono else []),
            Facet.ACCEPTING: _sets(
                entries, lambda entry: ["yes"] if entry.accepting and entry.is_fresh(on) else []
            ),
        },
        fees={currency: _fees(entries, currency) for currency in Currency.values},
        tokens=sorted(postings),
        postings=postings,
    )


def _sets(entries: Sequence[Entry], keys: Callable[[Entry], Iterable[str]]) -> dict[str, Bits]:
    """Bytes are filled and turned into integers at the end: growing integers bit by bit is quadratic."""
    size = len(entries) // 8 + 1
    found: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(size))
    for n, entry in enumerate(entries):
        for key in keys(entry):
            found[key][n >> 3] |= 1 << (n & 7)
    return {key: int.from_bytes(filled, "little") for key, filled in found.items()}


def _fees(entries: Sequence[Entry], currency: str) -> Fees:
    asked = sorted(
        (entry.fee_least, n)
        for n, entry in enumerate(entries)
        if entry.currency == currency and entry.fee_least is not None
    )
    fees, so_far = Fees([], []), 0
    for amount, n in asked:
        so_far |= 1 << n
        if fees.amounts and fees.amounts[-1] == amount:
            fees.up_to[-1] = so_far
        else:
            fees.amounts.append(amount)
            fees.up_to.append(so_far)
    return fees
