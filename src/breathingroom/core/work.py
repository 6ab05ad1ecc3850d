"""Jobs that `breathingroom work` runs again and again. Rooms declare them in `tasks.py`.

    @periodic("notify.outbox", seconds=5)
    def send_mail() -> None: ...

A job is called without arguments, never twice at the same time, and again after `seconds` at the earliest.
It may raise: the error is logged and the job tried again later and later, while the others go on.
It should return within a few seconds, having done a bounded piece of its work: a stop waits for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], object]


@dataclass(frozen=True)
class Job:
    """One piece of periodic work: `name` is "room.noun", `every_seconds` the rest between two runs."""

    name: str
    every_seconds: float
    run: Run


JOBS: dict[str, Job] = {}


def periodic(name: str, seconds: float) -> Callable[[Run], Run]:
    """Register the decorated function as the job `name`, and leave it callable as it is.

    Raises ValueError when another function has that name already, or when `seconds` is not positive.
    """
    if seconds <= 0:
        raise ValueError(f"{name}: a job needs a rest of more than 0 seconds")

    def register(run: Run) -> Run:
        known = JOBS.get(name)
        if known and _place(known.run) != _place(run):
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = Job(name, seconds, run)
        return run

    return register


def _place(run: Run) -> tuple[str, str]:
    return run.__module__, run.__qualname__
