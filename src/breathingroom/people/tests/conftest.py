"""Mail goes where it goes in the house, into the outbox; and the entrance does not dawdle."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from breathingroom.people.views import even


@pytest.fixture(autouse=True)
def _outbox() -> Iterator[None]:
    with override_settings(EMAIL_BACKEND="breathingroom.notify.backends.OutboxBackend"):
        yield


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(even, "TICK", 0.0)
