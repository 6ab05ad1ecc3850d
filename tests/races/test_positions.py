"""Many writers move one room on: no step is lost, none is made twice, and every change is told of.

Whoever derives from a room looks again when its position moves; a step that two writers share, and that a
reader saw after the first of them, would hide the second for good.
"""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.races.test_outbox import HERE, house, run

__all__ = ["house"]
WORKERS, TIMES = 5, 60

pytestmark = pytest.mark.race


def race(environment: dict[str, str], mode: str) -> list[int]:
    """Let all workers loose on an empty table at the same moment; the positions that each of them reached."""
    forget = "from breathingroom.audit.models import Change, Position"
    told = "[model.objects.all().delete() for model in (Change, Position)]"
    run(environment, "-c", f"import django; django.setup()\n{forget}\n{told}")
    reached = Path(environment["BREATHINGROOM_HOME"]) / mode
    begin = str(time.time() + 4)
    fleet = [
        subprocess.Popen(
            [sys.executable, HERE / "position_worker.py", reached, begin, mode, str(TIMES), f"writer {n}"],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(WORKERS)
    ]
    for worker in fleet:
        _out, errors = worker.communicate(timeout=180)
        assert worker.returncode == 0, errors[-3000:]
    return [int(number) for number in reached.read_text().split()]


def test_no_step_is_lost_and_none_is_made_twice(house: dict[str, str]) -> None:
    assert sorted(race(house, "advance")) == list(range(1, WORKERS * TIMES + 1))


def test_every_step_tells_of_its_own_change(house: dict[str, str]) -> None:
    race(house, "advance")
    script = (
        "import django; django.setup()\n"
        "from breathingroom.audit.models import Change\n"
        "print(*(f'{row.value}|{row.key}' for row in Change.objects.filter(room='race')), sep='\\n')\n"
    )
    words: list[Any] = [sys.executable, "-c", script]
    rows = subprocess.run(words, env=house, capture_output=True, text=True, check=True).stdout.splitlines()
    values, keys = zip(*(row.split("|") for row in rows), strict=True)
    assert Counter(map(int, values)) == Counter(range(1, WORKERS * TIMES + 1))
    assert Counter(keys) == Counter(f"writer {n} {step}" for n in range(WORKERS) for step in range(TIMES))


def test_without_care_steps_are_lost(house: dict[str, str]) -> None:
    reached = race(house, "careless")
    assert max(reached) < WORKERS * TIMES
    assert len(set(reached)) < len(reached)
