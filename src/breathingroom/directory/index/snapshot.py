"""What this process knows of all published listings: an image that never changes, and what changed since.

Every listing is a row, in the order of the deck (`order`), and every choice a set of rows. What changed
since the image was made is written into the sets of this process, which belong to it alone. Listings that
came later get rows behind all others; `late` says where in the deck they lie. Nothing in the image depends
on the day: who counts today is worked out from days when the day turns.
"""

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from threading import RLock
from uuid import UUID

import numpy as np
from pyroaring import BitMap

from breathingroom.directory.choices import CONFIRMED_FOR_DAYS, SHOWN_FOR_DAYS, Facet
from breathingroom.directory.index import order
from breathingroom.directory.index.answers import Answered, Answers, Held
from breathingroom.directory.index.bits import where as rows_where
from breathingroom.directory.index.columns import FLAGS, SETS, choices
from breathingroom.directory.index.criteria import Grouped
from breathingroom.directory.index.distance import located
from breathingroom.directory.index.entries import Entry, Question
from breathingroom.directory.index.fees import Fees
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.map import Map
from breathingroom.directory.index.marks import Marks
from breathingroom.directory.index.words import Words
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer, Facts, LicenceHeld


class Snapshot:
    """`places` are the jurisdictions to choose from, by country. `lock` is held by whoever reads or writes.

    `sets[facet][choice]` are rows; `everyone` those shown at all on the day `on`, `fresh` those whose
    openings were confirmed lately, `experienced[years]` those with that many years.
    """

    def __init__(self, image: Image, on: dt.date, facts: Facts, places: Grouped = ()) -> None:
        self.lock = RLock()
        self._image, self._held = image, Held(image)
        self._size = len(image.arrays["ids"])
        self.changed: list[int] = []
        self._entries: dict[int, Entry | None] = {}
        self._late: list[tuple[int, int]] = []
        self._late_ids: dict[UUID, int] = {}
        self._late_listings: list[UUID] = []
        self.words, self.fees, self.map = Words(image), Fees(image), Map(image)
        self.sets: dict[str, defaultdict[str, BitMap]] = {
            facet: defaultdict(BitMap) for facet in (*SETS, *FLAGS)
        }
        for (facet, choice), piece in zip(image.meta["sets"], image.pieces("set"), strict=True):
            self.sets[facet][choice] = BitMap.deserialize(piece)
        self.marks = Marks(image, self.sets)
        self.know(facts, places)
        self.turn(on)

    # -- what does not come from the listings ------------------------------------------------------
    def know(self, facts: Facts, places: Grouped) -> None:
        """Answer by these facts from now on."""
        self.facts, self.places = facts, places
        self._office: dict[str, BitMap] = {}
        self._on: dt.date | None = None

    def turn(self, on: dt.date) -> None:
        """Go over to the day `on`."""
        if self._on == on:
            return
        self._on, self._answers = on, Answers(self._image, self.facts, on)
        days = on.toordinal() - self._image.arrays["confirmed"].astype(np.int32)
        self.everyone, self.fresh = rows_where(days <= SHOWN_FOR_DAYS), rows_where(days <= CONFIRMED_FOR_DAYS)
        self.experienced: dict[int, BitMap] = {}
        for row, entry in self._entries.items():
            self._count(row, entry)

    def question(self, where: str) -> Question:
        """May they see me there, today?"""
        return Question(where, self.on, self.facts)

    @property
    def on(self) -> dt.date:
        """The day for which it answers."""
        assert self._on is not None
        return self._on

    # -- changes -----------------------------------------------------------------------------------
    def apply(self, listing: UUID, entry: Entry | None) -> None:
        """The listing is now as `entry` says; None when it is not there to be found."""
        row = self.row(listing)
        if row is None:
            if entry is None:
                return
            row = self._append(listing)
        self._take_out(row)
        if entry is not None:
            self._put_in(row, entry)
        self._entries[row] = entry
        self._count(row, entry)
        self.changed.append(row)

    def _append(self, listing: UUID) -> int:
        row = self._late_ids[listing] = self._size + len(self._late_listings)
        self._late_listings.append(listing)
        insort(self._late, (order.card(listing), row))
        return row

    def _take_out(self, row: int) -> None:
        for sets in self.sets.values():
            for rows in sets.values():
                rows.discard(row)
        for rows in self._office.values():
            rows.discard(row)
        for part in (self.words, self.fees, self.map, self.marks):
            part.take_out(row)

    def _put_in(self, row: int, entry: Entry) -> None:
        for facet, choice in choices(entry):
            self.sets[facet][choice].add(row)
        for where, rows in self._office.items():
            if self._sits(entry.place, where):
                rows.add(row)
        self.words.put_in(row, entry.tokens)
        self.fees.put_in(row, entry.currency, entry.fee_least)
        self.map.put_in(row, located(entry.spot) if Format.IN_PERSON in entry.formats else None)

    def _count(self, row: int, entry: Entry | None) -> None:
        """Whether the row is in the sets that depend on the day."""
        on = self.on
        counted = [(self.everyone, entry is not None and entry.is_shown(on))]
        counted.append((self.fresh, entry is not None and entry.is_fresh(on)))
        for least, rows in self.experienced.items():
            counted.append((rows, entry is not None and entry.years(on) >= least))
        for rows, counts in counted:
            (rows.add if counts else rows.discard)(row)

    # -- one row -----------------------------------------------------------------------------------
    def row(self, listing: UUID) -> int | None:
        """The row of a listing that is there, or was."""
        card, cards = order.card(listing), self._image.arrays["cards"]
        row = int(cards.searchsorted(np.uint64(card)))
        while row < self._size and int(cards[row]) == card:
            if self._image.arrays["ids"][row].tobytes() == listing.bytes:
                return row
            row += 1
        return self._late_ids.get(listing)

    def listing(self, row: int) -> UUID:
        """The id of a row."""
        if row < self._size:
            return UUID(bytes=self._image.arrays["ids"][row].tobytes())
        return self._late_listings[row - self._size]

    def licences(self, row: int) -> tuple[LicenceHeld, ...]:
        """The licences of whoever is in a row."""
        entry = self._entries.get(row)
        return entry.licences if entry else self._held.licences(row)

    def office(self, row: int) -> str:
        """The place where they meet in person."""
        entry = self._entries.get(row)
        place: str = (
            self._image.meta["places"][self._image.arrays["place"][row]] if not entry else entry.place
        )
        return place

    @property
    def entries(self) -> range:
        """As many as there are listings shown; nothing else of them is told."""
        return range(len(self.everyone))

    # -- sets --------------------------------------------------------------------------------------
    def experience(self, years: int) -> BitMap:
        """The rows with at least so many years of treating clinicians."""
        if years not in self.experienced:
            self.experienced[years] = self._experience(years)
        return self.experienced[years]

    def _experience(self, years: int) -> BitMap:
        since = self._image.arrays["since"].astype(np.int32)
        found = rows_where((since > 0) & (self.on.year - since >= years))
        for row, entry in self._entries.items():
            fits = entry is not None and entry.years(self.on) >= years
            (found.add if fits else found.discard)(row)
        return found

    def answers(self, where: str, formats: tuple[str, ...]) -> Answered:
        """Who answers yes and who ask, of those who meet in one of `formats`, to somebody in `where`."""

        def offered(format: str) -> BitMap:
            rows = self.sets[Facet.FORMATS][format]
            return rows & self._offices(where) if format == Format.IN_PERSON else rows

        def ask(row: int, formats: tuple[str, ...]) -> Answer | None:
            entry = self._entries[row]
            verdict = entry.verdict(self.question(where), formats) if entry else None
            return verdict.answer if verdict else None

        return self._answers.about(where, formats, offered, self.changed, ask)

    def warm(self) -> None:
        """Work out for every place who answers what there, ahead of the first who asks."""
        for where in self.facts.places:
            with self.lock:
                self.answers(where, tuple(Format.values))

    def _offices(self, where: str) -> BitMap:
        """The rows whose office is in `where`, or in a place that is not known."""
        known = self._office.get(where)
        if known is None:
            sits = np.array([self._sits(place, where) for place in self._image.meta["places"]] or [False])
            known = self._office[where] = rows_where(sits[self._image.arrays["place"]])
            for row, entry in self._entries.items():
                (known.add if entry and self._sits(entry.place, where) else known.discard)(row)
        return known

    def _sits(self, place: str, where: str) -> bool:
        return place == where or place not in self.facts.places

    # -- order -------------------------------------------------------------------------------------
    def cards(self, rows: BitMap, places: Iterable[int]) -> Iterator[int]:
        """The rows that lie at `places` of the deck, when only `rows` are in it."""
        late = [(card, row) for card, row in self._late if row in rows]
        floors = [int(self._image.arrays["cards"].searchsorted(np.uint64(card))) for card, _row in late]
        at = [n + (rows.rank(floor - 1) if floor else 0) for n, floor in enumerate(floors)]
        for place in places:
            n = bisect_left(at, place)
            yield late[n][1] if n < len(at) and at[n] == place else rows[place - n]
