"""Many writers move one room on: no step is lost, none is made twice, and every change is told of.

Whoever derives from a room looks again when its position moves; a step that two writers share, and that a
reader saw after the first of them, would hide the second for good.
"""

import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction

from breathingroom.audit import actions as audit
from breathingroom.audit.models import Change, Position
from tests.config.houses import House, Ready

WORKERS, TIMES = 5, 60

pytestmark = pytest.mark.race


def forget(_ready: Ready) -> None:
    for model in (Change, Position):
        model.objects.all().delete()


def advance(ready: Ready, name: str) -> list[int]:
    """As a room does it, telling of one row each time; the positions that this writer reached."""
    reached = []
    ready()
    for number in range(TIMES):
        with transaction.atomic():
            audit.advance("race", f"{name} {number}")
            reached.append(Position.objects.get(name="race").value)
    return reached


def careless(ready: Ready, _name: str) -> list[int]:
    """As one must not: read, add, write."""
    reached = []
    ready()
    for _ in range(TIMES):
        row, _new = Position.objects.get_or_create(name="race")
        time.sleep(0.001)
        Position.objects.filter(name="race").update(value=row.value + 1)
        reached.append(row.value + 1)
    return reached


def race(house: House, player: Callable[..., list[int]]) -> list[int]:
    """The positions that writers on an empty table reached, all of them."""
    house.alone(forget)
    said = house.race(player, [[f"writer {n}"] for n in range(WORKERS)])
    return [value for reached in said for value in reached]


def test_no_step_is_lost_or_made_twice_and_each_tells_of_its_own_change(empty_house: House) -> None:
    steps = list(range(1, WORKERS * TIMES + 1))
    assert sorted(race(empty_house, advance)) == steps
    rows = empty_house.sql("SELECT value, key FROM audit_change WHERE room = 'race'")
    assert sorted(value for value, _key in rows) == steps
    keys = Counter(key for _value, key in rows)
    assert keys == Counter(f"writer {n} {step}" for n in range(WORKERS) for step in range(TIMES))


def test_without_care_steps_are_lost(empty_house: House) -> None:
    reached = race(empty_house, careless)
    assert max(reached) < WORKERS * TIMES
    assert len(set(reached)) < len(reached)
