"""Which times are free: the wall stays, UTC shifts, no slot is lost or doubled."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock, zones
from breathingroom.core.tests.generated import generated
from breathingroom.directory.actions import calls
from breathingroom.directory.models import CallOffer, CallSkip
from breathingroom.directory.queries import calls as times
from breathingroom.directory.tests import callers, cast
from breathingroom.people.tests.actors import make_member

NAMES = (
    "America/Los_Angeles", "America/St_Johns", "Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "UTC",
    "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Chatham", "Pacific/Auckland", "Africa/Casablanca",
)  # fmt: skip
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)


@given(
    st.sampled_from(NAMES),
    st.integers(0, 6),
    st.times(),
    st.dates(dt.date(2024, 1, 1), dt.date(2031, 1, 1)),
)
@generated(100, 400)
def test_a_year_of_a_weekly_time(name: str, weekday: int, at: dt.time, begins: dt.date) -> None:
    """One a week, each on its weekday at its time on the wall, unless the clocks skip that."""
    at, zone = at.replace(second=0, microsecond=0), ZoneInfo(name)
    offer = CallOffer(weekday=weekday, begins_on=begins, at=at, time_zone=name)
    days = list(offer.days(begins, begins + 371 * DAY))
    assert len(days) in {53, 54}
    assert {later - earlier for earlier, later in pairwise(days)} == {WEEK}
    moments = [offer.starts_at(day) for day in days]
    assert len(set(moments)) == len(days), "doubled"
    for day, moment in zip(days, moments, strict=True):
        assert moment is not None
        wall = moment.astimezone(zone)
        if zones.is_skipped(day, at, zone):
            assert dt.timedelta(0) < wall.replace(tzinfo=None) - dt.datetime.combine(day, at) <= 2 * DAY
        else:
            assert (wall.weekday(), wall.date(), wall.time()) == (weekday, day, at)


@given(st.sampled_from(NAMES), st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31)))
@generated(50, 100)
def test_all_hours_of_a_day_are_there_whatever_the_clocks_do(name: str, day: dt.date) -> None:
    """Half-hourly offers: a day that loses an hour folds two into one moment, no other meets another."""
    zone = ZoneInfo(name)
    walls = [dt.time(hour, minute) for hour in range(24) for minute in (0, 30)]
    moments = [zones.moment(day, at, zone) for at in walls]
    lost = sum(zones.is_skipped(day, at, zone) for at in walls)
    assert moments == sorted(moments) or lost
    assert len(set(moments)) >= len(walls) - lost


NOW = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
usual = pytest.mark.usefixtures("world", "db")


@usual
@time_machine.travel(NOW, tick=False)
def test_nine_stays_nine_when_the_clocks_go_back() -> None:
    listing = callers.offering()
    free = times.free(listing)
    assert [slot.code for slot in free] == [
        "2026-10-26T16:00Z",
        "2026-11-02T17:00Z",
        "2026-11-09T17:00Z",
        "2026-11-16T17:00Z",
    ]
    zone = ZoneInfo(callers.ZONE)
    assert {slot.starts_at.astimezone(zone).time() for slot in free} == {dt.time(9)}


@usual
@time_machine.travel(NOW, tick=False)
def test_notice_and_horizon_bound_what_is_free() -> None:
    listing = cast.listing()
    callers.terms(listing, notice_hours=168, horizon_days=14)
    callers.offer(listing)
    assert [slot.on for slot in times.free(listing)] == [dt.date(2026, 11, 2)]


@usual
@time_machine.travel(NOW, tick=False)
def test_days_left_out_pauses_and_ends_are_not_free() -> None:
    listing = callers.offering()
    offer = listing.call_offers.get()
    CallSkip.objects.create(offer=offer, on=dt.date(2026, 11, 2))
    assert dt.date(2026, 11, 2) not in {slot.on for slot in times.free(listing)}
    CallOffer.objects.update(ends_on=dt.date(2026, 11, 9))
    assert [slot.on.day for slot in times.free(listing)] == [26, 9]
    CallOffer.objects.update(paused=True)
    assert times.free(listing) == []
    assert not times.has_offers(listing)


@usual
@time_machine.travel(NOW, tick=False)
def test_a_day_on_the_wall_that_is_another_day_in_utc_is_not_lost_at_the_edges() -> None:
    """Auckland is half a day ahead, Honolulu as far behind."""
    for n, zone in enumerate(
        ("Pacific/Auckland", "Pacific/Honolulu", "Pacific/Kiritimati", "Pacific/Pago_Pago")
    ):
        listing = cast.listing(f"m{n}@example.org")
        callers.terms(listing, notice_hours=1, horizon_days=14)
        for hour in range(24):
            for weekday in range(7):
                callers.offer(listing, weekday=weekday, at=dt.time(hour), time_zone=zone, minutes=30)
        free = times.free(listing)
        gaps = {later.starts_at - earlier.starts_at for earlier, later in pairwise(free)}
        assert gaps == {dt.timedelta(hours=1)}
        assert free[0].starts_at <= NOW + dt.timedelta(hours=2)
        assert free[-1].starts_at > NOW + dt.timedelta(days=14, hours=-1)


@usual
@time_machine.travel(NOW, tick=False)
def test_two_offers_that_begin_together_are_one_time_and_the_shorter_counts() -> None:
    listing = callers.offering(minutes=30)
    callers.offer(listing, at=dt.time(12), time_zone="America/New_York", minutes=15)
    free = times.free(listing)
    assert len({slot.starts_at for slot in free}) == len(free) == 4
    assert {slot.minutes for slot in free} == {15}


@usual
@time_machine.travel(NOW, tick=False)
def test_a_booked_time_takes_every_offer_away_that_touches_it() -> None:
    listing = callers.offering(minutes=30)
    callers.offer(listing, at=dt.time(8, 45), minutes=20)
    callers.offer(listing, at=dt.time(9, 15), minutes=15)
    callers.offer(listing, at=dt.time(9, 30), minutes=15)
    callers.offer(listing, at=dt.time(8, 45), minutes=15, begins_on=dt.date(2026, 9, 1))
    member = make_member()
    nine = next(slot for slot in times.free(listing) if slot.at == dt.time(9))
    calls.book(by=member, listing=listing, starts_at=nine.starts_at)
    left = [(slot.at, slot.minutes) for slot in times.free(listing) if slot.on == nine.on]
    assert left == [(dt.time(8, 45), 15), (dt.time(9, 30), 15)]


@usual
def test_a_zone_that_is_known_no_more_offers_nothing_and_breaks_nothing() -> None:
    listing = cast.listing()
    callers.terms(listing)
    callers.offer(listing, time_zone="Nowhere/Land")
    assert times.free(listing) == []


@usual
@pytest.mark.parametrize("count", [1, 3])
def test_free_takes_three_queries_however_much_is_offered(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    listing = callers.offering()
    for n in range(1, count):
        CallSkip.objects.create(offer=callers.offer(listing, weekday=n), on=clock.today())
    with django_assert_num_queries(3):
        assert times.free(listing)


@usual
def test_words_of_a_moment_and_of_a_day() -> None:
    moment = dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.UTC)
    said = times.said(moment, ZoneInfo("America/St_Johns"))
    assert (said.day, said.time, said.zone) == ("Monday, Nov. 30, 2026", "1:30 p.m.", "America/St Johns")
    late = times.said(moment, ZoneInfo("Pacific/Auckland"))
    assert late.day.startswith("Tuesday")
