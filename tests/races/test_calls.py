"""Twenty clients want one time for a call: one gets it, on either database; without protection, several do.

Real processes with threads on a real database: a file for SQLite, a database of its own on PostgreSQL.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.races.test_outbox import on_postgresql, on_server, run

CLIENTS, PROCESSES, ROUNDS, PATIENCE = 20, 4, 3, 180
HERE = Path(__file__).parent
STAGE = """
import datetime as dt
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from breathingroom.core import clock
from breathingroom.directory.models import Listing, CallOffer, CallTerms
from breathingroom.licensure import facts
from breathingroom.people.models import Member
facts.load(by=None)
owner = Member.objects.create_user("owner@example.org", name="Owner")
listing = Listing.objects.create(member=owner, state="published", name="Owner", headline="One sentence",
    profession_id="psychologist", place_id="US-WA", therapist=True, online=True,
    openings_confirmed_on=clock.today(), published_at=clock.now())
CallTerms.objects.create(listing=listing, by="phone", reach="+1 206 555 0100")
CallOffer.objects.create(listing=listing, weekday=0, begins_on=clock.today(), at=dt.time(9),
    time_zone="America/Los_Angeles", minutes=20)
for n in range(CLIENTS):
    Member.objects.create_user(f"c{n}@example.org")
"""
pytestmark = pytest.mark.race


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a house of its own with one offer and twenty members; gone afterwards."""
    environment = {
        **os.environ,
        "BREATHINGROOM_HOME": str(tmp_path_factory.mktemp("race")),
        "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    name = f"race_calls_{os.getpid()}"
    if on_postgresql():
        parts = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
        on_server(f"CREATE DATABASE {name}")
    try:
        run(environment, "-c", STAGE.replace("CLIENTS", str(CLIENTS)))
        yield environment
    finally:
        if on_postgresql():
            on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def sql(environment: dict[str, str], statement: str) -> list[Any]:
    """What the database of that house answers."""
    if on_postgresql():
        import psycopg

        with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as wire:
            done = wire.execute(statement.encode())
            return list(done.fetchall()) if done.description else []
    with closing(sqlite3.connect(Path(environment["BREATHINGROOM_HOME"]) / "breathingroom.sqlite3")) as file:
        found = file.execute(statement).fetchall()
        file.commit()
        return found


def race(environment: dict[str, str], mode: str, turn: int = 0) -> Counter[str]:
    """Let all clients loose at the same moment; how often it ended how."""
    sql(environment, "DELETE FROM directory_call")
    said, go = (Path(environment["BREATHINGROOM_HOME"]) / f"{what} {mode}{turn}" for what in ("said", "go"))
    each = CLIENTS // PROCESSES
    words: list[Any] = [sys.executable, HERE / "call_worker.py", said, go, str(each)]
    fleet = [
        subprocess.Popen([*words, str(n * each), mode], env=environment, stderr=subprocess.PIPE, text=True)
        for n in range(PROCESSES)
    ]
    _wait_until_ready(said, fleet)
    go.touch()
    for worker in fleet:
        _out, errors = worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0, errors[-3000:]
    ended = Counter(said.read_text().split())
    assert ended.pop("ready") == CLIENTS
    return ended


def _wait_until_ready(said: Path, fleet: list["subprocess.Popen[str]"]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not said.exists() or said.read_text().count("ready") < CLIENTS:
        ended = [worker for worker in fleet if worker.poll()]
        assert not ended, ended[0].communicate()[1][-3000:]
        assert time.monotonic() < deadline, "The clients do not get ready."
        time.sleep(0.02)


def counted(environment: dict[str, str]) -> tuple[int, int]:
    """Open calls and mails that stand in the database."""
    calls = sql(environment, "SELECT COUNT(*) FROM directory_call WHERE state = 'open'")
    return calls[0][0], sql(environment, "SELECT COUNT(*) FROM notify_mail")[0][0]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_of_twenty_gets_the_time_and_the_others_are_told(house: dict[str, str], turn: int) -> None:
    mails = counted(house)[1]
    assert race(house, "guarded", turn) == {"booked": 1, "taken": CLIENTS - 1}
    assert counted(house) == (1, mails + 2), "one call, and a mail to each of the two"


def test_the_constraint_alone_lets_one_in(house: dict[str, str]) -> None:
    ended = race(house, "constraint")
    assert ended["booked"] == 1
    assert set(ended) <= {"booked", "refused", "taken"}
    assert counted(house)[0] == 1


def test_without_lock_and_constraint_several_get_it(house: dict[str, str]) -> None:
    """The control, and the last one: it takes the constraint off the table."""
    sql(house, "DROP INDEX call_time_is_taken_once")
    assert race(house, "nothing")["booked"] > 1
    assert counted(house)[0] > 1
