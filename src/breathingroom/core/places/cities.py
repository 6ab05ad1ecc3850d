"""Cities, from `cities.txt` (GeoNames, geonames.org, CC BY 4.0; cut by `tools/cities.py`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from breathingroom.core.places.parts import BY_COUNTRY, COUNTRIES, PARTS
from breathingroom.core.places.spot import Spot
from breathingroom.core.text import plain

SHORTER = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
ALSO = {"new york city": "new york", "mexico city": "ciudad de mexico"}


@dataclass(frozen=True, slots=True)
class City:
    """A city; `part` is (country, code at GeoNames), `people` in thousands."""

    id: str
    name: str
    lat: float
    lon: float
    zone: str
    part: tuple[str, str]
    people: int

    @property
    def spot(self) -> Spot:
        country = self.part[0]
        return Spot(f"g{self.id}", f"{self.name}, {_said(self.part)}", self.lat, self.lon, self.zone, country)


def by_code(code: str) -> Spot | None:
    """The city with the code of a spot; None for any other text."""
    found = _by_id().get(code.removeprefix("g")) if code.startswith("g") else None
    return found.spot if found else None


def named(text: str, country: str) -> Spot | None:
    """The city that "name" or "name, part, country" means: one in `country` first, then the biggest."""
    name, *around = [key(part) for part in text.split(",")]
    wanted = [word for word in around if word]
    fitting = [city for city in _by_name().get(name, ()) if _lies_in(city, wanted)]
    best = max(fitting, key=lambda city: (city.part[0] == country, city.people), default=None)
    return best.spot if best else None


def _lies_in(city: City, wanted: list[str]) -> bool:
    """Whether each word names the part or the country the city lies in."""
    return all(word in _around(city.part) for word in wanted)


@lru_cache(maxsize=256)
def _around(part: tuple[str, str]) -> frozenset[str]:
    """What one may call the part of a country, and the country."""
    country, _code = part
    short, name = PARTS.get(part, ("", ""))
    return frozenset(plain(word) for word in (short, name, country, *COUNTRIES[country]) if word)


def _said(part: tuple[str, str]) -> str:
    """What stands behind a city's name: the part of the country, or a small country itself."""
    return COUNTRIES[part[0]][0] if part[0] in BY_COUNTRY else PARTS[part][1]


def key(name: str) -> str:
    """The name as it is compared: no accents, no case, "Saint" and "St." the same."""
    return " ".join(SHORTER.get(word, word) for word in plain(name).split())


@lru_cache(maxsize=1)
def _by_id() -> Mapping[str, City]:
    return {city.id: city for city in _read()}


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[City, ...]]:
    found: dict[str, tuple[City, ...]] = {}
    for city in _by_id().values():
        usual = key(city.name)
        for name in filter(None, (usual, ALSO.get(usual))):
            found[name] = (*found.get(name, ()), city)
    return found


def _read() -> Iterator[City]:
    part, zone = ("", ""), ""
    for line in (files(__package__) / "cities.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            country, code, zone = line[2:].split(", ")
            part = (country, code)
        elif not line.startswith("#"):
            number, name, lat, lon, people = line.split("|")
            yield City(number, name, float(lat), float(lon), zone, part, int(people))
