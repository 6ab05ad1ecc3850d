"""The public API is for strangers: who is not there, what it looks at, and how often it answers."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from breathingroom.core import clock
from breathingroom.directory import index
from breathingroom.directory.actions import hiding
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Listing
from breathingroom.directory.tests.asking import LIST, ask, maren
from breathingroom.people import actions as people
from breathingroom.people.tests.actors import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


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
