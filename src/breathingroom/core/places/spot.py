"""A place on the map."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """`code` never changes its meaning; `lat`, `lon` in degrees; `time_zone` an IANA name, or empty when not
    known; `country` in two letters of ISO 3166. `label` is for reading, and `find` understands it."""

    code: str
    label: str
    lat: float
    lon: float
    time_zone: str
    country: str
