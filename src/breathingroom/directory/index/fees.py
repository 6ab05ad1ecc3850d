"""Who asks no more than a ceiling."""

from functools import cached_property

from pyroaring import BitMap

from breathingroom.directory.index.bits import Array, bitmap
from breathingroom.directory.index.image import Image

STEPS = 64


class Fees:
    """For each currency the rows by fee; for rows that changed since, their own fee instead."""

    def __init__(self, image: Image) -> None:
        self._ladders = {
            currency: Ladder(image.arrays[f"fee_rows_{n}"], image.arrays[f"fee_sums_{n}"])
            for n, currency in enumerate(image.meta["currencies"])
        }
        self._moved = BitMap()
        self._own: dict[int, tuple[str, int]] = {}

    def within(self, currency: str, ceiling: int) -> BitMap:
        """The rows that name a fee in `currency` of at most `ceiling` minor units."""
        ladder = self._ladders.get(currency)
        found = ladder.up_to(ceiling) if ladder else BitMap()
        if not self._moved:
            return found
        own = (row for row, (named, fee) in self._own.items() if named == currency and fee <= ceiling)
        return (found - self._moved) | BitMap(own)

    def take_out(self, row: int) -> None:
        self._moved.add(row)
        self._own.pop(row, None)

    def put_in(self, row: int, currency: str, fee: int | None) -> None:
        self._moved.add(row)
        if fee is not None:
            self._own[row] = (currency, fee)


class Ladder:
    """The rows of one currency, from the least fee to the highest, with a set at every few of them."""

    def __init__(self, rows: Array, sums: Array) -> None:
        self._rows, self._sums = rows, sums
        self._step = max(1024, -(-len(rows) // STEPS))

    @cached_property
    def _rungs(self) -> list[BitMap]:
        """At n: the first n steps."""
        rungs = [BitMap()]
        for begins in range(0, len(self._rows) - self._step + 1, self._step):
            rungs.append(rungs[-1] | bitmap(self._rows[begins : begins + self._step]))
        return rungs

    def up_to(self, ceiling: int) -> BitMap:
        most = self._sums.dtype.type(min(max(ceiling, 0), 2**32 - 1))  # of its own type: no copy
        end = int(self._sums.searchsorted(most, side="right")) if ceiling >= 0 else 0
        rung = end // self._step
        rest = self._rows[rung * self._step : end]
        return self._rungs[rung] | bitmap(rest) if len(rest) else self._rungs[rung]
