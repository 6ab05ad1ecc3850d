"""Time zones: one source for their rules, and from wall time to the moment it means.

Python's zoneinfo prefers the files of the operating system, which may be years behind. Rules change (three
Canadian zones in 2026), and an appointment by an old rule is an hour off: `core` asks for the pinned
`tzdata` package instead, before anything else looks a zone up.
"""

import datetime as dt
import zoneinfo
from functools import cache
from zoneinfo import ZoneInfo


def prefer_pinned() -> None:
    """From now on the rules come from the `tzdata` package of the environment alone."""
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()


@cache
def names() -> tuple[str, ...]:
    """Every zone that somebody may choose, by its IANA name, sorted."""
    known = zoneinfo.available_timezones()
    return tuple(sorted(name for name in known if "/" in name and not name.startswith("Etc/")))


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same as choices of a select: (area, [(name, place in words), …])."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in names():
        area, _slash, place = name.partition("/")
        groups.setdefault(area, []).append((name, place.replace("_", " ")))
    return list(groups.items())


def known(name: str) -> ZoneInfo | None:
    """The zone of that name; None when there is none, or the data has dropped it since it was chosen."""
    try:
        return ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment, in UTC, at which clocks in `zone` show that time of that day.

    A time that the clocks skip means as much later as they jump: 2:30 becomes 3:30. One that comes twice
    means the first. Raises OverflowError at the two ends of the calendar.
    """
    return dt.datetime.combine(day, time, tzinfo=zone).replace(fold=0).astimezone(dt.UTC)


def is_skipped(day: dt.date, time: dt.time, zone: ZoneInfo) -> bool:
    """Whether no clock in `zone` ever shows that time of that day."""
    shown = moment(day, time, zone).astimezone(zone)
    return shown.replace(tzinfo=None, fold=0) != dt.datetime.combine(day, time)
