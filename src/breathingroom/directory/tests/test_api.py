"""The public API: the page's search for programs, the same for everybody, strict about what is asked."""

import datetime as dt
import json
from typing import Any

import pytest
from django.conf import settings as house
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock
from breathingroom.directory import index
from breathingroom.directory.api.schema import document
from breathingroom.directory.choices import Facet
from breathingroom.directory.forms import SearchForm
from breathingroom.directory.models import Listing
from breathingroom.directory.queries.address import FIELDS
from breathingroom.directory.queries.public import FACETS
from breathingroom.directory.tests import cast, htmx
from breathingroom.directory.tests.asking import LIST, ask, maren

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
KEYS = {
    *("id", "name", "url", "role", "eligibility", "why", "openings", "confirmed_on", "fee"),
    *("formats", "languages"),
}


# -- the list ------------------------------------------------------------------------------------
def test_the_list_answers_exactly_what_it_promises(client: Client) -> None:
    row = maren(pro_bono=2)
    found = ask(client, where="US-WA", concern="burnout", language="es", format="online")
    assert set(found) == {"total", "facets", "results", "next"}
    assert found["total"] == 1
    assert found["next"] is None
    assert found["facets"]["concern"]["burnout"] == 1
    (result,) = found["results"]
    assert set(result) == KEYS
    assert result == {
        "id": str(row.pk),
        "name": "Maren Oduya",
        "url": f"{house.BASE_URL}/find/{row.pk}/",
        "role": "therapist",
        "eligibility": result["eligibility"],
        "why": ["Works with burnout.", "Meets online.", "Speaks Spanish."],
        "openings": 2,
        "confirmed_on": str(clock.today() - dt.timedelta(days=6)),
        "fee": {"currency": "USD", "amount": 140, "sliding": True, "pro_bono": 2},
        "formats": ["online"],
        "languages": ["en", "es"],
    }
    assert set(result["eligibility"]) == {"answer", "rule", "as_of"}
    assert result["eligibility"]["answer"] == "yes"
    assert "Washington" in result["eligibility"]["rule"]


def test_without_a_place_there_is_no_answer_about_licences(client: Client) -> None:
    maren()
    found = ask(client)
    assert found["results"][0]["eligibility"] is None
    assert found["facets"]["answer"] == {}


def test_openings_tell_none_from_not_counted(client: Client) -> None:
    row = maren(openings=0)
    assert ask(client)["results"][0]["openings"] is None
    Listing.objects.filter(pk=row.pk).update(accepting=False)
    assert ask(client)["results"][0]["openings"] == 0


def test_fees_are_in_whole_units_and_the_least_of_them(client: Client) -> None:
    maren(fee_least=8250, fee_most=14000)
    assert ask(client, fee_max=83)["results"][0]["fee"]["amount"] == 82.5
    assert ask(client, fee_max=82)["total"] == 0


def test_the_role_is_the_one_that_was_asked_for(client: Client) -> None:
    maren(supervisor=True)
    assert ask(client)["results"][0]["role"] == "therapist"
    assert ask(client, role="supervisor")["results"][0]["role"] == "supervisor"


SEARCHES: list[dict[str, Any]] = [
    {},
    {"where": "US-WA"},
    {"where": "US-ID", "answer": ["yes", "no"]},
    {"concern": ["burnout", "grief"], "language": "es"},
    {"q": "so burnt out"},
    {"q": "oduya", "exact": "1"},
    {"sliding": "1", "accepting": "1", "fee_max": "100"},
    {"near": "98101", "within": "10"},
    {"unconfirmed": "1", "years": "5", "role": "supervisor"},
    {"page": "2", "unconfirmed": "1"},
]


def test_it_finds_what_the_page_finds(client: Client) -> None:
    """The same people in the same order, and the same numbers beside the same choices."""
    for number in range(17):
        cast.listing(
            f"p{number}@example.org",
            name=f"Person {number}",
            concerns=("burnout",) if number % 2 else ("grief",),
            languages=("en", "es") if number % 3 else ("en",),
            fee_least=5000 + 500 * number,
            sliding=bool(number % 2),
            supervisor=not number % 4,
            openings_confirmed_on=clock.today() - dt.timedelta(days=number * 3),
            treating_since=2015 + number % 4,
        )
    for search in SEARCHES:
        page = client.get("/find/", search).content.decode()
        same(search, ask(client, **search), page)


def same(search: dict[str, Any], said: Any, page: str) -> None:
    places = [page.find(f"/find/{result['id']}/") for result in said["results"]]
    assert all(place > 0 for place in places), search
    assert places == sorted(places), search
    assert page.count('class="result__main"') == len(places), search
    counted, tree = 0, htmx.parse(page)
    for name in ("role", "format", "concern", "language"):
        for value, count in said["facets"][name].items():
            node = tree.find(f"n-{name}-{value}") if count else None
            if node is not None:
                counted += 1
                assert node.inside[0].text == str(count), (search, name, value)
    assert counted or not said["total"], search


def test_pages_follow_each_other_to_the_end(client: Client) -> None:
    for number in range(index.PAGE * 2 + 1):
        cast.listing(f"p{number}@example.org", name=f"Person {number}")
    seen, address, pages = [], f"{LIST}?role=therapist", 0
    while address:
        found = ask(client, address)
        seen += [result["id"] for result in found["results"]]
        address, pages = (found["next"] or "").removeprefix(house.BASE_URL), pages + 1
    assert pages == 3
    assert len(set(seen)) == len(seen) == found["total"] == index.PAGE * 2 + 1


def test_a_page_behind_the_last_is_empty_and_has_no_next(client: Client) -> None:
    maren()
    found = ask(client, page=7)
    assert (found["total"], found["results"], found["next"]) == (1, [], None)


def test_all_of_a_page_is_read_in_as_many_queries_as_one_result(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The position, the count of requests with its savepoint, the people, their languages."""
    for many in (1, 3):
        for number in range(many):
            cast.listing(f"p{many}{number}@example.org")
        index.forget()
        ask(client)
        with django_assert_max_num_queries(6):
            assert len(ask(client)["results"]) >= many


# -- what cannot be read -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("concerns=burnout", "concerns"),
        ("concern=sadness", "concern"),
        ("concern=burnout&concern=x", "concern"),
        ("where=US-XX", "where"),
        ("where=US-WA&where=US-ID", "where"),
        ("near=Nowhereville-upon-Nothing", "near"),
        ("within=0", "within"),
        ("within=1e3", "within"),
        ("fee_max=-1", "fee_max"),
        ("fee_max=%D9%A3", "fee_max"),
        ("fee_max=" + "9" * 1000, "fee_max"),
        ("page=0", "page"),
        ("sliding=maybe", "sliding"),
        ("currency=XYZ", "currency"),
        ("q=%00", "q"),
        ("q=" + "x" * 201, "q"),
        ("__proto__=1", "__proto__"),
    ],
)
def test_a_bad_parameter_is_named(query: str, field: str, client: Client) -> None:
    refused = ask(client, f"{LIST}?{query}", 400)
    assert set(refused) == {"error", "fields"}
    assert list(refused["fields"]) == [field]
    assert all(refused["fields"][field])


def test_an_empty_parameter_asks_nothing(client: Client) -> None:
    maren()
    assert ask(client, f"{LIST}?concern=&where=&fee_max=&sliding=&q=")["total"] == 1


@pytest.mark.parametrize(("said", "found"), [("true", 0), ("1", 0), ("false", 1), ("0", 1)])
def test_a_switch_is_true_or_false(said: str, found: int, client: Client) -> None:
    cast.listing(sliding=False)
    assert ask(client, sliding=said)["total"] == found


# -- one listing, codes, eligibility -------------------------------------------------------------
def test_one_listing_says_all_but_how_to_reach_them_and_who_they_are(client: Client) -> None:
    row = maren(about="Long words", treating_since=2015)
    said = ask(client, f"{LIST}{row.pk}/")
    assert said["about"] == "Long words"
    assert said["concerns"] == ["burnout", "vicarious_trauma"]
    assert said["where"] == "US-WA"
    assert not {"contact", "identities", "member", "state", "photo", "practice"} & set(said)
    assert "maren@practice.example.org" not in json.dumps(said)


def test_concerns_and_jurisdictions_explain_the_codes(client: Client) -> None:
    concerns = ask(client, "/api/v1/concerns/")["results"]
    assert concerns[0] == {
        "code": "burnout",
        "label": "Burnout",
        "group": "work",
        "group_label": "What the work does to you",
    }
    assert len(concerns) == 44
    places = ask(client, "/api/v1/jurisdictions/")["results"]
    washington = {"code": "US-WA", "name": "Washington", "country": "US", "country_name": "United States"}
    assert washington in places
    assert len(places) == 2


def test_eligibility_is_answered_for_a_day(client: Client) -> None:
    row = maren()
    row.member.licences.update(expires_on=clock.today() + dt.timedelta(days=100))
    path = "/api/v1/eligibility/"
    query: dict[str, Any] = {"listing": str(row.pk), "where": "US-WA"}
    today = ask(client, path, **query)
    assert (today["answer"], today["on"], today["format"]) == ("yes", str(clock.today()), None)
    later = ask(client, path, **query, on=str(clock.today() + dt.timedelta(days=101)))
    assert later["answer"] == "no"
    assert ask(client, path, **{**query, "where": "US-ID"})["answer"] == "no"
    assert ask(client, path, **query, format="in_person")["answer"] == "no"


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("", {"listing", "where"}),
        ("listing=1&where=US-WA", {"listing"}),
        ("listing={}&where=US-XX", {"where"}),
        ("listing={}&where=US-WA&on=tomorrow", {"on"}),
        ("listing={}&where=US-WA&on=2026-02-30", {"on"}),
        ("listing={}&where=US-WA&on=9999-01-01", {"on"}),
        ("listing={}&where=US-WA&format=phone", {"format"}),
        ("listing={}&where=US-WA&when=now", {"when"}),
    ],
)
def test_a_question_that_cannot_be_read_names_why(query: str, fields: set[str], client: Client) -> None:
    refused = ask(client, f"/api/v1/eligibility/?{query.format(maren().pk)}", 400)
    assert set(refused["fields"]) == fields


# -- the contract --------------------------------------------------------------------------------
def test_the_schema_has_every_parameter_of_the_form_and_no_other() -> None:
    said = document(index.current().places)["paths"]["/api/v1/listings/"]["get"]["parameters"]
    assert {each["name"] for each in said} == set(SearchForm.base_fields)
    assert {each["name"] for each in said} == set(FIELDS)


def test_every_facet_is_counted_under_the_name_of_its_parameter() -> None:
    assert {facet for facet, _values in FACETS.values()} == set(Facet)
    assert set(FACETS) <= set(SearchForm.base_fields)


def test_the_page_for_people_names_every_address_and_parameter(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    for path, methods in document(index.current().places)["paths"].items():
        assert path in page
        for each in methods["get"]["parameters"]:
            assert f"<code>{each['name']}</code>" in page
