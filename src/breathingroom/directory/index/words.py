"""Which listings have a word that begins with given letters."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from breathingroom.directory.index.bits import any_of
from breathingroom.directory.index.image import Image, Pieces

LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Texts(Sequence[str]):
    """Words in order, read when they are looked at."""

    pieces: Pieces

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, place: Any) -> Any:
        return str(self.pieces[place], "utf-8")


class Words:
    """The postings of the image; for rows that changed since, their own words instead."""

    def __init__(self, image: Image) -> None:
        self._tokens, self._postings = Texts(image.pieces("token")), image.pieces("posting")
        self._crowds, self._crowd_sets = Texts(image.pieces("crowd")), image.pieces("crowd_set")
        self._moved = BitMap()
        self._own: dict[int, frozenset[str]] = {}
        self._late: dict[str, BitMap] = {}
        self._late_tokens: list[str] = []

    def beginning(self, letters: str) -> BitMap:
        """The rows with a word that begins with `letters`."""
        found = any_of(list(self._sets(letters)))
        if not self._moved:
            return found
        low, high = _span(self._late_tokens, letters)
        late = any_of([self._late[token] for token in self._late_tokens[low:high]])
        return (found - self._moved) | late

    def _sets(self, letters: str) -> Iterator[BitMap]:
        at = bisect_left(self._crowds, letters)
        if at < len(self._crowds) and self._crowds[at] == letters:
            yield BitMap.deserialize(self._crowd_sets[at])
            return
        for n in range(*_span(self._tokens, letters)):
            yield BitMap.deserialize(self._postings[n])

    def take_out(self, row: int) -> None:
        self._moved.add(row)
        for token in self._own.pop(row, ()):
            self._late[token].discard(row)

    def put_in(self, row: int, tokens: frozenset[str]) -> None:
        self._moved.add(row)
        self._own[row] = tokens
        for token in tokens:
            if token not in self._late:
                self._late[token] = BitMap()
                insort(self._late_tokens, token)
            self._late[token].add(row)


def _span(tokens: Sequence[str], letters: str) -> tuple[int, int]:
    """The places of those that begin with `letters`."""
    low = bisect_left(tokens, letters)
    return low, bisect_left(tokens, letters + LAST, low)
