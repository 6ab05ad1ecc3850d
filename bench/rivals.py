"""What the engines that the index is measured against have in common: the same listings as rows.

Each answers what a page of results needs: an exact total, twenty ids, the counts of four facets, and those of
the filters that are set, concerns and accepting, under the *other* filters: for them it is asked once more
each. The index counts twelve facets and distances, and alone answers who may see whom: a state here is a
column.
"""

import math
import time
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from synthetic import CONCERNS, TODAY, Question

from breathingroom.directory.index.columns import Columns

FRESH = TODAY.toordinal() - 30
FACETS = ("concerns", "approaches", "identities", "languages")
BITS = 62
"""To a column of a mask: what every engine takes for a whole number without a sign."""


class Rival(Protocol):
    """Made once from the listings, then asked; an answer is (total, ids, counts)."""

    name: str

    def ask(self, asked: Question) -> tuple[int, list[int], dict[str, int]]: ...
    def total(self, asked: Question) -> int: ...
    def concerns(self, asked: Question) -> dict[str, int]: ...


def answered(rival: Rival, asked: Question) -> tuple[int, list[int], dict[str, int]]:
    """The whole answer."""
    total, page, counts = rival.ask(asked)
    if asked.concerns:
        counts |= rival.concerns(replace(asked, concerns=()))
        counts["accepting"] = rival.total(replace(asked, accepting=False))
    return total, page, counts


class Table:
    """The listings as rows of plain values, made once for all of them."""

    def __init__(self, given: Columns) -> None:
        self.count = len(given.ids)
        self.given = given
        self.state, self.fee = given.columns["place"], given.columns["fee"]
        self.fresh = (given.columns["confirmed"] >= FRESH).astype(np.int64)
        self.accepting = np.zeros(self.count, np.int64)
        self.accepting[given.sets["accepting", "yes"]] = 1
        spots = np.array([*given.spots, (0.0, 0.0)])
        self.lat, self.lon = spots[given.columns["spot"]].T
        self.rank = np.random.default_rng(5).permutation(self.count)

    def rows(self, *columns: Any) -> Any:
        """Each listing's number, then its value in each column, as Python's own numbers."""
        return zip(range(self.count), *(column.tolist() for column in columns), strict=True)

    def codes(self, facet: str) -> list[str]:
        return sorted(choice for its, choice in self.given.sets if its == facet)

    def choices(self) -> list[tuple[str, str]]:
        return [(facet, code) for facet in FACETS for code in self.codes(facet)]

    def concerns(self, asked: Question) -> list[int]:
        """The numbers of the concerns that are asked for."""
        codes = self._concerns
        return [codes[CONCERNS[n]] for n in asked.concerns]

    @cached_property
    def _concerns(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.codes("concerns"))}

    @cached_property
    def masks(self) -> dict[str, Any]:
        """Columns of bits, one bit for each code."""
        return {f"{facet}{n}": column for facet in FACETS for n, column in enumerate(self._masks(facet))}

    def _masks(self, facet: str) -> Any:
        codes = self.codes(facet)
        masks = np.zeros((-(-len(codes) // BITS), self.count), np.int64)
        for n, code in enumerate(codes):
            masks[n // BITS, self.given.sets[facet, code]] |= 1 << (n % BITS)
        return masks

    @cached_property
    def held(self) -> list[list[str]]:
        """What each listing holds, as `facet:code`."""
        found: list[list[str]] = [[] for _ in range(self.count)]
        for facet, code in self.choices():
            for row in self.given.sets[facet, code].tolist():
                found[row].append(f"{facet}:{code}")
        return found

    @cached_property
    def words(self) -> list[str]:
        """The words of each listing, as one text."""
        found: list[list[str]] = [[] for _ in range(self.count)]
        for pair in self.given.words.tolist():
            found[pair & 0xFFFFFFFF].append(self.given.tokens[pair >> 32])
        return [" ".join(tokens) for tokens in found]


def masked(concerns: list[int]) -> dict[str, int]:
    """The bits of these concerns, by column."""
    found: dict[str, int] = {}
    for n in concerns:
        column = f"concerns{n // BITS}"
        found[column] = found.get(column, 0) | 1 << (n % BITS)
    return found


def box(near: tuple[float, float]) -> tuple[float, float, float, float]:
    """Latitudes and longitudes about 50 km around."""
    up, along = 0.45, 0.45 / math.cos(math.radians(near[0]))
    return near[0] - up, near[0] + up, near[1] - along, near[1] + along


def built(kind: Any, table: Table, home: Path) -> tuple[Any, float]:
    began = time.perf_counter()
    return kind(table, home), time.perf_counter() - began
