"""Houses to race in: real processes on a real database, a file for SQLite or a database on PostgreSQL.

A player is a function beside the tests that is called with `ready` first: it prepares, calls `ready()`, which
comes back in all players at the same moment, and returns what JSON can carry.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

ROOT = Path(__file__).parent.parent.parent
FILE = "breathingroom.sqlite3"
MARKS = [pytest.mark.race, pytest.mark.xdist_group("races")]
"""All races run one after the other in one process: they share the template, and do not slow each other."""

Ready = Callable[[], None]


@dataclass(frozen=True)
class House:
    """A house and the process that starts players in it."""

    environment: Mapping[str, str]
    starter: "subprocess.Popen[str]"

    def race(self, player: Callable[..., Any], jobs: Iterable[Iterable[Any]]) -> list[Any]:
        """Let one process for each job loose at the same moment; what each returned, in that order."""
        assert self.starter.stdin
        assert self.starter.stdout
        asked = [player.__module__, player.__name__, [list(job) for job in jobs]]
        self.starter.stdin.write(json.dumps(asked) + "\n")
        self.starter.stdin.flush()
        answer = json.loads(self.starter.stdout.readline())
        assert "error" not in answer, answer["error"]
        return list(answer["said"])

    def alone(self, player: Callable[..., Any], *words: Any) -> Any:
        """What one process says that nobody races with."""
        return self.race(player, [words])[0]

    def sql(self, statement: str) -> list[Any]:
        """The rows the database of this house answers, none for a statement that has no answer."""
        if on_postgresql():
            return on_server(statement, self.environment["DATABASE_URL"])
        with closing(sqlite3.connect(Path(self.environment["BREATHINGROOM_HOME"]) / FILE)) as file:
            found = file.execute(statement).fetchall()
            file.commit()
            return found


def on_postgresql() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


def on_server(statement: str, url: str = "") -> list[Any]:
    import psycopg

    with psycopg.connect(url or os.environ["DATABASE_URL"], autocommit=True) as wire:
        done = wire.execute(statement.encode())
        return list(done.fetchall()) if done.description else []


def environment_of(home: Path, name: str) -> dict[str, str]:
    """The environment of a house in that folder or, on PostgreSQL, in the database of that name."""
    found = {
        **os.environ,
        "BREATHINGROOM_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    if on_postgresql():
        found["DATABASE_URL"] = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    return found


@contextmanager
def database(name: str, template: str = "") -> Iterator[None]:
    """On PostgreSQL a database that is gone afterwards; SQLite needs none but its file."""
    if not on_postgresql():
        yield
        return
    on_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield
    finally:
        on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def opened(environment: Mapping[str, str]) -> Iterator[House]:
    """That house with its starter running, which ends with it."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.races.starter"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:
        try:
            yield House(environment, starter)
        finally:
            assert starter.stdin
            starter.stdin.close()
