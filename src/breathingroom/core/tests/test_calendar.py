"""Calendar files: read back by the library, and looked at byte by byte for what only bytes show."""

import datetime as dt
import re
from uuid import UUID

import pytest
from icalendar import Calendar

from breathingroom.core import calendar
from breathingroom.core.calendar import Hold

ID = UUID("6f3ee59a-0000-4000-8000-000000000001")
BEGINS = dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.UTC)
HOLD = Hold(
    id=ID,
    starts_at=BEGINS,
    ends_at=BEGINS + dt.timedelta(minutes=20),
    changed_at=BEGINS - dt.timedelta(days=3),
)
NOW = BEGINS - dt.timedelta(days=2)


def test_a_hold_is_read_back_as_it_was_meant() -> None:
    made = calendar.file(HOLD, made_at=NOW)
    read = Calendar.from_ical(made.text)
    (event,) = read.walk("VEVENT")
    assert (read["METHOD"], made.type, made.name) == ("PUBLISH", "text/calendar; method=PUBLISH", "hold.ics")
    assert (str(event["UID"]), str(event["SEQUENCE"]), str(event["STATUS"])) == (str(ID), "0", "CONFIRMED")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (HOLD.starts_at, HOLD.ends_at)


def test_a_cancelled_one_takes_the_same_event_out() -> None:
    gone = Hold(**{**HOLD.__dict__, "cancelled": True, "sequence": 1})
    made = calendar.file(gone, made_at=NOW)
    (event,) = Calendar.from_ical(made.text).walk("VEVENT")
    assert "METHOD:CANCEL\r\n" in made.text
    assert made.type.endswith("method=CANCEL")
    assert (str(event["UID"]), str(event["SEQUENCE"]), str(event["STATUS"])) == (str(ID), "1", "CANCELLED")


def test_it_tells_nothing_but_the_time() -> None:
    text = calendar.file(HOLD, made_at=NOW).text
    assert "SUMMARY:Hold\r\n" in text
    said = {line.partition(":")[0].partition(";")[0] for line in text.split("\r\n") if line[:1].strip()}
    assert said == {
        "BEGIN", "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART",
        "DTEND", "SUMMARY", "STATUS", "CLASS", "TRANSP", "END",
    }  # fmt: skip
    assert not re.search(r"@|https?:|breath|therap|care", text, re.I)


def test_times_are_in_utc_whatever_the_zone_they_came_in() -> None:
    zone = dt.timezone(dt.timedelta(hours=5, minutes=45))
    there = Hold(**{**HOLD.__dict__, "starts_at": BEGINS.astimezone(zone)})
    assert "DTSTART:20261130T170000Z\r\n" in calendar.file(there, made_at=NOW).text


@pytest.mark.parametrize("title", ["a" * 200, "ü" * 90, "one; two, three\\ \nfour", "🌿" * 40])
def test_lines_end_fold_and_escape_as_the_standard_says(title: str) -> None:
    text = calendar.file(Hold(**{**HOLD.__dict__, "title": title}), made_at=NOW).text
    assert not re.search(r"[^\r]\n", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
