"""The choices of each row as bits side by side: of a few rows, all choices are counted at one glance."""

from collections.abc import Iterable, Mapping

import numpy as np
from pyroaring import BitMap

from breathingroom.directory.choices import Facet
from breathingroom.directory.index.bits import Array
from breathingroom.directory.index.bits import rows as rows_of
from breathingroom.directory.index.image import Image

ROWS_A_CHOICE = 40  # up to so many, reading the bits of the rows costs less than comparing sets
Sets = Mapping[str, BitMap]


def bits(sets: Iterable[Array], size: int) -> Array:
    """A line of bytes for each of `size` rows, with a bit for each set, in their order."""
    given = list(sets)
    lines = np.zeros((size, -(-len(given) // 8)), np.uint8)
    for place, rows in enumerate(given):
        lines[rows, place // 8] |= np.uint8(1 << (place % 8))
    return lines


class Marks:
    """The bits of an image; those of rows that changed since count no more."""

    def __init__(self, image: Image, sets: Mapping[str, Sets]) -> None:
        self._lines, self._sets = image.arrays["marks"], sets
        self._spans: dict[str, tuple[int, list[str]]] = {}
        for place, (facet, choice) in enumerate(image.meta["sets"]):  # those of a facet lie together
            self._spans.setdefault(facet, (place, []))[1].append(choice)
        self._moved = BitMap()

    def take_out(self, row: int) -> None:
        self._moved.add(row)

    def counts(self, rows: BitMap, facets: Iterable[Facet]) -> dict[Facet, dict[str, int]]:
        """How many of `rows` have each choice of each of `facets`."""
        sets = {facet: self._sets[facet] for facet in facets}
        if len(rows) > ROWS_A_CHOICE * sum(map(len, sets.values())):
            return {facet: counted(rows, its) for facet, its in sets.items()}
        moved = rows & self._moved if self._moved else self._moved
        found = self._seen(rows_of(rows - moved if moved else rows), facets)
        if moved:
            for facet, seen in found.items():
                own = counted(moved, self._sets[facet])
                found[facet] = {choice: seen.get(choice, 0) + count for choice, count in own.items()}
        return found

    def _seen(self, rows: Array, facets: Iterable[Facet]) -> dict[Facet, dict[str, int]]:
        """How many of `rows` have the bit of each choice."""
        spans = [(facet, *self._spans.get(facet, (0, []))) for facet in facets]
        first = min(begins for _facet, begins, _choices in spans) // 8
        end = max(begins + len(choices) for _facet, begins, choices in spans)
        lines = np.unpackbits(self._lines[rows, first : -(-end // 8)], axis=1, bitorder="little")
        seen = [0] * (first * 8) + lines.sum(axis=0, dtype=np.uint32).tolist()
        return {
            facet: dict(zip(choices, seen[begins : begins + len(choices)], strict=True))
            for facet, begins, choices in spans
        }


def counted(rows: BitMap, sets: Sets) -> dict[str, int]:
    """How many of `rows` are in each of the sets."""
    return {str(choice): rows.intersection_cardinality(its) for choice, its in sets.items()}
