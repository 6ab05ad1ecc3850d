"""Equals are dealt like cards."""

import datetime as dt
from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breathingroom.directory.index import PAGE, order
from breathingroom.directory.index.criteria import Criteria
from breathingroom.directory.index.engine import search
from breathingroom.directory.tests.made import TODAY, entry, snapshot

MONTH = [TODAY + dt.timedelta(day) for day in range(30)]


@given(st.dates(), st.integers(1, 80), st.integers(1, 20))
def test_every_card_is_dealt_once(on: dt.date, size: int, hand: int) -> None:
    at = order.deal(on, size, hand)
    assert sorted(at(place) for place in range(size)) == list(range(size))


@pytest.mark.parametrize("size", [16, 20, 30, 41, 60])
def test_in_a_month_equals_are_shown_equally_often(size: int) -> None:
    held = snapshot([entry(n) for n in range(size)])
    shown: Counter[UUID] = Counter()
    for day in MONTH:
        held.turn(day)
        shown.update(hit.id for hit in search(held, Criteria()).hits)
    fair = len(MONTH) * PAGE / size
    assert len(shown) == size
    assert all(abs(count - fair) < max(1, fair / 10) for count in shown.values())


def test_in_a_month_everybody_is_first_about_as_often_as_last() -> None:
    mean = dict.fromkeys(range(30), 0.0)
    for day in MONTH:
        at = order.deal(day, 30, PAGE)
        for place in range(PAGE):
            mean[at(place)] += place
    assert max(mean.values()) - min(mean.values()) <= PAGE * 2


def test_the_order_of_a_day_stays() -> None:
    held = snapshot([entry(n) for n in range(40)])
    one, two = (search(held, Criteria()).hits for _ in range(2))
    assert one == two


def test_those_who_come_later_stand_where_their_card_lies() -> None:
    everybody = [entry(n) for n in range(60)]
    held = snapshot(everybody[:40])
    for late in everybody[40:]:
        held.apply(late.id, late)
    for page in range(1, 5):
        asked = Criteria(page=page)
        assert search(held, asked).hits == search(snapshot(everybody), asked).hits


def test_a_day_begins_where_the_day_before_ended() -> None:
    first, second = (order.deal(TODAY + dt.timedelta(n), 100, PAGE) for n in range(2))
    assert second(0) == (first(0) + PAGE) % 100
