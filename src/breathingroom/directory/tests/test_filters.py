"""The filters that ask for a place on the map, hours, years, and who somebody says they are."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from breathingroom.core import clock
from breathingroom.directory.models import Listing, ListingApproach, ListingIdentity
from breathingroom.directory.queries import words
from breathingroom.directory.queries.address import FIELDS
from breathingroom.directory.queries.asked import FIELDS_OF
from breathingroom.directory.tests import cast, htmx
from breathingroom.directory.tests.test_find import number, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def rich(email: str = "maren@example.org", **fields: Any) -> Listing:
    """Somebody with an office in Seattle, evenings, EMDR, and a word on who they are."""
    given = {"in_person": True, "spot": "98101", "evenings": True, "pro_bono": 2, **fields}
    row = cast.listing(email, **given)
    ListingApproach.objects.create(listing=row, code="emdr")
    ListingIdentity.objects.create(listing=row, code="queer")
    cast.licence(row.member)
    return row


@pytest.mark.parametrize(
    ("asked", "missed"),
    [
        ({"approach": "emdr"}, {"approach": "gestalt"}),
        ({"time": "evenings"}, {"time": "weekends"}),
        ({"years": "10"}, {"years": "20"}),
        ({"identity": "queer"}, {"identity": "veteran"}),
        ({"pro_bono": "1"}, {"pro_bono": "1", "language": "fr"}),
        ({"near": "98101", "within": "10"}, {"near": "97201", "within": "200"}),
        ({"near": "98101-1234"}, {"near": "10001"}),
    ],
)
def test_each_filter_finds_and_leaves_out(
    client: Client, asked: dict[str, str], missed: dict[str, str]
) -> None:
    rich()
    assert "1 person" in read(client, **asked)
    assert "Nobody fits all of this yet" in read(client, **missed)


def test_every_choice_has_its_count_under_the_other_filters(client: Client) -> None:
    rich()
    rich("b@example.org", evenings=False, treating_since=clock.today().year - 6)
    page = read(client, time="evenings", years="10", near="98101", within="25")
    assert number(page, "time-evenings") == 1
    assert number(page, "time-weekends") == 0
    assert number(page, "years-5") == number(page, "years-10") == 1
    assert number(page, "identity-queer") == number(page, "approach-emdr") == 1
    assert number(page, "pro_bono") == 1
    assert number(page, "within-10") == number(page, "within-200") == 1
    assert number(read(client, years="10"), "time-evenings") == 1
    assert number(read(client), "years-5") == 2


def test_those_who_have_not_confirmed_lately_can_be_let_in(client: Client) -> None:
    rich(openings_confirmed_on=clock.today() - dt.timedelta(days=60))
    page = read(client)
    assert "Nobody fits all of this yet" in page
    assert "Also those who have not confirmed lately <strong>1</strong>" in page
    assert 'href="?unconfirmed=1"' in page
    assert number(page, "unconfirmed") == 1
    assert "1 person" in read(client, unconfirmed="1")


@pytest.mark.parametrize(
    "query",
    [
        {"near": "10001", "within": "10"},
        {"approach": "gestalt"},
        {"time": "weekends"},
        {"years": "20"},
        {"identity": "veteran"},
        {"fee_max": "1"},
        {"language": "fr"},
        {"role": "supervisor"},
    ],
)
def test_an_empty_answer_offers_to_loosen_every_filter(client: Client, query: dict[str, str]) -> None:
    rich()
    page = read(client, **query, q="maren")
    assert "One filter less, and there is somebody" in page
    assert 'href="?q=maren"' in page


def test_every_way_to_loosen_names_fields_that_exist() -> None:
    assert {field for fields in FIELDS_OF.values() for field in fields} <= set(FIELDS)


# -- near ----------------------------------------------------------------------------------------
def test_an_unknown_place_is_said_and_the_rest_counts(client: Client) -> None:
    rich()
    for near in ("00000", "Nowhereville", "a\x00b", "9" * 200):
        page = read(client, near=near, role="therapist")
        assert "could not be read" in page
        assert "1 person" in page
    page = read(client, near="00000")
    assert 'name="near" maxlength="80" value="00000"' in page
    assert page.count("We do not know where “00000” is.") == 2


def test_a_card_says_how_far_in_the_units_of_the_place(client: Client) -> None:
    rich()
    assert "about 2 miles away" not in read(client)
    assert "miles away" in read(client, near="98104")
    assert "30 miles (50 km)" in read(client, near="98104")
    abroad = read(client, near="Victoria, British Columbia", within="200")
    assert " km away" in abroad
    assert "miles" not in abroad[abroad.index('id="results"') :]


def test_who_may_see_you_never_rests_on_the_postal_code(client: Client) -> None:
    """The office is in Washington, the postal code in Oregon, the person sits in Idaho."""
    rich()
    page = read(client, near="97201", within="1000", where="US-ID", answer=["yes", "ask", "no"])
    assert "may not see you in Idaho" in page
    assert "1 person may see you in Washington" in read(client, near="97201", within="1000", where="US-WA")


def test_a_radius_without_a_place_is_no_filter(client: Client) -> None:
    rich(spot="")
    assert "1 person" in read(client, within="10")
    answer = client.get("/find/?within=10&near=&role=therapist", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/find/?role=therapist"


@pytest.mark.parametrize(
    ("kilometres", "country", "said"),
    [
        (0.4, "US", "less than 2 miles away"),
        (20, "US", "about 12 miles away"),
        (0.4, "CA", "less than 2 km away"),
        (20.4, "GB", "about 20 km away"),
    ],
)
def test_distances_are_said_as_people_say_them(kilometres: float, country: str, said: str) -> None:
    assert words.away(kilometres, country) == said


@pytest.mark.parametrize(
    ("query", "swapped"),
    [
        ({"near": "98101"}, "Counted from Seattle, WA 98101"),
        ({"near": "00000"}, "We do not know where “00000” is."),
    ],
)
def test_a_swap_says_where_the_distance_is_counted_from(
    client: Client, query: dict[str, str], swapped: str
) -> None:
    rich()
    answer = client.get("/find/", query, headers={"HX-Request": "true"}).content.decode()
    assert swapped in answer
    page = htmx.applied(read(client), answer, "results")
    fresh = htmx.parse(read(client, **query))
    within, other = page.find("within"), fresh.find("within")
    assert within
    assert other
    assert within.outline() == other.outline()


# -- what stands on a card -----------------------------------------------------------------------
def test_a_card_says_evenings_and_places_without_a_fee(client: Client) -> None:
    rich(weekends=True)
    page = read(client)
    assert "evenings, weekends" in page
    assert "$140, 2 pro bono places" in page


def test_a_search_says_where_it_is_kept(client: Client) -> None:
    assert "kept nowhere but in the address" in read(client, role="therapist")
    assert "kept nowhere but in the address" not in read(client)
