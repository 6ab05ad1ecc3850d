"""Decisions without a database."""

import datetime as dt

import pytest

from breathingroom.people.choices import ABSOLUTE, ABSOLUTE_WITH_POWER, IDLE, IDLE_WITH_POWER
from breathingroom.people.rules import device, session_is_over

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/156.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_two_words(agent: str, words: str) -> None:
    assert device(agent) == words


@pytest.mark.parametrize(
    ("power", "idle", "absolute"), [(False, IDLE, ABSOLUTE), (True, IDLE_WITH_POWER, ABSOLUTE_WITH_POWER)]
)
def test_a_session_ends_when_idle_or_old(power: bool, idle: dt.timedelta, absolute: dt.timedelta) -> None:
    def over(*, began: dt.timedelta, seen: dt.timedelta) -> bool:
        return session_is_over(began_at=NOON - began, seen_at=NOON - seen, now=NOON, power=power)

    assert not over(began=idle, seen=idle)
    assert over(began=idle + SECOND, seen=idle + SECOND)
    assert not over(began=absolute, seen=SECOND)
    assert over(began=absolute + SECOND, seen=SECOND)
