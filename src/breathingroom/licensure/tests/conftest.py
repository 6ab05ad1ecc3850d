"""The packaged facts, loaded once and gone with the tests that asked for them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from breathingroom.core import clock
from breathingroom.core.tests.undone import undone
from breathingroom.licensure import facts as importer
from breathingroom.licensure import queries
from breathingroom.licensure.eligibility import Facts
from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Licence,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)
from breathingroom.licensure.tests.people import days, licence, member
from breathingroom.people.models import Member

TABLES: list[type[Model]] = [
    NuccCode,
    Profession,
    Title,
    Jurisdiction,
    Compact,
    Compact.professions.through,
    CompactPrivilege,
    CompactMember,
    Registration,
    Mobility,
    Mobility.professions.through,
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the facts makes pytest set the database up."""
    for item in items:
        if "imported" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def imported(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[Facts, list[tuple[type[Model], list[Any]]]]:
    """The packaged facts, imported once: in the shape of the question, and as rows."""
    with django_db_blocker.unblock(), undone():
        importer.load(by=None)
        return queries.facts(), [(table, list(table._default_manager.all())) for table in TABLES]


@pytest.fixture(scope="session")
def facts(imported: tuple[Facts, Any]) -> Facts:
    """The packaged facts in the shape of the question; a limit of 365 days."""
    return imported[0]


@pytest.fixture(scope="module")
def loaded(
    imported: tuple[Any, list[tuple[type[Model], list[Any]]]], django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The packaged facts in the tables for all tests of a file, ten times as fast as an import."""
    with django_db_blocker.unblock(), undone():
        for table, rows in imported[1]:
            table._default_manager.bulk_create(rows)
        yield


# -- who holds a licence, and who checks it ------------------------------------------------------
@pytest.fixture
def nora() -> Member:
    return member()


@pytest.fixture
def op() -> Member:
    return member("op@example.org", is_staff=True, name="Op")


@pytest.fixture
def row(nora: Member) -> Licence:
    return licence(nora, number="PSY 0123", expires_on=clock.today() + days(400))


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """What is to be done after a commit is done, although a test commits nothing."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
