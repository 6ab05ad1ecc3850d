"""What is written for a while: for several tests, or for one request."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block writes is as if it had never been."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
