"""Starts the players of a house: reads Python up once, and forks a real process for each player.

Started by `houses` with the environment of one house. Each line of its input is a JSON list: what to do, a
module, a function in it, and what it is called with; the answer is one line, {"said": ...} or
{"error": text}. This process itself never touches the database: a connection must not be shared by a fork.
"""

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from threading import Barrier, BrokenBarrierError
from typing import Any, cast

from breathingroom.config import house

PATIENCE = 120
FORK = get_context("fork")
BEGUN: dict[int, Any] = {}
Play = Callable[..., Any]


class Line:
    """Where the players of this race start; each fork inherits it."""

    start: Barrier


def _ready() -> None:
    """Wait until all players of the race stand at the start, and go with them; again for each round."""
    Line.start.wait(PATIENCE)


def _play(play: Play, words: list[Any]) -> Any:
    from django.db import connections

    try:
        return play(_ready, *words)
    except BaseException:
        Line.start.abort()
        raise
    finally:
        connections.close_all()


def race(play: Play, jobs: list[list[Any]]) -> list[Any]:
    """What each player said. Raises what one of them raised, best not that another one never came."""
    Line.start = cast(Barrier, FORK.Barrier(len(jobs)))
    with ProcessPoolExecutor(len(jobs), mp_context=FORK) as players:
        asked = [players.submit(_play, play, words) for words in jobs]
        failed = [error for each in asked if (error := each.exception(PATIENCE))]
    for error in sorted(failed, key=lambda error: isinstance(error, BrokenBarrierError)):
        raise error
    return [each.result() for each in asked]


def begin(play: Play, words: list[Any]) -> int:
    """The number of a process that plays alone, and goes on when this has been answered."""
    Line.start = cast(Barrier, FORK.Barrier(1))
    process = FORK.Process(target=lambda: sys.exit(_play(play, words)), daemon=True)
    process.start()
    assert process.pid
    BEGUN[process.pid] = process
    return process.pid


def end(number: int) -> int | None:
    """The status of a process that was begun, when it has ended; None when it does not."""
    process = BEGUN.pop(number)
    process.join(PATIENCE)
    return cast("int | None", process.exitcode)


def done(asked: list[Any]) -> Any:
    """What came of one line of the input."""
    if asked[0] == "end":
        return end(asked[1])
    what, module, function, words = asked
    return (race if what == "race" else begin)(getattr(import_module(module), function), words)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a player prints is not an answer
    house.enter()
    gc.freeze()
    for line in sys.stdin:
        try:
            answer = {"said": done(json.loads(line))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
