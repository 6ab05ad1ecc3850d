"""How far everybody is at once: the offices of all listings, by latitude."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians

import numpy as np
from pyroaring import BitMap

from breathingroom.directory.index.bits import Array, bitmap
from breathingroom.directory.index.bits import rows as rows_of
from breathingroom.directory.index.distance import DEGREE, EARTH, Point, kilometres
from breathingroom.directory.index.image import Image

REMEMBERED = 256  # points, with the distances from there


class Map:
    """Where the rows that meet in person are; for rows that changed since, their own point instead."""

    def __init__(self, image: Image) -> None:
        found = image.arrays
        self.lat, self.north, self.east = found["lat"], np.radians(found["lat"]), np.radians(found["lon"])
        self.shrink = np.cos(self.north)
        self.spot, self.spot_rows, self.starts = found["spot"], found["spot_rows"], found["spot_starts"]
        self.moved = BitMap()
        self.own: dict[int, Point] = {}
        self._charts: OrderedDict[tuple[Point, float], Chart] = OrderedDict()

    def around(self, here: Point, most: float) -> "Circle":
        """How far everybody within `most` kilometres is."""
        chart = self._charts.get((here, most))
        if chart is None:
            reach = most / DEGREE + 0.01
            low, high = (int(n) for n in self.lat.searchsorted([here[0] - reach, here[0] + reach]))
            chart = self._charts[here, most] = Chart(low, self._kilometres(here, slice(low, high)))
            if len(self._charts) > REMEMBERED:
                self._charts.popitem(last=False)
        self._charts.move_to_end((here, most))
        return Circle(self, here, chart)

    def rows(self, spots: Array) -> BitMap:
        """The rows that the image has at these places."""
        pieces = [self.spot_rows[self.starts[spot] : self.starts[spot + 1]] for spot in spots]
        return bitmap(np.sort(np.concatenate(pieces))) if pieces else BitMap()

    def _kilometres(self, here: Point, spots: slice) -> Array:
        """`kilometres` to many at once."""
        north, east = radians(here[0]), radians(here[1])
        up, along = np.sin((self.north[spots] - north) / 2), np.sin((self.east[spots] - east) / 2)
        half = up * up + cos(north) * self.shrink[spots] * (along * along)
        return np.asarray(2 * EARTH * np.arcsin(np.sqrt(half)))

    def take_out(self, row: int) -> None:
        self.moved.add(row)
        self.own.pop(row, None)

    def put_in(self, row: int, there: Point | None) -> None:
        self.moved.add(row)
        if there is not None:
            self.own[row] = there


@dataclass
class Chart:
    """Distances from one point to the spots of its latitudes, which begin at place `low`; rows by radius."""

    low: int
    km: Array
    rows: dict[float, BitMap] = field(default_factory=dict)


class Circle:
    """Who is how far from one point: as the image has it, and as those who changed since have it."""

    def __init__(self, map: Map, here: Point, chart: Chart) -> None:
        self._map, self._chart = map, chart
        self._own = {row: kilometres(here, there) for row, there in map.own.items()}

    def rows(self, radius: float) -> BitMap:
        """Those within `radius` kilometres."""
        chart = self._chart
        if radius not in chart.rows:
            chart.rows[radius] = self._map.rows(np.flatnonzero(chart.km <= radius) + chart.low)
        found = chart.rows[radius]
        if not self._map.moved:
            return found
        return (found - self._map.moved) | BitMap(row for row, km in self._own.items() if km <= radius)

    def counts(self, rows: BitMap, radii: Sequence[int]) -> dict[str, int]:
        """How many of `rows` are within each of `radii`."""
        still = rows - self._map.moved if self._map.moved else rows
        spot = self._map.spot[rows_of(still)] - self._chart.low
        km = self._chart.km[spot[(spot >= 0) & (spot < len(self._chart.km))]]
        own = [far for row, far in self._own.items() if row in rows]
        far = np.sort(np.concatenate([km, own]) if own else km)
        return {
            str(radius): int(n) for radius, n in zip(radii, far.searchsorted(radii, "right"), strict=True)
        }
