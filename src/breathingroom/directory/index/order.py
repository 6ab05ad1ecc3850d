"""Equals are dealt like cards: one deck for good, and each day begins where the day before ended.

Where somebody stands among those who fit a search as well as they do comes from three things and no others:
a number made from the listing's random id, the day, and how many there are. A shuffle drawn anew each day
would be fair in the long run only: over a month some would be seen twice as often as others. Dealt on from
day to day, every one of `size` equals is on the first page as often as any other, give or take one day.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID


def card(listing: UUID) -> int:
    """Where the listing lies in the deck: 64 bits that nobody chose and nobody can buy."""
    return int.from_bytes(hashlib.blake2b(listing.bytes, digest_size=8).digest(), "big")


def deal(on: dt.date, size: int, hand: int) -> Callable[[int], int]:
    """For a deck of `size` cards, which one lies at each place of the day, both counted from 0.

    `hand` is how many of them the first page shows. The deck is cut once a year; each day the hands are
    dealt on, and each time the deck is through, the cards move on by one place within their hand.
    """
    hand = min(hand, size)
    given = _cut(on.year) * size // 2**64 + on.timetuple().tm_yday * hand
    first, turn = given % size, given // size

    def at(place: int) -> int:
        begins = place - place % hand
        held = min(hand, size - begins)
        return (first + begins + (place + turn) % held) % size

    return at


def _cut(year: int) -> int:
    return int.from_bytes(hashlib.blake2b(str(year).encode(), digest_size=8).digest(), "big")


def page(groups: Iterable[Sequence[UUID]], on: dt.date, skip: int, most: int) -> list[UUID]:
    """One page of equals after equals, `most` listings behind the first `skip`; the best group first."""
    found: list[UUID] = []
    for group in groups:
        deck, begins = sorted(group, key=card), len(found)
        at = deal(on, len(deck), most - begins if begins < most else most)
        found += [deck[at(place)] for place in range(len(deck))]
    return found[skip : skip + most]
