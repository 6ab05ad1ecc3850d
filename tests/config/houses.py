"""Whole houses for tests: a home folder, a database of its own, and real processes that live in it.

They stand on the database of the run: SQLite files, or databases made on the server of DATABASE_URL.

A player is a function beside the tests that is called with `ready` first, in a process of its own, and
returns what JSON can carry. `ready()` comes back in all players of a race at the same moment.
"""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.config import inside

ROOT = Path(__file__).resolve().parents[2]
FILE = "breathingroom.sqlite3"
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
# Python's last name is here because what a process compiled must serve the next one: it is half of a start.
OTHERS = {
    "DATABASE_URL", "REDIS_URL", "BREATHINGROOM_HOME", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE",
}  # fmt: skip
CLEAN = {name: value for name, value in os.environ.items() if name not in OTHERS}
CLI = (sys.executable, "-m", "breathingroom.config.cli")
Ready = Callable[[], None]
Player = Callable[..., Any]
Done = subprocess.CompletedProcess[str]


@dataclass
class House:
    """A house that nobody else uses; `more` are variables of its environment beside its home and database.

    Its players are forks of one process, its starter, which begins with the first of them: loading Django
    costs a second. What that has read, its keys too, the forks know; after `leave` it is read anew.
    """

    home: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)
    starter: "subprocess.Popen[str] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        own = {"BREATHINGROOM_HOME": str(self.home), **self.more}
        if self.database:
            own["DATABASE_URL"] = urlsplit(SERVER)._replace(path=f"/{self.database}").geturl()
        return {**CLEAN, **own}

    def run(self, *words: str | Path) -> Done:
        """`breathingroom` with these words."""
        return Done([], *self.alone(inside.command, *map(str, words)))

    def cold(self, *words: str) -> Done:
        """`breathingroom` with these words as a shell starts it, where the start itself is the question."""
        return subprocess.run(
            [*CLI, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def alone(self, player: Player, *words: Any) -> Any:
        """What one player says that nobody races with."""
        return self.race(player, [words])[0]

    def race(self, player: Player, jobs: Iterable[Iterable[Any]]) -> list[Any]:
        """Let one player for each job loose at the same moment; what each returned, in that order."""
        return list(self._ask("race", player, [list(job) for job in jobs]))

    def begin(self, player: Player, *words: Any) -> int:
        """The number of a process in which a player goes on by itself; what it returns is its status."""
        return int(self._ask("begin", player, words))

    def end(self, number: int) -> int:
        """Wait for a process that was begun; its status."""
        return int(self._ask("end", None, number))

    def sql(self, statement: str) -> list[Any]:
        """The rows the database of this house answers, none for a statement that has no answer."""
        if self.database:
            return on_server(statement, self.environment["DATABASE_URL"])
        with closing(sqlite3.connect(self.home / FILE)) as file:
            found = file.execute(statement).fetchall()
            file.commit()
            return found

    def become(self, like: "House | None") -> None:
        """Look as `like` does, or empty, whatever was here. Nobody may be using either just then."""
        shutil.rmtree(self.home, ignore_errors=True)
        if like:
            shutil.copytree(like.home, self.home)
        else:
            self.home.mkdir(parents=True)
        if self.database:
            template = f' TEMPLATE "{like.database}"' if like and like.database else ""
            on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
            on_server(f'CREATE DATABASE "{self.database}"{template}')

    def leave(self) -> None:
        """End the starter, and with it what was begun."""
        if self.starter:
            self.starter.communicate(timeout=60)
            self.starter = None

    def _ask(self, what: str, player: Player | None, words: Any) -> Any:
        self.starter = self.starter or subprocess.Popen(
            [sys.executable, "-m", "tests.config.starter"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.starter.stdin
        assert self.starter.stdout
        name = [player.__module__, player.__name__] if player else []
        self.starter.stdin.write(json.dumps([what, *name, words]) + "\n")
        self.starter.stdin.flush()
        answer = json.loads(self.starter.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["said"]


@contextmanager
def built(home: Path, *, like: House | None = None, **more: str) -> Iterator[House]:
    """A house as `like` is, or empty; its database is gone afterwards."""
    house = House(home, f"house_{token_hex(6)}" if ON_POSTGRESQL else "", more)
    house.become(like)
    try:
        yield house
    finally:
        house.leave()
        if house.database:
            on_server(f'DROP DATABASE IF EXISTS "{house.database}" WITH (FORCE)')


@contextmanager
def migrated(folders: pytest.TempPathFactory) -> Iterator[House]:
    """A house with tables and nobody in it, to be copied; on SQLite all processes of a run make one."""
    own = folders.getbasetemp()
    if ON_POSTGRESQL:
        with built(own / f"migrated_{token_hex(6)}") as house:
            house.alone(inside.migrate)
            house.leave()
            yield house
    else:
        of_the_run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
        yield House(_migrated_once(of_the_run))


def _migrated_once(folder: Path) -> Path:
    ready, draft = folder / "migrated", House(folder / "migrating")
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            draft.become(None)
            draft.alone(inside.migrate)
            draft.leave()
            draft.home.rename(ready)
    return ready


def on_server(statement: str, url: str = "") -> list[Any]:
    """The rows a database on the server answers, without `url` the one that every server has."""
    url = url or urlsplit(SERVER)._replace(path="/postgres").geturl()
    with psycopg.connect(url, autocommit=True) as wire:
        done = wire.execute(statement.encode())
        return list(done.fetchall()) if done.description else []
