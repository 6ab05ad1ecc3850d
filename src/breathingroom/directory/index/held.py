"""The snapshot this process holds, brought up to what the tables say before every answer.

The day is that of UTC, the same for every reader: one snapshot serves all, and a page stays a page.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from breathingroom.audit.queries import Standing, changes, positions
from breathingroom.core import clock
from breathingroom.directory.index import criteria, engine, entries, store, tables
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.directory.index.tables import Tables
from breathingroom.directory.models import Listing
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.eligibility import Facts

FACTS = "facts"
"""The key of a change of "licensure" that touches what is known of places, and nobody's licence."""

Standings = Mapping[str, Standing]


@dataclass
class Held:
    """A snapshot, how far it is, and a mark of the file it came from, if it did."""

    snapshot: Snapshot
    at: Standings
    mark: store.Mark | None = None


_held: Held | None = None
_next: Held | None = None
_making = threading.Lock()
_loading: threading.Thread | None = None


def current() -> Snapshot | Tables:
    """What equals the tables now; one query when nothing changed since this process last looked.

    For a large house whose index is not made yet, the tables themselves.
    """
    at = positions(*store.ROOMS)
    if _held is not None and _held.at == at and _held.snapshot.on == clock.now().date():
        return _held.snapshot
    with _making:
        return _catch_up()


def get_ready() -> None:
    """Make ahead what the first search needs."""
    snapshot = current()
    if isinstance(snapshot, Snapshot) and store.mark():
        snapshot.warm()


def search(snapshot: criteria.Snapshot, asked: criteria.Criteria) -> criteria.Results:
    """Put it to whichever of the two `snapshot` is. Raises TypeError for anything else."""
    if isinstance(snapshot, Snapshot):
        return engine.search(snapshot, asked)
    if isinstance(snapshot, Tables):
        return tables.search(snapshot, asked)
    raise TypeError(snapshot)


def forget() -> None:
    """Drop all that was made: for tests, whose writes are rolled back together with the positions."""
    global _held, _next  # noqa: PLW0603 - one snapshot a process is the point
    _held = _next = None
    store.forget()


def _catch_up() -> Snapshot | Tables:
    """The position is read first: a write in between makes the snapshot too new, never too old."""
    global _held, _next
    at = positions(*store.ROOMS)
    held = _told(_next, at) or _told(_held, at) or _told(_from_file(), at) or _made(at)
    _held, _next = held, None
    if held is None:
        return Tables(clock.now().date(), licensure.facts(), licensure.jurisdiction_choices())
    with held.snapshot.lock:
        held.snapshot.turn(clock.now().date())
    _look_for_better(held)
    return held.snapshot


# -- what changed --------------------------------------------------------------------------------
def _told(held: Held | None, at: Standings) -> Held | None:
    """`held` with all that was written since; None when that is not known, or too much."""
    told = changes(held.at, at) if held else None
    if held is None or told is None or len(told) > store.MANY:
        return None
    if ("licensure", FACTS) in told:
        facts = licensure.facts()
        if _names(held.snapshot.facts) != _names(facts):  # they are among the words of listings
            return None
        with held.snapshot.lock:
            held.snapshot.know(facts, licensure.jurisdiction_choices())
    if told:
        _apply(held.snapshot, told)
    held.at = at
    return held


def _names(facts: Facts) -> tuple[object, ...]:
    return facts.professions, {code: place.name for code, place in facts.places.items()}


def _apply(snapshot: Snapshot, told: set[tuple[str, str]]) -> None:
    """Read again each listing that changed, and those of members whose licences did."""
    members = [UUID(key) for room, key in told if room == "licensure" and key != FACTS]
    listings = {UUID(key) for room, key in told if room == "directory"}
    if members:
        listings.update(Listing.objects.filter(member__in=members).values_list("pk", flat=True))
    now = {entry.id: entry for entry in entries.read(Q(pk__in=listings))} if listings else {}
    with snapshot.lock:
        for listing in listings:
            snapshot.apply(listing, now.get(listing))


# -- where a snapshot comes from -----------------------------------------------------------------
def _from_file() -> Held | None:
    found = store.read()
    if found is None:
        return None
    image, at, mark = found
    facts, places = licensure.facts(), licensure.jurisdiction_choices()
    return Held(Snapshot(image, clock.now().date(), facts, places), at, mark)


def _made(at: Standings) -> Held | None:
    """One made here and now for a small house; None for a large one, whose file is made beside it."""
    if Listing.objects.count() >= store.WORTH_A_FILE:
        store.order()
        return None
    image = Image(*arrange(gather(entries.read())))
    facts, places = licensure.facts(), licensure.jurisdiction_choices()
    return Held(Snapshot(image, clock.now().date(), facts, places), at)


def _look_for_better(held: Held) -> None:
    """After many changes: have the file made anew, and once it is there, go over to it."""
    global _loading  # noqa: PLW0603
    if held.mark is None or len(held.snapshot.changed) < store.MANY:
        return
    if store.mark() == held.mark:
        store.order()
    elif _loading is None or not _loading.is_alive():
        _loading = threading.Thread(target=_load, args=(held.snapshot,), daemon=True)
        _loading.start()


def _load(before: Snapshot) -> None:
    """Beside the answering: it needs no database, and the next answer brings it up to date."""
    global _next  # noqa: PLW0603
    if found := store.read():
        image, at, mark = found
        _next = Held(Snapshot(image, before.on, before.facts, before.places), at, mark)
