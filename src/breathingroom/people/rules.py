"""Decisions about people that need no database."""

import datetime as dt

from breathingroom.people.choices import ABSOLUTE, ABSOLUTE_WITH_POWER, IDLE, IDLE_WITH_POWER

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device(agent: str) -> str:
    """A browser's own long description in two words, such as "Firefox, Linux"; "" when it tells nothing."""
    parts = (_first(agent, _BROWSERS), _first(agent, _DEVICES))
    return ", ".join(part for part in parts if part)


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in agent), "")


def session_is_over(*, began_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime, power: bool) -> bool:
    """Whether a session has been idle or alive for too long; shorter for whoever holds power."""
    idle, absolute = (IDLE_WITH_POWER, ABSOLUTE_WITH_POWER) if power else (IDLE, ABSOLUTE)
    return now - seen_at > idle or now - began_at > absolute
