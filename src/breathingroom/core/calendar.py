"""Calendar files (RFC 5545) that give nothing away on a calendar which others can see.

A file says when, and "Hold". It names neither the house nor the other one: no organiser, no attendees, no
address of a page. Times are in UTC, which every calendar shows by its owner's clock.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from icalendar import Event

NAME = "hold.ics"
PRODUCT = "-//hold//calendar//EN"


@dataclass(frozen=True)
class Hold:
    """One stretch of time. `id` is stored with what it belongs to and is the same in mail and download.

    `sequence` begins at 0 and rises with each change of time or state: a calendar ignores what is not newer.
    Moments are aware; `changed_at` is that of the last change. `title` is for whoever asked for another.
    """

    id: UUID
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    sequence: int = 0
    cancelled: bool = False
    title: str = ""


@dataclass(frozen=True)
class File:
    """A calendar file as text with CRLF line ends, its content type and its name."""

    text: str
    type: str
    name: str = NAME


def file(hold: Hold, *, made_at: dt.datetime) -> File:
    """The file that puts a hold into a calendar, or takes a cancelled one out again."""
    from icalendar import Calendar  # a fifth of a second: only who makes a file pays for it

    method = "CANCEL" if hold.cancelled else "PUBLISH"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(hold, made_at))
    return File(calendar.to_ical().decode(), f"text/calendar; method={method}")


def _event(hold: Hold, made_at: dt.datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", str(hold.id))
    event.add("dtstamp", made_at.astimezone(dt.UTC))
    event.add("last-modified", hold.changed_at.astimezone(dt.UTC))
    event.add("sequence", hold.sequence)
    event.add("dtstart", hold.starts_at.astimezone(dt.UTC))
    event.add("dtend", hold.ends_at.astimezone(dt.UTC))
    event.add("summary", hold.title or _("Hold"))
    event.add("status", "CANCELLED" if hold.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if hold.cancelled else "OPAQUE")
    return event
