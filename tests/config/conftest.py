"""Houses to break."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.houses import House, built

SETTLE = """
from breathingroom.config import schema
from breathingroom.config.demo import community
schema.update(verbosity=0)
community.settle(12)
"""
FLUSH = """
from django.db import connection
connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with twelve clinicians, to be copied and never changed."""
    with built(tmp_path_factory.mktemp("settled")) as house:
        house.python(SETTLE)
        if not house.database:
            house.python(FLUSH)
        house.leave()
        yield house


@pytest.fixture
def house(tmp_path: Path, settled: House) -> Iterator[House]:
    """A settled house of the test's own."""
    with built(tmp_path / "house", like=settled) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[House]:
    """A house with nothing in it, not even tables."""
    with built(tmp_path / "empty") as made:
        yield made
