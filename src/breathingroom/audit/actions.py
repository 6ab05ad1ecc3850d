"""The only way to write the log."""

from django.db import models, transaction
from django.db.models import F

from breathingroom.audit.models import Event, Position


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


def advance(name: str) -> None:
    """Move a position on by one. The row stays locked until commit, so writers of one room queue here.

    Raises OutsideTransaction.
    """
    _inside_transaction()
    here = Position.objects.filter(name=name)
    if not here.update(value=F("value") + 1):
        Position.objects.get_or_create(name=name)
        here.update(value=F("value") + 1)


def _inside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction
