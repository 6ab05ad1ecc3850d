"""The snapshot this process holds: made anew when a room it is made from was written to, or the day turned.

The day is that of UTC, the same for every reader: one snapshot serves all, and a page stays a page.
"""

from threading import Lock

from breathingroom.audit.queries import positions
from breathingroom.core import clock
from breathingroom.directory.index import entries, snapshot
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.licensure import queries as licensure

ROOMS = ("directory", "licensure")

_Key = tuple[object, ...]
_held: tuple[_Key, Snapshot] | None = None
_making = Lock()


def current() -> Snapshot:
    """The snapshot that equals the tables now; one query when this process has it already."""
    key = _key()
    if _held is not None and _held[0] == key:
        return _held[1]
    with _making:
        return _make()


def forget() -> None:
    """Drop the snapshot: for tests, whose writes are rolled back together with the positions."""
    global _held  # noqa: PLW0603 - one snapshot a process is the point
    _held = None


def _key() -> _Key:
    return (clock.now().date(), *(standing for _room, standing in sorted(positions(*ROOMS).items())))


def _make() -> Snapshot:
    """The position is read first: a write in between makes the snapshot too new, never too old."""
    global _held  # noqa: PLW0603
    key = _key()
    if _held is not None and _held[0] == key:
        return _held[1]
    on = clock.now().date()
    made = snapshot.build(entries.read(on), on, licensure.facts(), licensure.jurisdiction_choices())
    _held = (key, made)
    return made
