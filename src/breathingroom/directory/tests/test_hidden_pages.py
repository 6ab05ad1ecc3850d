"""What is hidden is, byte for byte, what never was: page, picture, search and every number in it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.plugins.depth import examples

from breathingroom.audit import actions as audit
from breathingroom.directory import index, photos
from breathingroom.directory.actions import hiding
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Hiding, Listing
from breathingroom.directory.tests import cast, pictures
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
SEARCHES: list[dict[str, Any]] = [
    {},
    {"where": "US-WA"},
    {"where": "US-WA", "concern": ["burnout", "grief"], "format": "online"},
    {"where": "US-WY"},
    {"q": "burnout"},
    {"q": "hartmann", "exact": "1"},
    {"role": "supervisor"},
    {"role": "supervisor", "language": "es"},
    {"fee_max": "1", "currency": "USD"},
    {"sliding": "1", "accepting": "1"},
    {"page": "2"},
]
HIDDEN: dict[str, Any] = {
    "name": "Ines Hartmann",
    "practice": "Elm House",
    "supervisor": True,
    "therapist": False,
    "sliding": True,
    "concerns": ("grief",),
    "languages": ("es",),
    "place_id": "US-ID",
    "fee_least": 0,
    "fee_most": 0,
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def hidden() -> Listing:
    """One that is the only one of its kind, so that each count would show it."""
    found = cast.listing("ines@example.org", **HIDDEN)
    cast.licence(found.member)
    found.photo = photos.store(found.pk, photos.clean(pictures.jpeg(size=(30, 30))))
    found.save()
    return found


@pytest.fixture
def asker(client: Client, hidden: Listing) -> Member:
    member = make_member("asker@example.org")
    sign_in(client, member)
    hiding.add(by=hidden.member, kind=Away.PERSON, words=member.email)
    return member


def said(client: Client, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
    """All that an answer says, but for the token that is another one each time."""
    answer = client.get(path, query, headers=headers)
    return answer.status_code, TOKEN.sub(b"", answer.content), sorted(answer.items())


def never_was(listing: Listing) -> None:
    """The world without that listing and its member."""
    with transaction.atomic():
        listing.member.delete()
        audit.advance("directory")
    index.forget()


@pytest.mark.parametrize("of", ["", "photo/", "?where=US-WA", "photo/?v=1"])
def test_a_page_is_as_if_it_never_was(client: Client, asker: Member, hidden: Listing, of: str) -> None:
    never = uuid4()
    status, body, headers = said(client, f"/find/{hidden.pk}/{of}")
    assert status == 404
    assert (status, body.replace(str(hidden.pk).encode(), b"ID"), headers) == _as_id(
        said(client, f"/find/{never}/{of}"), str(never)
    )


def _as_id(answer: Any, number: str) -> Any:
    status, body, headers = answer
    return status, body.replace(number.encode(), b"ID"), headers


STEP = examples(3, 1)
WORLDS = [(others, SEARCHES[n % STEP :: STEP]) for n, others in enumerate((0, 2, 40))]
"""How many others there are, and what is asked: in a quick run each search of one world only."""


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "swap"])
@pytest.mark.parametrize(
    ("others", "searches"), [(n, SEARCHES[i % STEP :: STEP]) for i, n in enumerate((0, 2, 40))]
)
def test_a_search_is_as_in_a_world_without(
    client: Client,
    asker: Member,
    hidden: Listing,
    others: int,
    searches: list[dict[str, Any]],
    headers: dict[str, str],
) -> None:
    cast.many(others)
    index.forget()
    with_it = [said(client, "/find/", query, **headers) for query in searches]
    assert b"Hartmann" not in b"".join(body for _status, body, _headers in with_it).replace(b"hartmann", b"")
    never_was(hidden)
    assert with_it == [said(client, "/find/", query, **headers) for query in searches]


def test_this_law_sees_one_that_is_not_hidden(client: Client, hidden: Listing) -> None:
    sign_in(client, make_member("asker@example.org"))
    seen = [said(client, "/find/", query) for query in SEARCHES]
    never_was(hidden)
    gone = [said(client, "/find/", query) for query in SEARCHES]
    assert sum(a != b for a, b in zip(seen, gone, strict=True)) >= 6


def test_both_ways_and_in_the_very_next_answer(client: Client, asker: Member, hidden: Listing) -> None:
    own = cast.listing(asker, name="Otto Asker")
    for member, page in ((asker, hidden.pk), (hidden.member, own.pk)):
        sign_in(client, member)
        assert client.get(f"/find/{page}/").status_code == 404
        assert b"1 person treats" in client.get("/find/").content
    Hiding.objects.all().delete()
    for member, page in ((asker, hidden.pk), (hidden.member, own.pk)):
        sign_in(client, member)
        assert client.get(f"/find/{page}/").status_code == 200
        assert b"2 people treat" in client.get("/find/").content
    hiding.add(by=asker, kind=Away.PRACTICE, words="elm house")
    assert client.get(f"/find/{own.pk}/").status_code == 404
    assert b"1 person treats" in client.get("/find/").content


def test_a_stranger_sees_both(client: Client, asker: Member, hidden: Listing) -> None:
    client.logout()
    assert client.get(f"/find/{hidden.pk}/").status_code == 200
    assert client.get(f"/find/{hidden.pk}/photo/").status_code == 200
    assert b"1 person treats" in client.get("/find/").content


def test_ones_own_preview_and_picture_stay(client: Client, asker: Member, hidden: Listing) -> None:
    sign_in(client, hidden.member)
    hiding.add(by=hidden.member, kind=Away.PRACTICE, words="Elm House")
    assert client.get(f"/find/{hidden.pk}/").status_code == 200
    assert client.get(f"/find/{hidden.pk}/photo/").status_code == 200
    assert client.get("/listing/preview/").status_code == 200


# -- the page of the list ------------------------------------------------------------------------
def post(client: Client, kind: str, words: str) -> Any:
    return client.post("/listing/distance/", {"kind": kind, f"{kind}-words": words}, follow=True)


def test_the_list_is_for_those_who_can_be_found(client: Client, asker: Member) -> None:
    assert client.get("/listing/distance/").status_code == 404
    cast.listing(asker, state="draft")
    page = client.get("/listing/distance/")
    assert page.status_code == 200
    assert "Somebody who signs out sees what any stranger sees." in page.content.decode()


def test_a_list_outlives_the_listing_as_long_as_it_names_somebody(client: Client, hidden: Listing) -> None:
    sign_in(client, hidden.member)
    post(client, "person", "who@example.org")
    hidden.delete()
    assert b"who@example.org" in client.get("/listing/distance/").content


def test_adding_and_taking_off(client: Client, hidden: Listing) -> None:
    sign_in(client, hidden.member)
    make_member("known@example.org")
    answers = [post(client, "person", f"{name}@example.org") for name in ("known", "nobody")]
    for answer in answers:
        assert "Added. From now on neither of you finds the other while signed in." in answer.content.decode()
    post(client, "practice", "Oak <b>House</b>")
    page = client.get("/listing/distance/").content.decode()
    assert "Oak &lt;b&gt;House&lt;/b&gt;" in page
    for line in Hiding.objects.all():
        client.post(f"/listing/distance/{line.pk}/remove/")
    assert "Nobody yet." in client.get("/listing/distance/").content.decode()


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("person", "ines@example.org", "That is your own address."),
        ("person", "not an address", "Enter a valid email address."),
        ("person", "a" * 250 + "@example.org", "longer than any e-mail address"),
        ("person", "", "This field is required."),
        ("person", "a\x00@example.org", "Null characters are not allowed."),
        ("practice", "…!", "Write the name with letters or digits."),
        ("practice", "x" * 121, "at most 120 characters"),
        ("practice", "a\x00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(
    client: Client, hidden: Listing, kind: str, words: str, said: str
) -> None:
    sign_in(client, hidden.member)
    page = post(client, kind, words).content.decode()
    assert said in page
    if words.isprintable() and words:
        assert f'value="{words}"' in page
    assert not Hiding.objects.exists()


def test_a_full_list_and_a_full_day_are_said(client: Client, hidden: Listing) -> None:
    sign_in(client, hidden.member)
    for n in range(20):
        hiding.add(by=hidden.member, kind=Away.PERSON, words=f"who{n}@example.org")
    assert "as many as one day allows" in post(client, "person", "more@example.org").content.decode()
    Hiding.objects.bulk_create(
        Hiding(member=hidden.member, kind="person", mark=str(n), words="x") for n in range(80)
    )
    assert "Your list is full." in post(client, "practice", "More").content.decode()


def test_what_another_listed_cannot_be_taken_off(client: Client, asker: Member, hidden: Listing) -> None:
    cast.listing(asker)
    line = Hiding.objects.get()
    assert client.post(f"/listing/distance/{line.pk}/remove/").status_code == 404
    assert Hiding.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long_the_list(
    client: Client, hidden: Listing, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, hidden.member)
    for n in range(count):
        hiding.add(by=hidden.member, kind=Away.PERSON, words=f"who{n}@example.org")
    client.get("/listing/distance/")
    with django_assert_num_queries(4):
        client.get("/listing/distance/")
