"""Zones by the pinned rules; wall time that stays while UTC shifts; gaps and folds."""

import datetime as dt
import subprocess
import sys
import zoneinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breathingroom.core import zones
from breathingroom.core.tests.generated import generated

ZONES = (
    "America/Los_Angeles", "America/St_Johns", "Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "UTC",
    "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Chatham", "America/Vancouver", "Africa/Casablanca",
)  # fmt: skip
days = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def test_the_pinned_rules_win_over_those_of_the_machine() -> None:
    """British Columbia stays on its summer time from 2026 on; files of an older machine do not know it."""
    assert zoneinfo.TZPATH == ()
    winter = dt.datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("America/Vancouver"))
    assert winter.utcoffset() == dt.timedelta(hours=-7)


def test_a_machine_that_names_a_path_of_its_own_is_not_asked_either() -> None:
    """A fresh process: importing anything of the house is enough, in whatever order."""
    script = (
        "import zoneinfo; before = zoneinfo.ZoneInfo('America/Vancouver')\n"
        "import breathingroom.core.clock\n"
        "assert zoneinfo.TZPATH == (), zoneinfo.TZPATH\n"
        "assert zoneinfo.ZoneInfo('America/Vancouver') is not before\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONTZPATH": "/usr/share/zoneinfo"}, check=False
    )
    assert done.returncode == 0


@generated(100, 300)
@given(days, times, st.sampled_from(ZONES))
def test_the_wall_shows_what_was_meant_unless_clocks_skip_it(day: dt.date, time: dt.time, name: str) -> None:
    zone = ZoneInfo(name)
    shown = zones.moment(day, time, zone).astimezone(zone)
    if zones.is_skipped(day, time, zone):
        assert shown.replace(tzinfo=None) > dt.datetime.combine(day, time)
    else:
        assert shown.replace(tzinfo=None, fold=0) == dt.datetime.combine(day, time)
        assert shown.fold == 0, "the first of the two"


def test_a_skipped_time_moves_on_by_the_jump() -> None:
    spring, time, zone = dt.date(2026, 3, 8), dt.time(2, 30), ZoneInfo("America/Los_Angeles")
    assert zones.is_skipped(spring, time, zone)
    assert zones.moment(spring, time, zone).astimezone(zone).time() == dt.time(3, 30)
    half = ZoneInfo("Australia/Lord_Howe")
    assert zones.moment(dt.date(2026, 10, 4), dt.time(2, 15), half).astimezone(half).time() == dt.time(2, 45)


def test_a_time_that_comes_twice_is_the_first() -> None:
    autumn, zone = dt.date(2026, 11, 1), ZoneInfo("America/New_York")
    assert not zones.is_skipped(autumn, dt.time(1, 30), zone)
    assert zones.moment(autumn, dt.time(1, 30), zone) == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../etc/passwd", "\0", "a" * 5000, "/etc/passwd"])
def test_a_zone_that_is_none_is_none(name: str) -> None:
    assert zones.known(name) is None


def test_what_can_be_chosen_is_known_and_grouped() -> None:
    assert "America/St_Johns" in zones.names()
    assert all(zones.known(name) for name in zones.names())
    assert ("America/St_Johns", "St Johns") in dict(zones.grouped())["America"]
