"""Postal codes of the United States, by the package `zipcodes` (coordinates: GeoNames, geonames.org)."""

import re
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from breathingroom.core.places.spot import Spot

_FIVE = re.compile(r"[0-9]{5}")


@lru_cache(maxsize=2048)
def at(code: str) -> Spot | None:
    """The place of a five-digit code; None when there is no such code, or no place for it (a military one).

    The package panics on digits of other scripts, so only ASCII reaches it.
    """
    if not _FIVE.fullmatch(code):
        return None
    import zipcodes  # its list takes a second and 40 MB: only who asks for a postal code pays for it

    rows: list[dict[str, Any]] = zipcodes.matching(code)  # type: ignore[no-untyped-call]
    return _spot(rows[0]) if rows else None


def _spot(row: dict[str, Any]) -> Spot | None:
    lat, lon = float(row["lat"]), float(row["long"])
    if lat == lon == 0:  # "not known", in that list: not the Gulf of Guinea
        return None
    code = str(row["zip_code"])
    return Spot(code, f"{row['city']}, {row['state']} {code}", lat, lon, _zone(row["timezone"]), "US")


def _zone(name: str) -> str:
    """The zone when it is one: a row of the list has a city there, and some have nothing."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
    return name
