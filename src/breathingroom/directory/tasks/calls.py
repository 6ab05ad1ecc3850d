"""Calls that are over, times that a new rule moves, and what has been kept long enough."""

from breathingroom.core.work import periodic
from breathingroom.directory.actions import calls

HOUR = 60 * 60
DAY = 24 * HOUR


@periodic("directory.calls.settle", seconds=300)
def settle() -> int:
    """Close calls that are over, and call off those between people who keep apart by now; how many."""
    return calls.settle() + calls.part()


@periodic("directory.calls.realign", seconds=6 * HOUR)
def realign() -> int:
    """Follow the rules of the zones; how many calls moved."""
    return calls.realign()


@periodic("directory.calls.forget", seconds=DAY)
def forget() -> int:
    """Erase what is 30 days old; how many rows."""
    return calls.forget()
