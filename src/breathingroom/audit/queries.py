"""Reading the positions and the changes. The log itself is read on the staff pages, newest line first."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Model, Q

from breathingroom.audit.models import Change, Event, Position

NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a room has come; only values of one epoch can be compared."""

    epoch: UUID = NOWHERE
    value: int = 0


def positions(*names: str) -> dict[str, Standing]:
    """Where the named rooms stand, the beginning for one that has not written yet; one query."""
    rows = Position.objects.filter(name__in=names).values_list("name", "epoch", "value")
    found = {name: Standing(epoch, value) for name, epoch, value in rows}
    return {name: found.get(name, Standing()) for name in names}


def changes(since: Mapping[str, Standing], until: Mapping[str, Standing]) -> set[tuple[str, str]] | None:
    """(room, key) of all that was written between two standings; None when that is not known any more.

    One query, none when nothing was written.
    """
    if any(since[room].epoch != until[room].epoch for room in until):
        return None
    spans = {room: (since[room].value, until[room].value) for room in until}
    wanted = [
        Q(room=room, value__gt=low, value__lte=high) for room, (low, high) in spans.items() if low < high
    ]
    if not wanted:
        return set() if all(low == high for low, high in spans.values()) else None
    rows = list(Change.objects.filter(reduce(or_, wanted)).values_list("room", "value", "key"))
    told = len({(room, value) for room, value, _key in rows})
    if told < sum(high - low for low, high in spans.values()):
        return None
    return {(room, key) for room, _value, key in rows}


def count(*, by: Model, did: str, since: dt.datetime) -> int:
    """How often somebody did one thing since then; one query."""
    return Event.objects.filter(actor=by.pk, did=did, at__gte=since).count()
