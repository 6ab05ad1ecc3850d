"""Sets of rows as Roaring bitmaps, made from numpy arrays and back."""

from array import array
from collections.abc import Iterable
from itertools import accumulate
from operator import and_
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Array = NDArray[Any]


def bitmap(rows: Array) -> BitMap:
    """The set of `rows`, best ascending. By way of `array`, which pyroaring reads ten times as fast."""
    return BitMap(array("I", np.ascontiguousarray(rows, np.uint32).tobytes()))


def where(mask: Array) -> BitMap:
    """The rows at which `mask` holds."""
    return bitmap(np.flatnonzero(mask))


def rows(bits: BitMap) -> Array:
    """The rows of a set, ascending."""
    return np.frombuffer(bits.to_array(), np.uint32) if bits else np.empty(0, np.uint32)


def every(sets: Iterable[BitMap]) -> BitMap:
    """What is in all of at least one set: the smallest first, for then little is left to compare."""
    smallest, *others = sorted(sets, key=len)
    found = smallest
    for other in others:
        if not found:
            break
        found = found & other
    return found


def but_one(sets: dict[str, BitMap]) -> tuple[BitMap, dict[str, BitMap]]:
    """What is in all, and for each what is in all others: cut to the smallest, little is left to compare."""
    first, *names = sorted(sets, key=lambda name: len(sets[name]))
    cut = [sets[first] & sets[name] for name in names]
    behind = list(accumulate(reversed(cut), and_, initial=sets[first]))
    found, before = {first: every(sets[name] for name in names)} if names else {}, sets[first]
    for name, its in zip(names, cut, strict=True):
        behind.pop()
        found[name] = before & behind[-1]
        before = before & its
    return before, found


def any_of(sets: list[BitMap]) -> BitMap:
    """What is in at least one of these, which must not be changed: it may be one of them."""
    if len(sets) == 1:
        return sets[0]
    return BitMap.union(*sets) if sets else BitMap()
