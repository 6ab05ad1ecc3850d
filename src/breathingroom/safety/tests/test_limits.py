"""Counting attempts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from breathingroom.core import clock
from breathingroom.safety.actions import limits
from breathingroom.safety.models import Attempt
from breathingroom.safety.tasks import forget_attempts

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def test_it_counts_up_to_the_limit_and_says_when_again() -> None:
    assert [limits.take(what="a", who="rosa", most=3, within=HOUR) for _ in range(3)] == [1, 2, 3]
    with pytest.raises(limits.TooMany) as refused:
        limits.take(what="a", who="rosa", most=3, within=HOUR)
    assert dt.timedelta() < refused.value.again_at - clock.now() <= HOUR


def test_others_other_things_and_other_hours_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        limits.take(what="a", who="rosa", most=3, within=HOUR)
    assert limits.take(what="a", who="nora", most=3, within=HOUR) == 1
    assert limits.take(what="b", who="rosa", most=3, within=HOUR) == 1
    later = clock.now() + HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    assert limits.take(what="a", who="rosa", most=3, within=HOUR) == 1


def test_an_attempt_that_is_rolled_back_was_none() -> None:
    with transaction.atomic():
        limits.take(what="a", who="rosa", most=3, within=HOUR)
        transaction.set_rollback(True)
    assert limits.take(what="a", who="rosa", most=3, within=HOUR) == 1


def test_a_count_names_nobody() -> None:
    limits.take(what="a", who="rosa@example.org", most=3, within=HOUR)
    assert "rosa" not in str(Attempt.objects.values().get())


def test_counts_whose_time_is_over_go(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.take(what="a", who="rosa", most=3, within=HOUR)
    forget_attempts()
    assert Attempt.objects.count() == 1
    later = clock.now() + 2 * HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    forget_attempts()
    assert not Attempt.objects.exists()


def test_attempt_is_counted_from_one() -> None:
    with pytest.raises(IntegrityError, match="attempt_is_counted_from_one"), transaction.atomic():
        Attempt.objects.create(mark="x", number=0, ends_at=clock.now())
