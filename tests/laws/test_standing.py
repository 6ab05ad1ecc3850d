"""With the database gone, the served house still helps: crisis lines, a way out, and an honest page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.journeys.served import Served, get, served
from tests.laws import page


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("standing"), listings=2) as house:
        yield house


@contextmanager
def without_database(house: Served) -> Iterator[None]:
    """Take the database away under a running house, and bring it back."""
    address = house.surroundings["DATABASE_URL"]
    with _renamed_on_server(address) if address else _renamed_file(house):
        yield


@contextmanager
def _renamed_file(house: Served) -> Iterator[None]:
    real, away = house.home / "breathingroom.sqlite3", house.home / "away.sqlite3"
    real.rename(away)
    real.write_text("this is no database")
    try:
        yield
    finally:
        away.rename(real)


@contextmanager
def _renamed_on_server(address: str) -> Iterator[None]:
    import psycopg

    name = urlsplit(address).path.strip("/")
    server = urlunsplit(urlsplit(address)._replace(path=urlsplit(os.environ["DATABASE_URL"]).path))
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    with psycopg.connect(server, autocommit=True) as wire:
        wire.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        wire.execute(end)
        try:
            yield
        finally:
            wire.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_the_crisis_page_the_way_out_and_the_error_page_stand_alone(standing: Served) -> None:
    with without_database(standing):
        status, crisis = get(standing.address + "/crisis/")
        assert status == 200
        assert not page.faults(crisis)
        assert "988" in crisis
        assert get(standing.address + "/leave/")[0] in {302, 303}
        status, broken = get(standing.address + "/find/00000000-0000-4000-8000-000000000000/")
        assert status == 500
        assert not page.faults(broken)
        assert "988" in broken
        assert "Traceback" not in broken
        assert "sqlite" not in broken.lower()
    assert get(standing.address + "/find/")[0] == 200, "The house is well again when the database is."
