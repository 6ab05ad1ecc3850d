"""The one place that asks what time it is."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The current moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The current day in the active time zone (the member's own, when they said one)."""
    return timezone.localdate()
