"""The hours of a day as people type them: "9–12, 14:00–17:30", "9am to 12, 1pm to 5"."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.rules import END_OF_DAY

Stretch = tuple[dt.time, dt.time]

MOST = 4
DAY = 24 * 60
UNREADABLE = _("Write hours like 9:00–12:00, 14:00–17:30. This part cannot be read: “%(part)s”.")
BACKWARDS = _("“%(part)s” ends before it begins. Hours after midnight belong to the next day.")
UNCLEAR = _("Is “%(part)s” in the morning or in the afternoon? Write 13:00, or 1pm.")
OVERLAP = _("Two of these stretches overlap.")
TOO_MANY = _("Four stretches a day at most.")

_TIME = r"([0-9]{1,2})(?:[:.h]([0-5][0-9]))?(am|pm)?"
_STRETCH = re.compile(rf"{_TIME}(?:-|to|until|till|hasta|a){_TIME}")
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}


class Unreadable(ValueError):
    """The text is no hours; `why` is a sentence for whoever typed it."""

    def __init__(self, why: str | Promise, part: str = "") -> None:
        super().__init__(part)
        self.why = str(why) % {"part": part} if part else str(why)


def read(text: str) -> list[Stretch]:
    """The stretches in a line of text, earliest first; none for an empty one. Raises Unreadable."""
    found = sorted(_stretch(part.strip()) for part in re.split(r"[,;/&\n]| and | y ", text) if part.strip())
    if len(found) > MOST:
        raise Unreadable(TOO_MANY)
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise Unreadable(OVERLAP)
    return found


def written(stretches: Iterable[Stretch]) -> str:
    """The same as a line that `read` understands: "09:00–12:00, 14:00–17:30"."""
    return ", ".join(f"{begins:%H:%M}–{_until(ends)}" for begins, ends in stretches)


def _until(ends: dt.time) -> str:
    return "24:00" if ends == END_OF_DAY else f"{ends:%H:%M}"


@dataclass(frozen=True)
class _Typed:
    """A time as it was typed; `half` is "am", "pm" or empty."""

    hour: int
    minute: int
    half: str
    bare: bool  # one digit and nothing else: the morning or the afternoon?

    def at(self, half: str) -> int:
        """Minutes since midnight, taken as in that half of the day ("" for the 24-hour clock)."""
        hour = self.hour % 12 + (12 if half == "pm" else 0) if half and self.hour <= 12 else self.hour
        return hour * 60 + self.minute


def _stretch(part: str) -> Stretch:
    begins, ends = _typed(part)
    if begins.bare and not begins.half and not ends.half and 0 < begins.hour < 6:
        raise Unreadable(UNCLEAR, part)
    first, last = _minutes(begins, ends)
    first %= DAY  # who begins at midnight begins at 0:00
    if not first < last:
        raise Unreadable(BACKWARDS, part)
    return _time(first, part), _time(last, part)


def _typed(part: str) -> tuple[_Typed, _Typed]:
    """The two times in "9am–12". Raises Unreadable."""
    plain = re.sub(r"[\u2010-\u2015]", "-", part.lower())
    plain = re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", plain)
    for word, time in _WORDS.items():
        plain = plain.replace(word, time)
    found = _STRETCH.fullmatch(re.sub(r"\s", "", plain))
    if found is None:
        raise Unreadable(UNREADABLE, part)
    hour, minute, half, hour2, minute2, half2 = found.groups()
    return (
        _Typed(int(hour), int(minute or 0), half or "", bare=len(hour) == 1 and not minute),
        _Typed(int(hour2), int(minute2 or 0), half2 or "", bare=False),
    )


def _minutes(begins: _Typed, ends: _Typed) -> tuple[int, int]:
    """Both in minutes since midnight; a half of the day that only one of them says is thought of for both."""
    if ends.half and not begins.half:
        last = ends.at(ends.half)
        same = begins.at(ends.half)
        return (same if same < last else begins.at("am")), last
    first = begins.at(begins.half)
    last = ends.at(ends.half or begins.half)
    if not ends.half and last <= first and ends.hour <= 12:  # "9–5", "9am–12"
        last = ends.at("pm")
    return first, last


def _time(minutes: int, part: str) -> dt.time:
    if minutes == DAY:
        return END_OF_DAY
    try:
        return dt.time(minutes // 60, minutes % 60)
    except ValueError as error:
        raise Unreadable(UNREADABLE, part) from error
