"""How far an office is, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

from breathingroom.core import places

EARTH = 6371.0088  # kilometres, the mean radius
DEGREE = EARTH * radians(1)
Point = tuple[float, float]


def located(spot: str) -> Point | None:
    """Latitude and longitude in degrees of a code of `core.places`, None for one it does not know."""
    found = places.spot(spot) if spot else None
    return (found.lat, found.lon) if found else None


def kilometres(here: Point, there: Point) -> float:
    """The great-circle distance between two points, each latitude and longitude in degrees."""
    (a, b), (c, d) = ((radians(lat), radians(lon)) for lat, lon in (here, there))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))
