"""One worker of the race for positions: moves one room on, again and again, and writes down where it got.

Called with a file to write into, the moment to begin, "advance" or "careless", how often, and a name.
"""

import os
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402 - Django must be set up first

from breathingroom.audit import actions as audit  # noqa: E402
from breathingroom.audit.models import Position  # noqa: E402

path, begin, mode, times, name = sys.argv[1:]
log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def advance(number: int) -> None:
    """As a room does it, telling of one row."""
    with transaction.atomic():
        audit.advance("race", f"{name} {number}")
        reached = Position.objects.get(name="race").value
    os.write(log, f"{reached}\n".encode())


def careless(_number: int) -> None:
    """As one must not: read, add, write."""
    row, _new = Position.objects.get_or_create(name="race")
    time.sleep(0.001)
    Position.objects.filter(name="race").update(value=row.value + 1)
    os.write(log, f"{row.value + 1}\n".encode())


time.sleep(max(0.0, float(begin) - time.time()))
for number in range(int(times)):
    {"advance": advance, "careless": careless}[mode](number)
