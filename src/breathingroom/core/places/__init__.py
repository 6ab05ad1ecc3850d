"""Where on the map: postal codes of the United States, cities of the countries where colleagues are listed.

Offline and coarse, good enough for "within 50 km". Whoever may see whom is never asked here: that rests on
the jurisdiction a person states. Both lists are read at their first use (a second, about 40 MB, for postal
codes; a tenth of that for cities), so that importing this costs nothing.
"""

import re

from breathingroom.core.places import cities, postal
from breathingroom.core.places.spot import Spot

__all__ = ["Spot", "find", "spot", "warm"]

LONGEST = 80
_ZIP = re.compile(r"(?:^|.*[\s,])([0-9]{5})(?:-?[0-9]{4})?", re.DOTALL)


def find(text: str, country: str = "US") -> Spot | None:
    """The place that somebody means: "98101", "98101-1234", "Toronto", "London, Ontario", or a spot's label.

    A name that stands for several is the one in `country` (ISO 3166, two letters), and then the one with
    most people. None for what is not known, of more than 80 characters, or without a place on the map.
    """
    said = text.strip()
    if len(said) > LONGEST:
        return None
    if country != "MX" and (code := _ZIP.fullmatch(said)):
        return postal.at(code[1])
    return cities.named(said, country)


def spot(code: str) -> Spot | None:
    """The place with this code, as a spot carries it; None for any other text."""
    return cities.by_code(code) if code.startswith("g") else postal.at(code)


def warm() -> None:
    """Read both lists now: a server does before it forks, so that its workers share them."""
    postal.at("10001")
    cities.named("New York", "US")
