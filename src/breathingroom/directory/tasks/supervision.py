"""Wishes for supervision that run out."""

from breathingroom.core.work import periodic
from breathingroom.directory.actions import supervision


@periodic("directory.supervision", seconds=1800)
def keep_wishes() -> int:
    """Ask whether wishes still hold, and erase those that have run out; how many were erased."""
    supervision.ask()
    return supervision.forget()
