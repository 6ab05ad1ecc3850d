"""Twenty members claim one licence, and all are granted at once: one is, on either database.

Real processes with threads on a real database: a file for SQLite, a database of its own on PostgreSQL. The
control takes the rule off the table, and the same code then grants it to several.
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

CLAIMS, PROCESSES, ROUNDS, PATIENCE = 20, 4, 3, 180
HERE = Path(__file__).parent
STAGE = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from breathingroom.core import clock
from breathingroom.licensure import facts
from breathingroom.licensure.models import Licence
from breathingroom.people.models import Member
facts.load(by=None)
Member.objects.create_user("op@example.org", is_staff=True)
for n in range({CLAIMS}):
    member = Member.objects.create_user(f"m{{n:02}}@example.org")
    number = f"PSY{{'-' * (n % 3)}} {{'0' * (n % 4)}}123"
    Licence.objects.create(member=member, profession_id="psychologist", jurisdiction_id="US-OH",
        number=number, created_on=clock.today())
"""
ANEW = """
import django; django.setup()
from breathingroom.licensure.actions import checks
from breathingroom.licensure.models import Licence, Verification
from breathingroom.notify.models import Mail
Mail.objects.all().delete()
Verification.objects.all().delete()
Licence.objects.update(status="claimed", mark="", checked_on=None, checked_by=None, checked_against="")
for licence in Licence.objects.select_related("member"):
    checks.submit(by=licence.member, licence=licence)
"""
pytestmark = pytest.mark.race


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a house of its own, in which twenty members claim one licence; gone afterwards."""
    environment = {
        **os.environ,
        "BREATHINGROOM_HOME": str(tmp_path_factory.mktemp("race")),
        "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    name = f"race_grants_{os.getpid()}"
    if on_postgresql():
        parts = urlsplit(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
        on_server(f"CREATE DATABASE {name}")
    try:
        run(environment, "-c", STAGE)
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


def race(environment: dict[str, str], turn: str) -> Counter[str]:
    """Let all decisions loose at the same moment; how often it ended how."""
    run(environment, "-c", ANEW)
    said, go = (Path(environment["BREATHINGROOM_HOME"]) / f"{what} {turn}" for what in ("said", "go"))
    each = CLAIMS // PROCESSES
    words: list[Any] = [sys.executable, HERE / "grant_worker.py", said, go]
    fleet = [
        subprocess.Popen(
            [*words, str(n * each), str((n + 1) * each)],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    _wait_for_all(said, fleet)
    go.touch()
    for worker in fleet:
        _out, errors = worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0, errors[-3000:]
    return Counter(line for line in said.read_text().split() if line != "ready")


def _wait_for_all(said: Path, fleet: "list[subprocess.Popen[str]]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if said.exists() and said.read_text().count("ready") == CLAIMS:
            return
        assert all(worker.poll() in (None, 0) for worker in fleet)
        time.sleep(0.02)
    raise AssertionError("not all came to the start")


def granted(environment: dict[str, str]) -> int:
    return int(sql(environment, "SELECT count(*) FROM licensure_licence WHERE status = 'active'")[0][0])


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_licence_claimed_twenty_times_is_granted_once(house: dict[str, str], turn: int) -> None:
    assert race(house, f"guarded {turn}") == {"granted": 1, "second_look": CLAIMS - 1}
    assert granted(house) == 1
    told = sql(house, 'SELECT count(*), count(DISTINCT "to") FROM notify_mail')
    assert [tuple(row) for row in told] == [(CLAIMS, CLAIMS)]
    states = dict(sql(house, "SELECT state, count(*) FROM licensure_verification GROUP BY state"))
    assert states == {"granted": 1, "second_look": CLAIMS - 1}


def test_without_the_rule_it_is_granted_several_times(house: dict[str, str]) -> None:
    sql(house, "DROP INDEX licence_granted_once")
    race(house, "unguarded")
    assert granted(house) > 1
