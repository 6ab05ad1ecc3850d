"""The worker's loop: one job at a time, a failing one ever later, a stop that waits for the job at hand."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections, connection

from breathingroom.config import turns
from breathingroom.core.work import JOBS, Job

log = logging.getLogger("breathingroom.worker")
LONGEST_REST = 3600.0
STEP = 1.0


@dataclass
class Entry:
    """A job in the diary: when it is due (seconds of a monotonic clock) and how often it failed in a row."""

    job: Job
    due: float = 0.0
    failures: int = 0


@dataclass
class Diary:
    """What is due when. `clock` counts seconds and never goes back."""

    jobs: dict[str, Job]
    clock: Callable[[], float] = time.monotonic
    entries: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = [Entry(job) for job in self.jobs.values()]

    def due(self) -> list[Entry]:
        """Entries whose time has come, the longest waiting first."""
        now = self.clock()
        return sorted((e for e in self.entries if e.due <= now), key=lambda e: e.due)

    def run(self, entry: Entry) -> bool:
        """Run one job and write down its next time; returns whether it succeeded. Raises nothing."""
        try:
            entry.job.run()
            entry.failures = 0
        except Exception:
            entry.failures += 1
            log.exception("%s failed, %d in a row", entry.job.name, entry.failures)
        entry.due = self.clock() + rest(entry.job, entry.failures)
        return entry.failures == 0


def rest(job: Job, failures: int) -> float:
    """Seconds until the next run: doubled with each failure in a row, to an hour at most."""
    if not failures:
        return job.every_seconds
    return max(job.every_seconds, min(job.every_seconds * 2.0 ** min(failures, 20), LONGEST_REST))


def run_once() -> int:
    """Run every job once; returns 1 when one failed."""
    with turns.taken(lambda: None):
        diary = Diary(JOBS)
        return 1 if [entry for entry in diary.entries if not diary.run(entry)] else 0


def run_until_stopped() -> int:
    """Run jobs when they are due until SIGTERM or Ctrl-C, then finish the one at hand and return 0."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with turns.taken(stop.is_set) as still_mine:
        log.info("Working: %s", ", ".join(JOBS) or "no jobs")
        _loop(Diary(JOBS), stop, still_mine)
    log.info("Stopped.")
    return 0


def _loop(diary: Diary, stop: threading.Event, still_mine: Callable[[], bool]) -> None:
    while not stop.is_set() and still_mine():
        for entry in diary.due():
            if stop.is_set():
                return
            diary.run(entry)
            _tidy()
        stop.wait(STEP)


def _tidy() -> None:
    """A job may have left the connection broken or inside a transaction; the next one starts afresh."""
    close_old_connections()
    if not connection.in_atomic_block and connection.connection is not None and connection.errors_occurred:
        connection.close()
