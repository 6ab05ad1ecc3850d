"""Starts the players of a race: reads Python up once, and forks a real process for each player.

Started by `house` with the environment of one house. Each line of its input is a JSON list: a module, a
function in it, and what each player is called with; the answer is one line, {"said": [...]} in the order of
the players, or {"error": text}. This process itself never touches the database: a connection must not be
shared by a fork.
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

import django

PATIENCE = 120
FORK = get_context("fork")


class Line:
    """Where the players of this race start; each fork inherits it."""

    start: Barrier


def _ready() -> None:
    """Wait until all players of the race stand at the start, and go with them; again for each round."""
    Line.start.wait(PATIENCE)


def _play(play: Callable[..., Any], words: list[Any]) -> Any:
    from django.db import connections

    try:
        return play(_ready, *words)
    except BaseException:
        Line.start.abort()
        raise
    finally:
        connections.close_all()


def race(module: str, function: str, jobs: list[list[Any]]) -> list[Any]:
    """What each player said. Raises what one of them raised, best not that another one never came."""
    play = getattr(import_module(module), function)
    Line.start = cast(Barrier, FORK.Barrier(len(jobs)))
    with ProcessPoolExecutor(len(jobs), mp_context=FORK) as players:
        asked = [players.submit(_play, play, words) for words in jobs]
        failed = [error for each in asked if (error := each.exception(PATIENCE))]
    for error in sorted(failed, key=lambda error: isinstance(error, BrokenBarrierError)):
        raise error
    return [each.result() for each in asked]


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what a player prints is not an answer
    django.setup()
    gc.freeze()
    for line in sys.stdin:
        try:
            answer: dict[str, Any] = {"said": race(*json.loads(line))}
        except Exception:
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
