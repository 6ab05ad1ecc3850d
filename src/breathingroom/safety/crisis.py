"""Crisis lines as every page shows them: from a file, never from the database, so that they always answer.

The file is a snapshot that `actions.publish` writes; the packaged list stands in when there is none, or when
it cannot be read.
"""

import datetime as dt
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from breathingroom.core import clock
from breathingroom.core.facts import Certainty, said
from breathingroom.safety.choices import COUNTRIES, EVERYWHERE, Audience

SNAPSHOT = "crisis.json"
PACKAGED = Path(__file__).parent / "facts" / "snapshot.json"
RECHECK_DAYS = 183
ON_THE_CARD = 2

_NUMBER = re.compile(r"\+?\d(?:[\d\s-]*\d)?")
_SURE = frozenset({Certainty.VERIFIED.value, Certainty.HIGH.value})
_ORDER = {audience: rank for rank, audience in enumerate(Audience.values)}


@dataclass(frozen=True)
class Line:
    """One line as a page shows it."""

    slug: str
    country: str
    name: str
    audience: str
    audience_note: str
    hours: str
    call: str
    text: str
    url: str
    note: str
    certainty: str
    as_of: dt.date
    position: int

    @property
    def tel(self) -> str:
        """What a telephone dials: digits only, or "" when there is nothing to call."""
        return _digits(self.call)

    @property
    def sms(self) -> str:
        return _digits(self.text)

    @property
    def about(self) -> str:
        """For whom, unless for everyone, and when."""
        whom = "" if self.audience == Audience.EVERYONE else self.audience_note
        return " · ".join(filter(None, (said(whom), said(self.hours))))

    @property
    def is_sure(self) -> bool:
        """Whether somebody confirmed it, and not too long ago."""
        return self.certainty in _SURE and (clock.today() - self.as_of).days <= RECHECK_DAYS

    @property
    def certainty_label(self) -> str:
        return str(Certainty(self.certainty).label)


@dataclass(frozen=True)
class Emergency:
    """The emergency number of a country: as written, and the first one as digits."""

    numbers: str

    @property
    def tel(self) -> str:
        return _digits(self.numbers)


@dataclass(frozen=True)
class Card:
    """The few lines that stand on every page."""

    country: str
    emergency: Emergency | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Snapshot:
    emergency: dict[str, str]
    lines: tuple[Line, ...]


def lines(country: str) -> tuple[Line, ...]:
    """The lines of `country` (ISO 3166-1, or EU): for everyone first, worldwide last."""
    return tuple(line for line in _snapshot().lines if _is_for(line, country))


def emergency(country: str) -> Emergency | None:
    """The emergency number of `country`, None where it is not known here."""
    numbers = _snapshot().emergency.get(country)
    return Emergency(numbers) if numbers else None


def card(country: str) -> Card:
    """What stands on every page: the emergency number and the first lines for everyone that are confirmed."""
    universal = [line for line in lines(country) if line.audience == Audience.EVERYONE]
    direct = [line for line in universal if (line.call or line.text) and line.certainty in _SURE]
    return Card(country, emergency(country), tuple(direct[:ON_THE_CARD]))


def countries() -> list[tuple[str, str]]:
    """(code, name) of every country that has lines, in the order of the house."""
    return [(code, str(name)) for code, name in COUNTRIES.items()]


def _is_for(line: Line, country: str) -> bool:
    return line.country in (country, EVERYWHERE) or line.country.startswith(f"{country}-")


def _digits(written: str) -> str:
    found = _NUMBER.search(written)
    return re.sub(r"[\s-]", "", found[0]) if found else ""


def _snapshot() -> Snapshot:
    path = Path(settings.HOME) / SNAPSHOT
    try:
        return _read(path, os.stat(path).st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _read(PACKAGED, 0)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Snapshot:
    """The snapshot in `path`; when the file changed, the call is a new one."""
    data = json.loads(path.read_text(encoding="utf-8"))
    found = sorted((_line(row) for row in data["lines"]), key=_rank)
    return Snapshot({str(k): str(v) for k, v in data["emergency"].items()}, tuple(found))


def _line(row: dict[str, Any]) -> Line:
    return Line(**{**row, "as_of": dt.date.fromisoformat(row["as_of"])})


def _rank(line: Line) -> tuple[bool, int, bool, int]:
    return line.country == EVERYWHERE, _ORDER[line.audience], line.certainty not in _SURE, line.position
