"""Whole houses for tests: a home folder, a database of its own, and the command line in processes of its own.

They stand on the database of the run: SQLite files, or databases made on the server of DATABASE_URL.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
INSIDE = Path(__file__).with_name("inside.py")
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DATABASE_URL", "REDIS_URL", "BREATHINGROOM_HOME", "DJANGO_SETTINGS_MODULE"}
}
Done = subprocess.CompletedProcess[str]


@dataclass
class House:
    """A house that nobody else uses; `more` are variables of its environment beside its home and database.

    Its commands run in one process of its own, started at the first of them: loading Django costs a second.
    """

    home: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        own = {"BREATHINGROOM_HOME": str(self.home), **self.more}
        if self.database:
            own["DATABASE_URL"] = f"{SERVER.rpartition('/')[0]}/{self.database}"
        return {**CLEAN, **own}

    def run(self, *words: str | Path) -> Done:
        """`breathingroom` with these words."""
        return self._ask({"words": [str(word) for word in words]})

    def python(self, code: str) -> str:
        """What `code` prints inside the opened house. Raises AssertionError when it fails."""
        done = self._ask({"code": code})
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """`breathingroom` with these words in a process of its own; both its outputs in one pipe."""
        command = [sys.executable, "-m", "breathingroom.config.cli", *words]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def leave(self) -> None:
        """End the house's own process, as a template must not be in use."""
        if self.process:
            self.process.communicate(timeout=20)
            self.process = None

    def _ask(self, asked: dict[str, object]) -> Done:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, INSIDE],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return Done([], said["status"], said["out"], said["err"])


@contextmanager
def built(home: Path, *, like: House | None = None) -> Iterator[House]:
    """An empty house, or one with the same database as `like`, which nobody may be using just then."""
    home.mkdir(parents=True, exist_ok=True)
    house = House(home, f"house_{token_hex(6)}" if ON_POSTGRESQL else "")
    if ON_POSTGRESQL:
        template = f' TEMPLATE "{like.database}"' if like else ""
        _on_server(f'CREATE DATABASE "{house.database}"{template}')
    elif like:
        (home / "breathingroom.sqlite3").write_bytes((like.home / "breathingroom.sqlite3").read_bytes())
    if like:
        (home / "keys").mkdir(mode=0o700)
        for key in (like.home / "keys").iterdir():
            (home / "keys" / key.name).write_bytes(key.read_bytes())
            (home / "keys" / key.name).chmod(0o600)
    yield house
    house.leave()
    if ON_POSTGRESQL:
        _on_server(f'DROP DATABASE IF EXISTS "{house.database}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    server = urlsplit(SERVER)._replace(path="/postgres", scheme="postgresql").geturl()
    with psycopg.connect(server, autocommit=True) as wire:
        wire.execute(statement.encode())
