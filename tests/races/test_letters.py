"""Limits that no attempt slips through, two people who agree on one role only; each without its guard.

Real processes on a real database: a file for SQLite, a database of its own on PostgreSQL.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.races.test_outbox import on_postgresql, on_server, run

WORKERS, TIMES, MOST, ROUNDS = 4, 40, 50, 8
HERE = Path(__file__).parent

pytestmark = pytest.mark.race


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a house of its own, migrated, with one clinician in it; gone afterwards."""
    environment = {
        **os.environ,
        "BREATHINGROOM_HOME": str(tmp_path_factory.mktemp("race")),
        "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    name = f"race_letters_{os.getpid()}"
    if on_postgresql():
        parts = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
        on_server(f"CREATE DATABASE {name}")
    try:
        run(environment, "-m", "django", "migrate", "-v", "0")
        make = "Member.objects.create_user('maren@example.org')"
        run(environment, "-c", f"import django; django.setup()\nfrom {MEMBER} import Member\n{make}")
        yield environment
    finally:
        if on_postgresql():
            on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


MEMBER = "breathingroom.people.models"


def race(environment: dict[str, str], jobs: list[list[str]]) -> list[str]:
    """Let one worker a job loose at the same moment; what each said."""
    fleet = [
        subprocess.Popen(
            [sys.executable, HERE / "letters_worker.py", what, *words],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for what, *words in jobs
    ]
    for worker in fleet:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    begin = f"{time.time() + 0.5}\n"
    said = []
    for worker in fleet:
        assert worker.stdin
        worker.stdin.write(begin)
        worker.stdin.flush()
    for worker in fleet:
        out, errors = worker.communicate(timeout=180)
        assert worker.returncode == 0, errors[-3000:]
        said.append(out.strip())
    return said


def let_in(house: dict[str, str], mode: str) -> int:
    return sum(map(int, race(house, [["count", mode, str(MOST), str(TIMES)]] * WORKERS)))


def test_a_limit_lets_in_as_many_as_it_says(house: dict[str, str]) -> None:
    assert let_in(house, "guarded") == MOST


def test_without_the_one_statement_more_get_in(house: dict[str, str]) -> None:
    assert let_in(house, "careless") > MOST


def both_held(house: dict[str, str], mode: str) -> tuple[set[str], set[str]]:
    """(rounds in which some role was agreed on, rounds in which both were)."""
    said = race(house, [["agree", mode, str(ROUNDS), role] for role in ("therapist", "supervisor")])
    first, second = (set(filter(None, words.split(","))) for words in said)
    return first | second, first & second


def test_of_two_roles_at_the_same_moment_one_is_agreed_on(house: dict[str, str]) -> None:
    some, both = both_held(house, "guarded")
    assert len(some) == ROUNDS
    assert not both


def test_without_the_constraint_both_are(house: dict[str, str]) -> None:
    assert both_held(house, "careless")[1]
