"""Entries as columns: what the index is arranged from, in any order, as numpy arrays."""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breathingroom.directory.choices import Facet
from breathingroom.directory.index.distance import located
from breathingroom.directory.index.entries import Entry
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import AuthorityHeld, LicenceHeld

Array = NDArray[Any]

NO_FEE = 0xFFFFFFFF
SETS = (
    *(Facet.ROLES, Facet.FORMATS, Facet.CONCERNS, Facet.APPROACHES, Facet.LANGUAGES, Facet.TIMES),
    Facet.IDENTITIES,
)
FLAGS = (Facet.SLIDING, Facet.PRO_BONO, Facet.ACCEPTING)
DAYS = ("expires", "checked", "claimed", "over", "seen")
CLAIM = ("row", "held", "kind", *DAYS)
Kind = tuple[str, str, str, str | None, str | None, str | None]


@dataclass
class Columns:
    """`rows` names the listing of each fact by its place in `ids`.

    `sets` are rows by (facet, choice). `claims` has a line for each licence and each authority under it:
    `held` numbers the licences of a listing, `kind` is a place in `kinds`, which holds (profession,
    jurisdiction, status, compact, privilege, its jurisdiction); the days are ordinals, 0 for none: of the
    licence `expires`, `checked`, `claimed`, of the authority `over`, `seen`. `words` are pairs of a place
    in `tokens` and a row. `spot` is a place in `spots` of those who meet in person, or -1.
    """

    ids: Array
    columns: dict[str, Array]
    sets: dict[tuple[str, str], Array]
    claims: dict[str, Array]
    words: Array
    tokens: list[str]
    kinds: list[Kind]
    spots: list[tuple[float, float]]
    places: list[str]
    currencies: list[str]


class Numbers(dict[Any, int]):
    """A number for each new thing, in the order in which they come."""

    def __missing__(self, thing: Any) -> int:
        self[thing] = number = len(self)
        return number


@dataclass
class Gathering:
    """Takes entries in, one after the other."""

    ids: list[bytes] = field(default_factory=list)
    columns: dict[str, "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("q")))
    sets: dict[tuple[str, str], "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("I")))
    claims: dict[str, "array[int]"] = field(default_factory=lambda: {name: array("q") for name in CLAIM})
    words: "array[int]" = field(default_factory=lambda: array("Q"))
    tokens: Numbers = field(default_factory=Numbers)
    kinds: Numbers = field(default_factory=Numbers)
    spots: Numbers = field(default_factory=Numbers)
    places: Numbers = field(default_factory=Numbers)
    currencies: Numbers = field(default_factory=Numbers)

    def add(self, entry: Entry) -> None:
        row = len(self.ids)
        self.ids.append(entry.id.bytes)
        for facet, choice in choices(entry):
            self.sets[facet, choice].append(row)
        for token in entry.tokens:
            self.words.append(self.tokens[token] << 32 | row)
        for name, value in self._values(entry).items():
            self.columns[name].append(value)
        for held, licence in enumerate(entry.licences):
            for authority in licence.authorities or (None,):
                self._claim(row, held, licence, authority)

    def _values(self, entry: Entry) -> dict[str, int]:
        there = located(entry.spot) if Format.IN_PERSON in entry.formats else None
        return {
            "place": self.places[entry.place],
            "spot": -1 if there is None else self.spots[there],
            "since": entry.since or 0,
            "confirmed": entry.confirmed.toordinal(),
            "currency": self.currencies[entry.currency],
            "fee": NO_FEE if entry.fee_least is None else entry.fee_least,
        }

    def _claim(self, row: int, held: int, licence: LicenceHeld, authority: AuthorityHeld | None) -> None:
        days = (licence.expires_on, licence.checked_on, licence.claimed_on)
        more = (authority.expires_on, authority.checked_on) if authority else (None, None)
        line = (row, held, self.kinds[kind(licence, authority)], *map(ordinal, (*days, *more)))
        for name, value in zip(CLAIM, line, strict=True):
            self.claims[name].append(value)

    def done(self) -> Columns:
        """All of them as columns."""
        return Columns(
            ids=np.frombuffer(b"".join(self.ids), np.uint8).reshape(-1, 16),
            columns={name: np.array(self.columns[name], np.int64) for name in COLUMNS},
            sets={name: np.array(rows, np.uint32) for name, rows in self.sets.items()},
            claims={name: np.array(values, np.int64) for name, values in self.claims.items()},
            words=np.array(self.words, np.uint64),
            tokens=list(self.tokens),
            kinds=list(self.kinds),
            spots=list(self.spots),
            places=list(self.places),
            currencies=list(self.currencies),
        )


COLUMNS = ("place", "spot", "since", "confirmed", "currency", "fee")


def gather(entries: Iterable[Entry]) -> Columns:
    """The columns of `entries`."""
    gathering = Gathering()
    for entry in entries:
        gathering.add(entry)
    return gathering.done()


def choices(entry: Entry) -> list[tuple[str, str]]:
    """(facet, choice) of every set that the entry is in."""
    found = [(str(facet), choice) for facet in SETS for choice in getattr(entry, facet)]
    return found + [(str(flag), "yes") for flag in FLAGS if getattr(entry, flag)]


def kind(licence: LicenceHeld, authority: AuthorityHeld | None) -> Kind:
    """A licence and an authority under it, without their days."""
    under = (authority.compact, authority.privilege, authority.jurisdiction) if authority else (None,) * 3
    return (licence.profession, licence.jurisdiction, licence.status, *under)


def ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None
