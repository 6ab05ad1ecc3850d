"""With the database gone, the served house still helps: crisis lines, a way out, and an honest page."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.config.houses import CLI, FILE, House, built, migrated, on_server
from tests.journeys.served import get
from tests.laws import page

PATIENCE = 60.0


@dataclass
class Standing:
    """A house with nobody in it, and where it answers."""

    house: House
    address: str


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    place = {"BASE_URL": address, "BIND": f"127.0.0.1:{port}", "DEMO": "yes", "WORKERS": "1"}
    home = tmp_path_factory.mktemp("standing") / "house"
    with migrated(tmp_path_factory) as tables, built(home, like=tables, **place) as house:
        done = house.run("migrate")
        assert done.returncode == 0, done.stderr
        house.leave()
        with _served(house, address):
            yield Standing(house, address)


@contextmanager
def _served(house: House, address: str) -> Iterator[None]:
    server = subprocess.Popen([*CLI, "serve"], env=house.environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while not get(address + "/crisis/")[0] and server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


@contextmanager
def without_database(house: House) -> Iterator[None]:
    """Take the database away under a running house, and bring it back."""
    with _closed_on_server(house) if house.database else _renamed_file(house):
        yield


@contextmanager
def _renamed_file(house: House) -> Iterator[None]:
    real, away = house.home / FILE, house.home / "away.sqlite3"
    real.rename(away)
    real.write_text("this is no database")
    try:
        yield
    finally:
        away.rename(real)


@contextmanager
def _closed_on_server(house: House) -> Iterator[None]:
    on_server(f"ALTER DATABASE {house.database} ALLOW_CONNECTIONS false")
    on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{house.database}'")
    try:
        yield
    finally:
        on_server(f"ALTER DATABASE {house.database} ALLOW_CONNECTIONS true")


def test_the_crisis_page_the_way_out_and_the_error_page_stand_alone(standing: Standing) -> None:
    with without_database(standing.house):
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
