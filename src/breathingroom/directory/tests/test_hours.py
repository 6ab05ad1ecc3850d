"""Hours by the reader's clock, over every change of clocks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils.dates import WEEKDAYS
from hypothesis import given
from hypothesis import strategies as st

from breathingroom.core import zones
from breathingroom.directory.models import Listing, ListingHours
from breathingroom.directory.queries import hours
from breathingroom.directory.rules import END_OF_DAY
from breathingroom.directory.tests import cast
from breathingroom.people.tests.actors import make_member, sign_in

ODD = ("Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Australia/Adelaide", "Pacific/Chatham")
ZONES = st.sampled_from(
    [*ODD, *[name for name in zones.names() if name.startswith(("Am", "Eu", "Au", "Pac"))]]
)
TIMES = st.times(max_value=dt.time(23, 45)).map(
    lambda time: time.replace(minute=time.minute // 15 * 15, second=0, microsecond=0)
)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


@given(ZONES, ZONES, DAYS, st.integers(0, 6), TIMES, TIMES)
def test_what_the_reader_sees_is_the_moment_that_is_meant(
    theirs: str, reader: str, today: dt.date, weekday: int, one: dt.time, other: dt.time
) -> None:
    """The moments, by the provider's clock, are the wall times that were typed, unless clocks skip them."""
    begins, ends = sorted((one, other))
    here, there = ZoneInfo(theirs), ZoneInfo(reader)
    [(first, last)] = hours.coming([(weekday, begins, ends)], here, today)
    day = first.astimezone(here).date()
    assert 0 <= (day - today).days <= 7
    if not zones.is_skipped(today + dt.timedelta(days=(weekday - today.weekday()) % 7), begins, here):
        assert first.astimezone(here).time() == begins
        assert day.weekday() == weekday
        assert (day - today).days <= 6
    [(label, [span])] = hours._days([(first, last)], there)
    assert label == WEEKDAYS[first.astimezone(there).weekday()]
    assert dt.datetime.fromisoformat(span.begins) == first
    assert first <= last


@given(ZONES, ZONES, DAYS)
def test_a_move_is_announced_exactly_when_there_is_one(theirs: str, reader: str, today: dt.date) -> None:
    here, there = ZoneInfo(theirs), ZoneInfo(reader)
    day = hours.moves_on(here, there, today)
    seen = {}
    for ahead in range(hours.AHEAD + 1):
        noon = dt.datetime.combine(today + dt.timedelta(days=ahead), dt.time(12), here)
        seen[ahead] = noon.astimezone(there).replace(tzinfo=None) - noon.replace(tzinfo=None)
    moved = [ahead for ahead, gap in seen.items() if gap != seen[0]]
    assert day == (today + dt.timedelta(days=moved[0]) if moved else None)


@pytest.mark.parametrize(
    ("theirs", "reader", "today", "shown"),
    [
        # Europe changes on 29 March 2026, three weeks after the United States
        ("America/New_York", "Europe/London", dt.date(2026, 3, 2), "14:00"),
        ("America/New_York", "Europe/London", dt.date(2026, 3, 9), "13:00"),
        ("America/New_York", "Europe/London", dt.date(2026, 3, 30), "14:00"),
        ("America/New_York", "Asia/Kathmandu", dt.date(2026, 6, 1), "18:45"),
        ("America/St_Johns", "America/Vancouver", dt.date(2026, 6, 1), "04:30"),
        ("Australia/Lord_Howe", "UTC", dt.date(2026, 1, 5), "22:00"),
        ("Australia/Lord_Howe", "UTC", dt.date(2026, 6, 1), "22:30"),
    ],
)
def test_known_weeks(theirs: str, reader: str, today: dt.date, shown: str) -> None:
    [(first, _last)] = hours.coming([(0, dt.time(9), dt.time(10))], ZoneInfo(theirs), today)
    assert f"{first.astimezone(ZoneInfo(reader)):%H:%M}" == shown


def test_until_midnight_is_until_midnight() -> None:
    zone = ZoneInfo("America/New_York")
    [(first, last)] = hours.coming([(0, dt.time(22), END_OF_DAY)], zone, dt.date(2026, 6, 1))
    assert last - first == dt.timedelta(hours=2)
    [(_day, [span])] = hours._days([(first, last)], zone)
    assert span.words == "10 p.m. to midnight"


# -- on the page ---------------------------------------------------------------------------------
@pytest.fixture
def maren(world: None, db: None) -> Listing:
    row = cast.listing(time_zone="America/Los_Angeles")
    for day, begins, ends in ((0, 9, 12), (0, 14, 17), (4, 16, 20)):
        ListingHours.objects.create(listing=row, weekday=day, begins=dt.time(begins), ends=dt.time(ends))
    return row


def page(client: Client, row: Listing, query: str = "") -> str:
    return client.get(f"/find/{row.pk}/{query}").content.decode()


def test_a_stranger_reads_them_in_the_zone_that_is_named(client: Client, maren: Listing) -> None:
    with time_machine.travel("2026-06-01T12:00:00Z", tick=False):
        Listing.objects.update(openings_confirmed_on=dt.date(2026, 5, 30))
        found = page(client, maren)
    assert "9 a.m. to noon" in found
    assert "4 p.m. to 8 p.m." in found
    assert "Los Angeles time" in found
    assert 'data-begins="2026-06-01T16:00Z"' in found
    assert "clocks change" not in found.lower()


def test_a_stranger_may_choose_a_zone(client: Client, maren: Listing) -> None:
    with time_machine.travel("2026-10-12T12:00:00Z", tick=False):
        Listing.objects.update(openings_confirmed_on=dt.date(2026, 10, 1))
        found = page(client, maren, "?zone=Europe/London&where=US-WA")
    assert "5 p.m. to 8 p.m." in found
    assert "London time" in found
    assert "Saturday" in found  # Friday evening in Seattle
    assert "midnight to 4 a.m." in found
    assert "Clocks change on Oct. 25, 2026" in found
    assert 'name="where" value="US-WA"' in found
    assert 'name="zone" value="Europe/London"' in found


def test_a_member_reads_them_by_their_own_clock(client: Client, maren: Listing) -> None:
    sign_in(client, make_member("ana@example.org", time_zone="America/Denver"))
    found = page(client, maren)
    assert "10 a.m. to 1 p.m." in found
    assert "Denver time" in found
    assert "data-begins" not in found


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 200, "%00", "America"])
def test_a_zone_that_is_none_is_an_error_in_the_form(client: Client, maren: Listing, zone: str) -> None:
    response = client.get(f"/find/{maren.pk}/?zone={zone}")
    assert response.status_code == 200
    assert 'id="zone-error"' in response.content.decode()
    assert "9 a.m. to noon" in response.content.decode()


def test_without_hours_nothing_is_said(client: Client, maren: Listing) -> None:
    ListingHours.objects.all().delete()
    assert "Los Angeles" not in page(client, maren)
