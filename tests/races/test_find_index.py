"""Writers and readers in processes of their own: what is saved is in the very next answer of everybody.

Real processes on a real database: a file for SQLite, a database of its own on PostgreSQL. The control reads
changes by their ids instead of by the position: on PostgreSQL an id can be committed after a higher one.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.races.test_outbox import on_postgresql, on_server, run

HERE = Path(__file__).parent
WRITERS, WRITES = 4, 15

pytestmark = pytest.mark.race


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a house of its own, migrated; gone afterwards."""
    environment = {
        **os.environ,
        "BREATHINGROOM_HOME": str(tmp_path_factory.mktemp("race")),
        "DJANGO_SETTINGS_MODULE": "breathingroom.config.settings",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(HERE.parent.parent),
    }
    name = f"race_index_{os.getpid()}"
    if on_postgresql():
        there = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
        environment["DATABASE_URL"] = urlunsplit(there)
        on_server(f"CREATE DATABASE {name}")
    try:
        run(environment, "-m", "django", "migrate", "-v", "0")
        run(environment, str(HERE / "index_player.py"), "settle", str(WRITERS))
        yield environment
    finally:
        if on_postgresql():
            on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def play(environment: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(HERE / "index_player.py"), *words]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(player: "subprocess.Popen[str]") -> str:
    out, errors = player.communicate(timeout=180)
    assert player.returncode == 0, errors[-3000:]
    return out


def test_each_writer_finds_what_it_saved_in_its_next_answer(house: dict[str, str]) -> None:
    """Several at once, each pausing and publishing its own listing and searching right behind."""
    players = [play(house, "write", str(n), str(WRITES)) for n in range(WRITERS)]
    assert [said(player).strip() for player in players] == ["found"] * WRITERS


def test_a_reader_that_followed_all_along_ends_with_what_a_new_one_reads(house: dict[str, str]) -> None:
    reader = play(house, "follow", str(WRITERS * WRITES))
    writers = [play(house, "write", str(n), str(WRITES)) for n in range(WRITERS)]
    for writer in writers:
        said(writer)
    assert said(reader).strip() == "the same"


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
def test_without_the_lock_a_change_is_missed(house: dict[str, str]) -> None:
    assert said(play(house, "unlocked")).strip() == "missed"
    assert said(play(house, "locked")).strip() == "seen"
