"""Whose turn it is to work: one worker at a time on one database; the others stand by."""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

log = logging.getLogger("breathingroom.worker")
PAUSE = 1.0
NUMBER = 7_305_118_296  # any number will do, as long as nobody else on the database takes it

Held = Callable[[], bool]


@contextmanager
def taken(give_up: Callable[[], object]) -> Iterator[Held]:
    """Wait for the turn and keep it for the block; gives a function that says whether it is still ours.

    Until then `give_up` is asked every second; when it says yes, the block gets a turn that is never ours.
    """
    taking = _on_postgresql() if connection.vendor == "postgresql" else _in_folder(settings.HOME)
    with taking as take:
        said = False
        while not (mine := take()) and not give_up():
            if not said:
                log.info("Another worker is at it. Standing by.")
                said = True
            time.sleep(PAUSE)
        yield take if mine else lambda: False


@contextmanager
def _in_folder(home: Path) -> Iterator[Held]:
    """A lock on a file, which the system takes away from a process that dies."""
    with (home / "worker.lock").open("a") as file:
        yield lambda: _locked(file)


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _on_postgresql() -> Iterator[Held]:
    """An advisory lock on a connection of its own: it is gone when the connection is."""
    import psycopg

    wire: psycopg.Connection[Any] = psycopg.connect(
        **address(), autocommit=True, application_name=f"worker {os.getpid()}"
    )
    mine = False

    def take() -> bool:
        nonlocal mine
        try:
            if mine:
                wire.execute("SELECT 1")
            else:
                row = wire.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER]).fetchone()
                mine = bool(row and row[0])
        except psycopg.OperationalError:
            mine = False
        return mine

    with wire:
        yield take
    wire.close()


def address() -> dict[str, Any]:
    found = connection.settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {theirs: found[ours] for ours, theirs in names.items() if found.get(ours)}
