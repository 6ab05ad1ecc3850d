"""The real product, served: a demo community on a database of its own, web pages and worker as processes."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit

LISTINGS = 120
PATIENCE = 60.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Served:
    """A house that answers at `address`, the processes that run it, and a session key for each role."""

    address: str
    home: Path
    surroundings: dict[str, str]
    children: list[subprocess.Popen[bytes]]
    keys: dict[str, str]

    def log(self) -> str:
        """What web pages and worker have said so far."""
        return (self.home / "said.log").read_text(errors="replace")


@contextmanager
def served(home: Path, listings: int = LISTINGS) -> Iterator[Served]:
    """Stage a house in `home`, which may have tables already, serve it until the block ends, and end it."""
    port = _free_port()
    with _database() as database:
        surroundings = _surroundings(home, port, database)
        stage = [sys.executable, "-m", "tests.journeys.stage", str(listings)]
        keys = subprocess.run(stage, env=surroundings, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        house = Served(f"http://localhost:{port}", home, surroundings, [], json.loads(keys))
        try:
            house.children = [_start(house, "serve"), _start(house, "work")]
            _wait_until_it_answers(house)
            yield house
        finally:
            _end(house.children)


def _surroundings(home: Path, port: int, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return {
        **kept,
        "BREATHINGROOM_HOME": str(home),
        "BASE_URL": f"http://localhost:{port}",
        "BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": database,
        "REDIS_URL": "",
        "DEMO": "yes",
        "WORKERS": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _database() -> Iterator[str]:
    """The address of an empty database on the server that DATABASE_URL names; "" is SQLite in the home."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"journey_{os.getpid()}_{secrets.token_hex(3)}"
    with psycopg.connect(given, autocommit=True) as wire:
        wire.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(given, autocommit=True) as wire:
            wire.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _start(house: Served, command: str) -> subprocess.Popen[bytes]:
    with (house.home / "said.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "breathingroom.config.cli", command],
            env=house.surroundings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait_until_it_answers(house: Served) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if house.children[0].poll() is not None:
            break
        if status(house.address + "/crisis/"):
            return
        time.sleep(0.05)
    raise RuntimeError(f"The house does not answer:\n{house.log()[-4000:]}")


def status(address: str) -> int:
    """The status that a plain GET brings, 0 when nobody answers."""
    return get(address)[0]


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        """A redirect is an answer; nothing is asked of other sites."""


def get(address: str) -> tuple[int, str]:
    """Status and words of a plain GET, (0, "") when nobody answers; redirects are not followed."""
    try:
        with urllib.request.build_opener(_Stays).open(address, timeout=30) as answer:
            return int(answer.status), answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, OSError):
        return 0, ""


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
