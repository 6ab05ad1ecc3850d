"""Columns arranged for answering: in the order of the deck, sets packed, words and fees sorted."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

import numpy as np

from breathingroom.directory.index import marks, order
from breathingroom.directory.index.bits import Array, bitmap
from breathingroom.directory.index.columns import DAYS, NO_FEE, Columns

CROWDED = 128  # words that begin alike, from which on those who have any of them are kept as a set
Arrays = dict[str, Array]
Meta = dict[str, Any]


def arrange(given: Columns) -> tuple[Arrays, Meta]:
    """The arrays and the names that a snapshot answers from."""
    cards = np.array([order.card(UUID(bytes=row.tobytes())) for row in given.ids], np.uint64)
    deck = np.argsort(cards, kind="stable")
    row = np.empty(len(deck), np.uint32)
    row[deck] = np.arange(len(deck), dtype=np.uint32)
    names = sorted(given.sets)
    arrays = {
        "ids": given.ids[deck],
        "cards": cards[deck],
        **{name: _tight(values[deck]) for name, values in given.columns.items() if name != "spot"},
        **_near(given, deck),
        **_packed("set", (bitmap(np.sort(row[given.sets[name]])).serialize() for name in names)),
        "marks": marks.bits((row[given.sets[name]] for name in names), len(deck)),
        **_fees(given, deck),
        **_claims(given, row),
        **_words(given, row),
    }
    meta = {
        "sets": names,
        "kinds": given.kinds,
        "places": given.places,
        "currencies": given.currencies,
    }
    return arrays, meta


def _tight(values: Array) -> Array:
    """The same numbers, none negative, in the smallest type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _packed(name: str, pieces: Iterable[bytes]) -> Arrays:
    """Pieces of bytes end to end, and where each begins."""
    found = list(pieces)
    starts = np.zeros(len(found) + 1, np.uint64)
    np.cumsum([len(piece) for piece in found], out=starts[1:])
    return {f"{name}_bytes": np.frombuffer(b"".join(found), np.uint8), f"{name}_starts": starts}


def _near(given: Columns, deck: Array) -> Arrays:
    """Spots from south to north, each row's spot, and the rows of each spot one after the other."""
    points = np.array(given.spots, np.float64).reshape(-1, 2)
    north = np.argsort(points[:, 0], kind="stable")
    number = np.empty(len(north) + 1, np.int32)
    number[north] = np.arange(len(north))
    number[-1] = -1
    spot = number[given.columns["spot"][deck]]
    rows = np.argsort(spot, kind="stable")[np.count_nonzero(spot < 0) :].astype(np.uint32)
    starts = np.searchsorted(spot[rows], np.arange(len(north) + 1)).astype(np.uint32)
    near = {"lat": points[north, 0], "lon": points[north, 1], "spot": spot}
    return near | {"spot_rows": rows, "spot_starts": starts}


def _fees(given: Columns, deck: Array) -> Arrays:
    """For each currency the rows that name a fee, from the least to the highest, and the fees."""
    fee, currency = given.columns["fee"][deck], given.columns["currency"][deck]
    found = {}
    for number in range(len(given.currencies)):
        rows = np.flatnonzero((currency == number) & (fee != NO_FEE))
        rows = rows[np.argsort(fee[rows], kind="stable")]
        found[f"fee_rows_{number}"] = rows.astype(np.uint32)
        found[f"fee_sums_{number}"] = fee[rows].astype(np.uint32)
    return found


def _claims(given: Columns, row: Array) -> Arrays:
    """Claims by row, their days as places in one list of days."""
    rows = row[given.claims["row"]]
    by_row = np.argsort(rows, kind="stable")
    days = np.unique(np.concatenate([[0], *(given.claims[name] for name in DAYS)]))
    found = {f"claim_{name}": _tight(given.claims[name][by_row]) for name in ("held", "kind")}
    for name in DAYS:
        found[f"claim_{name}"] = _tight(np.searchsorted(days, given.claims[name][by_row]))
    return found | {"claim_row": rows[by_row], "days": days}


def _words(given: Columns, row: Array) -> Arrays:
    """Tokens in order, and for each the rows that have it; the same for beginnings that many share."""
    by_name = sorted(range(len(given.tokens)), key=given.tokens.__getitem__)
    rank = np.empty(len(by_name), np.uint64)
    rank[by_name] = np.arange(len(by_name), dtype=np.uint64)
    token, old = given.words >> np.uint64(32), given.words & np.uint64(0xFFFFFFFF)
    pairs = np.sort(rank[token] << np.uint64(32) | row[old]) if len(given.words) else given.words
    rows = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    ends = np.searchsorted(pairs >> np.uint64(32), np.arange(len(by_name) + 1, dtype=np.uint64))
    names = [given.tokens[number] for number in by_name]
    crowds = list(_crowds(names))
    return {
        **_packed("token", (name.encode() for name in names)),
        **_packed("posting", (bitmap(rows[ends[n] : ends[n + 1]]).serialize() for n in range(len(names)))),
        **_packed("crowd", (begins.encode() for begins, _low, _high in crowds)),
        **_packed("crowd_set", (_union(rows, ends, low, high) for _begins, low, high in crowds)),
    }


def _union(rows: Array, ends: Array, low: int, high: int) -> bytes:
    return bitmap(np.unique(rows[ends[low] : ends[high]])).serialize()


def _crowds(names: list[str]) -> Iterator[tuple[str, int, int]]:
    """(beginning, first, end) of the beginnings of up to four letters that many tokens share, in order."""
    found = []
    for letters in range(1, 5):
        for begins, same in groupby(range(len(names)), key=lambda n, k=letters: names[n][:k]):  # type: ignore[misc]
            alike = list(same)
            if len(begins) == letters and len(alike) > CROWDED:
                found.append((begins, alike[0], alike[-1] + 1))
    yield from sorted(found)
