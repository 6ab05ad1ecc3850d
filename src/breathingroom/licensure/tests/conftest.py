"""The packaged facts, loaded once and gone with the tests that asked for them."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from breathingroom.licensure import facts as importer
from breathingroom.licensure import queries
from breathingroom.licensure.eligibility import Facts
from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)

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


class _Undo(Exception):
    pass


@pytest.fixture(scope="session")
def imported(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[Facts, list[tuple[type[Model], list[Any]]]]:
    """The packaged facts, imported once: in the shape of the question, and as rows."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                importer.load(by=None)
                found = queries.facts()
                rows = [(table, list(table._default_manager.all())) for table in TABLES]
                raise _Undo
        except _Undo:
            pass
    return found, rows


@pytest.fixture(scope="session")
def facts(imported: tuple[Facts, Any]) -> Facts:
    """The packaged facts in the shape of the question; a limit of 365 days."""
    return imported[0]


@pytest.fixture
def loaded(db: None, imported: tuple[Any, list[tuple[type[Model], list[Any]]]]) -> None:
    """The packaged facts in the tables, ten times as fast as an import."""
    for table, rows in imported[1]:
        table._default_manager.bulk_create(rows)
