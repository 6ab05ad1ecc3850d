"""Many workers, one outbox, each mail once; without the claim, some twice.

Real processes on a real database: a file for SQLite, a database of its own on PostgreSQL.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

WORKERS, MAILS = 5, 100
HERE = Path(__file__).parent

pytestmark = pytest.mark.race


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a house of its own, migrated; gone afterwards."""
    environment = {
        **os.environ,
        "BREATHINGROOM_HOME": str(tmp_path_factory.mktemp("race")),
        "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    name = f"race_outbox_{os.getpid()}"
    if on_postgresql():
        environment["DATABASE_URL"] = urlunsplit(
            urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
        )
        on_server(f"CREATE DATABASE {name}")
    try:
        run(environment, "-m", "django", "migrate", "-v", "0")
        yield environment
    finally:
        if on_postgresql():
            on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def on_postgresql() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


def on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as wire:
        wire.execute(statement.encode())


def run(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def write_mails(environment: dict[str, str]) -> None:
    script = (
        "import django; django.setup()\n"
        "from breathingroom.notify.models import Mail\n"
        "Mail.objects.all().delete()\n"
        f"Mail.objects.bulk_create([Mail(to=f'm{{n}}@example.org', body='Words') for n in range({MAILS})])\n"
    )
    run(environment, "-c", script)


def race(environment: dict[str, str], mode: str) -> Counter[str]:
    """Let all workers loose at the same moment; how often each mail was sent."""
    sent = Path(environment["BREATHINGROOM_HOME"]) / mode
    words: list[Any] = [sys.executable, HERE / "outbox_worker.py", sent, str(time.time() + 3), mode]
    fleet = [
        subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(WORKERS)
    ]
    for worker in fleet:
        _out, errors = worker.communicate(timeout=120)
        assert worker.returncode == 0, errors[-3000:]
    return Counter(sent.read_text().split())


def test_each_mail_is_sent_once(house: dict[str, str]) -> None:
    write_mails(house)
    counts = race(house, "claimed")
    assert len(counts) == MAILS
    assert set(counts.values()) == {1}


def test_without_the_claim_mails_are_sent_twice(house: dict[str, str]) -> None:
    write_mails(house)
    assert max(race(house, "unclaimed").values()) > 1
