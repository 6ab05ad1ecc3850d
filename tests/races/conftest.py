"""A house to race in, migrated anew for each module."""

from collections.abc import Iterator

import pytest

from tests.config.houses import House, built, migrated


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A migrated house that nobody lives in."""
    with migrated(tmp_path_factory) as house:
        yield house


@pytest.fixture(scope="session")
def _course(tmp_path_factory: pytest.TempPathFactory, _template: House) -> Iterator[House]:
    """The house of all races, one after the other."""
    with built(tmp_path_factory.mktemp("race") / "house", like=_template, LOG_LEVEL="ERROR") as house:
        yield house


@pytest.fixture(scope="module")
def empty_house(_course: House, _template: House) -> House:
    """Migrated, and with nobody in it."""
    _course.become(_template)
    return _course
