"""The public API: the page's search for programs, the same for everybody, strict about what is asked."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as house
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from breathingroom.core import clock
from breathingroom.directory import index
from breathingroom.directory.actions import hiding
from breathingroom.directory.api.schema import document
from breathingroom.directory.choices import Away, Facet
from breathingroom.directory.forms import SearchForm
from breathingroom.directory.models import Listing
from breathingroom.directory.queries.address import FIELDS
from breathingroom.directory.queries.public import FACETS
from breathingroom.directory.tests import cast, htmx
from breathingroom.people import actions as people
from breathingroom.people.tests.actors import make_member

pytestmark = pytest.mark.django_db
LIST = "/api/v1/listings/"
KEYS = {
    *("id", "name", "url", "role", "eligibility", "why", "openings", "confirmed_on", "fee"),
    *("formats", "languages"),
}


@pytest.fixture(autouse=True)
def _world() -> None:
    cast.world()


def ask(client: Client, path: str = LIST, status: int = 200, **query: Any) -> Any:
    response = client.get(path, query)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def maren(**fields: Any) -> Listing:
    row = cast.listing(languages=("en", "es"), sliding=True, **fields)
    cast.licence(row.member)
    return row


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


@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_it_finds_what_the_page_finds(search: dict[str, Any], client: Client) -> None:
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
    said = ask(client, **search)
    page = client.get("/find/", search).content.decode()
    places = [page.find(f"/find/{result['id']}/") for result in said["results"]]
    assert all(place > 0 for place in places)
    assert places == sorted(places)
    assert page.count('class="result__main"') == len(places)
    counted = 0
    for name in ("role", "format", "concern", "language"):
        for value, count in said["facets"][name].items():
            node = htmx.parse(page).find(f"n-{name}-{value}") if count else None
            if node is not None:
                counted += 1
                assert node.inside[0].text == str(count), (name, value)
    assert counted or not said["total"]


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


# -- who is not there ----------------------------------------------------------------------------
def misses(row: Listing) -> None:
    """Nothing of the listing is left in any answer, and asking for it is asking for nothing."""
    client = Client()
    never = uuid4()
    for path in ("/api/v1/listings/{}/", "/api/v1/eligibility/?listing={}&where=US-WA"):
        mine, none = client.get(path.format(row.pk)), client.get(path.format(never))
        assert mine.status_code == none.status_code == 404
        assert mine.content == none.content
        assert dict(mine.items()) == dict(none.items())
    found = ask(client, unconfirmed=1)
    assert found["total"] == 0
    assert str(row.pk) not in json.dumps(found)


@pytest.mark.parametrize("state", ["paused", "draft"])
def test_what_is_not_published_never_was(state: str) -> None:
    misses(maren(state=state))


def test_what_nobody_confirmed_for_long_never_was() -> None:
    misses(maren(openings_confirmed_on=clock.today() - dt.timedelta(days=91)))


def test_what_is_erased_never_was() -> None:
    row = maren()
    people.erase(by=row.member)
    misses(row)


@pytest.mark.parametrize(
    "rest", ["listings/x/", "listings/", "nothing/", "listings", "openapi", "a/b/c", "%00"]
)
def test_any_other_address_is_told_as_the_api_tells(rest: str, client: Client) -> None:
    if rest != "listings/":
        assert set(ask(client, f"/api/v1/{rest}", 404)) == {"error"}


# -- for strangers only --------------------------------------------------------------------------
def test_it_looks_at_no_cookie_and_sets_none(client: Client) -> None:
    """Whoever is signed in gets what a stranger gets, byte for byte, also when kept away from."""
    row, seeker = maren(), make_member("seeker@example.org")
    hiding.add(by=row.member, kind=Away.PERSON, words=seeker.email)
    client.force_login(seeker)
    client.cookies["language"] = "es"
    for path in (LIST, f"{LIST}{row.pk}/", "/api/v1/concerns/"):
        mine, strangers = client.get(path), Client().get(path)
        assert mine.content == strangers.content
        assert mine.headers == strangers.headers
        assert not mine.cookies
        assert "Cookie" not in mine.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(LIST)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_may_ask_first(client: Client) -> None:
    response = client.options(LIST, headers={"origin": "https://elsewhere.example"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert not response.has_header("Access-Control-Allow-Credentials")


def test_head_is_get_without_its_body(client: Client) -> None:
    maren()
    got, head = client.get(LIST), client.head(LIST)
    assert head.status_code == 200
    assert head["ETag"] == got["ETag"]
    assert not head.content


def test_an_answer_may_be_kept_and_asked_for_again(client: Client) -> None:
    row = maren()
    first = client.get(LIST)
    assert first["Cache-Control"] == "public, max-age=60"
    assert client.get(LIST, headers={"if-none-match": first["ETag"]}).status_code == 304
    Listing.objects.filter(pk=row.pk).update(name="Other Name")
    index.forget()
    again = client.get(LIST, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert b"Other Name" in again.content


def test_words_come_in_the_language_asked_for(client: Client) -> None:
    response = client.get("/api/v1/concerns/", headers={"accept-language": "es"})
    assert response["Content-Language"] == "es"
    assert "Accept-Language" in response["Vary"]


# -- how often -----------------------------------------------------------------------------------
def test_one_address_can_ask_only_so_often(client: Client, settings: Settings) -> None:
    settings.API_PER_MINUTE = 2
    with clock_stopped():
        assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
        refused = client.get(LIST)
        assert 1 <= int(refused["Retry-After"]) <= 61
        assert refused["Cache-Control"] == "no-store"
        assert client.get(LIST, REMOTE_ADDR="198.51.100.7").status_code == 200
        assert client.get("/find/").status_code == 200


def test_a_made_up_forwarding_changes_nothing(client: Client, settings: Settings) -> None:
    """Without a proxy of ours the header is anybody's; with one, the address it names is counted."""
    settings.API_PER_MINUTE = 1
    with clock_stopped():
        assert client.get(LIST).status_code == 200
        assert client.get(LIST, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        assert client.get(LIST, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 200
        assert client.get(LIST, headers={"x-forwarded-for": "1.2.3.4, 203.0.113.9"}).status_code == 429
        assert client.get(LIST, headers={"x-forwarded-for": "not an address"}).status_code in {200, 429}


def test_a_network_of_ipv6_counts_as_one(client: Client, settings: Settings) -> None:
    settings.API_PER_MINUTE = 1
    with clock_stopped():
        assert client.get(LIST, REMOTE_ADDR="2001:db8::1").status_code == 200
        assert client.get(LIST, REMOTE_ADDR="2001:db8::2:3").status_code == 429
        assert client.get(LIST, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def clock_stopped() -> Any:
    return time_machine.travel(clock.now().replace(second=5), tick=False)


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
