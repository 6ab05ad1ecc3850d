"""Hours as people type them."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breathingroom.directory.forms import stretches


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9-5", "09:00–17:00"),
        ("9–12, 14:00–17:30", "09:00–12:00, 14:00–17:30"),
        ("2pm-4pm; 9am-11am", "09:00–11:00, 14:00–16:00"),
        ("9am to 12, 1pm to 5", "09:00–12:00, 13:00–17:00"),
        ("1-5pm", "13:00–17:00"),
        ("9-12pm", "09:00–12:00"),
        ("12-1pm", "12:00–13:00"),
        ("10 a.m. – 2", "10:00–14:00"),
        ("9.30-12.15", "09:30–12:15"),
        ("01-05", "01:00–05:00"),
        ("noon to 3", "12:00–15:00"),
        ("22-24", "22:00–24:00"),
        ("10pm to midnight", "22:00–24:00"),
        ("midnight to 1am", "00:00–01:00"),
        ("9 a 12 y 15 a 18", "09:00–12:00, 15:00–18:00"),
        (" , ", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: str) -> None:
    assert stretches.written(stretches.read(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9", "cannot be read"),
        ("sometimes", "cannot be read: “sometimes”"),
        ("9-25", "cannot be read"),
        ("9:75-10", "cannot be read"),
        ("24:30-25", "cannot be read"),
        ("９-12", "cannot be read"),
        ("22-2", "ends before it begins"),
        ("12:00-12:00", "ends before"),
        ("1-5", "in the morning or in the afternoon"),
        ("9-13, 12-14", "overlap"),
        ("6-7, 7-8, 8-9, 9-10, 10-11", "Four stretches"),
    ],
)
def test_what_cannot_be_meant_is_said(typed: str, why: str) -> None:
    with pytest.raises(stretches.Unreadable) as caught:
        stretches.read(typed)
    assert why in caught.value.why


times = st.times(max_value=dt.time(23, 59)).map(lambda time: time.replace(second=0, microsecond=0))


@given(st.lists(times, max_size=8, unique=True).filter(lambda found: len(found) % 2 == 0))
def test_what_is_written_is_read_as_the_same(found: list[dt.time]) -> None:
    row = sorted(found)
    week = list(zip(row[::2], row[1::2], strict=True))
    assert stretches.read(stretches.written(week)) == week


@given(st.text(alphabet="0123456789:.-–amp to,;h ", max_size=40) | st.text(max_size=60))
def test_any_text_has_an_answer(typed: str) -> None:
    with suppress(stretches.Unreadable):
        assert all(begins < ends for begins, ends in stretches.read(typed))
