"""The only way to write the log."""

import datetime as dt
import uuid

from django.db import models, transaction
from django.db.models import F

from breathingroom.audit.models import Change, Event, Position
from breathingroom.core import clock

TOLD_FOR = dt.timedelta(days=7)


class OutsideTransaction(RuntimeError):
    """An audit line must stand or fall with the write it describes."""


def record(*, by: models.Model | None, did: str, on: models.Model | str, why: str = "") -> Event:
    """Write one line in the caller's transaction.

    `by` is the member who acted, None for the house itself; `did` a verb such as
    "directory.listing.published"; `on` the row acted upon, or words for something without a row.
    Raises OutsideTransaction.
    """
    _inside_transaction()
    kind, number = (on, "") if isinstance(on, str) else (on._meta.label_lower, str(on.pk))
    return Event.objects.create(
        actor=by.pk if by else None, did=did, on_type=kind[:80], on_id=number[:80], why=why[:500]
    )


def advance(name: str, *keys: object) -> None:
    """Move a position on by one, and say what changed: the numbers of the rows that others derive from.

    Without keys anything may have changed, and whoever derives from the room looks at all of it again.
    The row stays locked until commit, so writers of one room queue here, and the order of positions is the
    order of commits. Raises OutsideTransaction.
    """
    _inside_transaction()
    here = Position.objects.filter(name=name)
    moved = {"value": F("value") + 1} | ({} if keys else {"epoch": uuid.uuid4()})
    if not here.update(**moved):
        Position.objects.get_or_create(name=name)
        here.update(**moved)
    if keys:
        value = here.values_list("value", flat=True).get()
        told = dict.fromkeys(str(key) for key in keys)
        Change.objects.bulk_create(Change(room=name, value=value, key=key) for key in told)


def forget_changes() -> None:
    """Drop what nobody needs to be told any more: whoever has slept for a week looks at all of it again."""
    Change.objects.filter(at__lt=clock.now() - TOLD_FOR).delete()


def _inside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction
