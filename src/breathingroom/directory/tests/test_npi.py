"""Filling in from the register: proposals that prove nothing, from a server on this machine."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from breathingroom.directory.actions import prefill
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast
from breathingroom.licensure.models import Licence, Profession
from breathingroom.licensure.tests.register import NUMBER, one, saying, serving
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def maren(client: Client, world: None) -> Member:
    member = make_member("maren@example.org", name="")
    sign_in(client, member)
    return member


def ask(client: Client, number: str = NUMBER) -> str:
    return str(client.post("/listing/npi/", {"number": number}).content.decode())


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "This field is required"),
        ("123", "This one has 3"),
        ("1234567890", "do not fit each other"),
        ("5234567893", "begins with 1 or 2"),
        ("12345678９3", "digits only"),
        ("abc\0", "Null characters"),
    ],
)
def test_a_slip_is_said_and_the_number_kept(client: Client, maren: Member, number: str, why: str) -> None:
    page = ask(client, number)
    assert why in page
    assert "fit each other: there is no slip" not in page


def test_without_the_register_the_digits_are_checked_and_no_more(client: Client, maren: Member) -> None:
    assert "there is no slip in this number" in ask(client)
    cast.listing(maren)
    assert "from your NPI" not in client.get("/listing/edit/you/").content.decode()


def test_what_it_says_is_proposed_and_taken_only_when_chosen(
    client: Client, maren: Member, settings: Settings
) -> None:
    with serving(saying(one())) as server:
        settings.NPPES_URL = server.url
        page = ask(client)
        row = cast.listing(maren, state="draft", name="My own name", credentials="")
        assert "from your NPI" in client.get("/listing/edit/you/").content.decode()
        again = ask(client)
    assert 'value="name" checked' in page
    assert 'value="name" checked' not in again
    assert NUMBER not in page
    row.refresh_from_db()
    assert row.name == "My own name"
    assert not Licence.objects.exists()
    assert Profession.objects.exists()


@pytest.mark.parametrize("answer", [{"results": []}, {"Errors": [{"description": "x"}]}, []])
def test_an_answer_that_is_none_is_said(
    client: Client, maren: Member, settings: Settings, answer: Any
) -> None:
    with serving(saying(answer)) as server:
        settings.NPPES_URL = server.url
        page = ask(client)
    assert "knows no such number" in page or "does not answer just now" in page
    assert not Listing.objects.exists()


def test_ten_an_hour_are_enough(client: Client, maren: Member, settings: Settings) -> None:
    with serving(saying(one())) as server:
        settings.NPPES_URL = server.url
        for _each in range(prefill.MOST_AN_HOUR):
            assert "What can be taken" in ask(client)
        assert "asked ten times" in ask(client)
