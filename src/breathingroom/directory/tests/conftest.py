"""The small world of the directory, made once a file, and those who write to each other in it."""

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import DjangoDbBlocker

from breathingroom.core.tests.undone import undone
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast
from breathingroom.directory.tests.enquiring import MONDAY
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two places and one profession, for all tests of a file."""
    with django_db_blocker.unblock(), undone():
        cast.world()
        yield


# -- of enquiries --------------------------------------------------------------------------------
@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """It is ten in the morning in Seattle."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def maren(db: None) -> Listing:
    return cast.listing(supervisor=True, consultant=True)


@pytest.fixture
def rosa(db: None) -> Member:
    return make_member("rosa@example.org", name="Rosa")
