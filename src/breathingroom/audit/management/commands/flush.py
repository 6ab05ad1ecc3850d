"""Emptying the whole database is the one act that empties the log too."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from breathingroom.audit import triggers


class Command(flush.Command):
    """Django's own flush, with the refusal lifted while it runs."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        triggers.take_off(connection)
        try:
            super().handle(**options)
        finally:
            triggers.put_on(connection)
