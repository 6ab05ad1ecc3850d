"""For what several tests read: written once, and gone with them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block writes is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
