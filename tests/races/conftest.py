"""One migrated house for all races, and a copy of it for each module."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.races.house import FILE, House, database, environment_of, opened


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(home, name of the database) of a migrated house that nobody lives in."""
    home, name = tmp_path_factory.mktemp("template"), f"race_template_{os.getpid()}"
    with database(name):
        migrate = [sys.executable, "-m", "django", "migrate", "-v", "0"]
        subprocess.run(migrate, env=environment_of(home, name), check=True)
        yield home, name


@pytest.fixture(scope="module")
def empty_house(
    template: tuple[Path, str], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of the module's own, migrated and with nobody in it; gone afterwards."""
    module = request.module.__name__.rpartition(".")[2]
    home, name = tmp_path_factory.mktemp("race"), f"race_{module}_{os.getpid()}"
    if (template[0] / FILE).exists():
        shutil.copy(template[0] / FILE, home / FILE)
    with database(name, template[1]), opened(environment_of(home, name)) as house:
        yield house
