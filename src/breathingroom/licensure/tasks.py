"""What the worker does for this room."""

from breathingroom.core.work import periodic
from breathingroom.licensure.actions import upkeep

HOUR = 60 * 60


@periodic("licensure.evidence", seconds=HOUR)
def purge_evidence() -> int:
    """Within 72 hours of a decision nothing of what was handed in may be left; this comes back each hour."""
    upkeep.close_unanswered()
    return upkeep.purge()


@periodic("licensure.rechecks", seconds=6 * HOUR)
def take_up_again() -> int:
    return upkeep.take_up_again()


@periodic("licensure.reminders", seconds=24 * HOUR)
def remind() -> int:
    return upkeep.remind()
