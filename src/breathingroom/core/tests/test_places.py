"""Places: postal codes and cities, and all that people may type instead."""

import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breathingroom.core import places
from breathingroom.core.places import cities

LOADED = """
import sys
from breathingroom.core.places import cities
print("zipcodes" in sys.modules, cities._by_id.cache_info().currsize)
"""


@pytest.mark.parametrize("typed", ["98101", " 98101 ", "98101-1234", "981011234", "Seattle, WA 98101"])
def test_a_postal_code_is_a_place(typed: str) -> None:
    spot = places.find(typed)
    assert spot
    assert spot == places.spot("98101")
    assert (spot.code, spot.label, spot.time_zone, spot.country) == (
        "98101",
        "Seattle, WA 98101",
        "America/Los_Angeles",
        "US",
    )
    assert (round(spot.lat, 1), round(spot.lon, 1)) == (47.6, -122.3)


@pytest.mark.parametrize(
    "typed", ["09001", "00000", "9810", "981011", "９８１０１", "٩٨١٠١", "98101-", "9" * 1000]
)
def test_what_is_no_place_on_the_map_is_none(typed: str) -> None:
    assert places.find(typed) is None


def test_a_zone_that_is_none_is_left_out() -> None:
    assert (found := places.spot("99634"))
    assert found.time_zone == ""


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("Toronto", "US", "Toronto, Ontario"),
        ("London", "US", "London, England"),
        ("London", "CA", "London, Ontario"),
        ("London, Ontario", "US", "London, Ontario"),
        ("london,on, canada", "GB", "London, Ontario"),
        ("Seattle, WA", "US", "Seattle, Washington"),
        ("MONTREAL", "US", "Montréal, Quebec"),
        ("Saint John’s", "CA", "St. John's, Newfoundland and Labrador"),
        ("Birmingham", "GB", "Birmingham, England"),
        ("Birmingham", "US", "Birmingham, Alabama"),
        ("Cork, Ireland", "US", "Cork, Ireland"),
        ("New York", "US", "New York City, New York"),
        ("Ciudad de México", "MX", "Mexico City, Ciudad de México"),
        ("San Juan, PR", "US", "San Juan, Puerto Rico"),
    ],
)
def test_a_city_is_the_one_that_is_meant(typed: str, country: str, label: str) -> None:
    found = places.find(typed, country)
    assert found
    assert found.label == label


@pytest.mark.parametrize("typed", ["", ",", ", WA", "Seattle, Ontario", "Nowhere at all", "\0", "x" * 81])
def test_a_city_that_is_none_is_none(typed: str) -> None:
    assert places.find(typed) is None


def test_five_digits_in_mexico_are_no_code_of_the_united_states() -> None:
    assert places.find("98101", "MX") is None


def test_every_city_has_a_zone_and_is_found_by_its_label_and_by_its_code() -> None:
    for city in cities._by_id().values():
        assert places.find(city.spot.label, "US") == places.spot(city.spot.code) == city.spot
        assert len(city.spot.code) <= 40
        assert len(city.spot.label) <= places.LONGEST
    for zone in {city.zone for city in cities._by_id().values()}:
        ZoneInfo(zone)


@pytest.mark.parametrize("code", ["", "g", "g1", "gabc", "981", "09001", "Toronto", "\0"])
def test_a_code_that_is_none_is_none(code: str) -> None:
    assert places.spot(code) is None


@given(st.text(max_size=100), st.sampled_from(["US", "CA", "MX", "", "xx"]))
def test_whatever_is_typed_gets_an_answer(typed: str, country: str) -> None:
    found = places.find(typed, country)
    assert found is None or places.spot(found.code) == found


def test_importing_reads_no_list() -> None:
    said = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "0"]
