"""Counting attempts: one table, one statement that cannot lose a count, whichever process asks.

A counter in a cache that processes share loses increments; this one is exact on both databases
(`tests/races/test_limits.py`). The limit delays: what is counted begins anew with the next stretch of time.
"""

import datetime as dt

from django.db import connection, transaction

from breathingroom.core import clock, marks
from breathingroom.safety.models import Attempt


class TooMany(Exception):
    """It was tried too often; `again_at` is when it may be tried again."""

    def __init__(self, again_at: dt.datetime) -> None:
        super().__init__(f"again at {again_at:%H:%M}")
        self.again_at = again_at


def take(*, what: str, who: str, most: int, within: dt.timedelta) -> int:
    """Count one attempt and return which one it is, from 1. Raises TooMany beyond `most`.

    `what` is "room.noun"; `who` an id or an address, of which only an HMAC is kept. The count stands or
    falls with the caller's transaction: an attempt that is rolled back was none.
    """
    number, ends_at = count(what=what, who=who, within=within)
    if number > most:
        raise TooMany(ends_at)
    return number


def count(*, what: str, who: str, within: dt.timedelta) -> tuple[int, dt.datetime]:
    """The same without a limit: which attempt this is, and when the count begins anew."""
    seconds = int(within.total_seconds())
    stretch = int(clock.now().timestamp()) // seconds
    ends_at = dt.datetime.fromtimestamp((stretch + 1) * seconds, tz=dt.UTC)
    return _raise(marks.mark("limit", f"{what}|{who}|{seconds}|{stretch}"), ends_at), ends_at


def _raise(mark: str, ends_at: dt.datetime) -> int:
    table = connection.ops.quote_name(Attempt._meta.db_table)
    statement = (
        f"INSERT INTO {table} (mark, number, ends_at) VALUES (%s, 1, %s)"  # noqa: S608 - a name of ours
        f" ON CONFLICT (mark) DO UPDATE SET number = {table}.number + 1 RETURNING number"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [mark, connection.ops.adapt_datetimefield_value(ends_at)])
        return int(cursor.fetchone()[0])


def forget() -> int:
    """Delete counts whose time is over; how many."""
    return Attempt.objects.filter(ends_at__lt=clock.now()).delete()[0]
