"""Decisions about licences that need no database."""

import datetime as dt
import re

from breathingroom.core.text import plain

AHEAD_DAYS = 30
"""A check is taken up again so many days before it is too old to count: the grace in which to do it."""


def bare_number(number: str) -> str:
    """A licence number as two people would call it the same: "PSY-01234" and "psy 1234" are; "" for none.

    Case, accents and every sign that is no letter or digit are left out, and noughts before a number.
    """
    letters = "".join(plain(number).split())
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", letters)


def recheck_until(on: dt.date, limit_days: int) -> dt.date:
    """Checks of this day or earlier are due again on the day `on`, if they count for `limit_days` days."""
    return on - dt.timedelta(days=max(0, limit_days - AHEAD_DAYS))
