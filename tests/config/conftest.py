"""Houses to break."""

from collections.abc import Iterator

import pytest

from tests.config import inside
from tests.config.houses import House, built, migrated


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with tables and nothing in them, to be copied and never changed."""
    with migrated(tmp_path_factory) as house:
        yield house


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory, tables: House) -> Iterator[House]:
    """The house that all tests live in, one after the other."""
    with built(tmp_path_factory.mktemp("lived_in") / "house", like=tables) as house:
        yield house


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, lived_in: House) -> Iterator[House]:
    """A house with twelve clinicians, to be copied and never changed."""
    lived_in.alone(inside.settle, 12)
    with built(tmp_path_factory.mktemp("settled") / "house", like=lived_in) as house:
        yield house


@pytest.fixture
def house(lived_in: House, settled: House) -> House:
    """A settled house of the test's own."""
    lived_in.become(settled)
    return lived_in


@pytest.fixture(scope="session")
def _bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house that is empty again for each test; its processes know the keys made at the first start."""
    with built(tmp_path_factory.mktemp("bare") / "house") as house:
        yield house


@pytest.fixture
def empty(_bare: House) -> House:
    """A house with nothing in it, not even tables."""
    _bare.become(None)
    return _bare
