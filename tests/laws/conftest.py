"""The small community, built once a file and gone with it."""

from collections.abc import Iterator

import pytest
from django.template import Template
from pytest_django import DjangoDbBlocker

from breathingroom.core.tests.undone import undone
from breathingroom.people.views import even
from tests.laws import world as worlds
from tests.laws.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who meets the community needs the database; what a test writes is undone when it ends."""
    for item in items:
        if "world" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="module", autouse=True)
def _plain_templates(django_test_environment: None) -> Iterator[None]:
    """Django's test runner keeps a copy of every template's context; here nobody looks at them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_waiting() -> Iterator[None]:
    """Answers of the entrance leave on full ticks, so that their time tells nothing; here nobody looks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(even, "TICK", 0.0)
        yield


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One of each kind of person and thing."""
    with django_db_blocker.unblock(), undone():
        yield worlds.build()
