"""A listing's page and its photograph."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock
from breathingroom.directory import photos
from breathingroom.directory.actions import listings
from breathingroom.directory.models import Listing, ListingApproach, ListingHours, ListingIdentity
from breathingroom.directory.tests import cast, pictures
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def maren() -> Listing:
    row = cast.listing(about="I *listen*.\n\n<script>alert(1)</script>", contact="https://maren.example.org")
    cast.licence(row.member)
    return row


def test_a_stranger_reads_all_of_it(client: Client, maren: Listing) -> None:
    page = client.get(f"/find/{maren.pk}/").content.decode()
    for words in (
        "Maren Oduya, PhD",
        "For those who hold others",
        "<em>listen</em>",
        "Vicarious trauma",
        "Seattle, Washington",
        "$140",
        "2 openings",
        'href="https://maren.example.org" rel="nofollow noreferrer noopener"',
    ):
        assert words in page
    assert "<script>alert" not in page
    assert "maren@example.org" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("where=US-WA", "May see you in Washington"),
        ("where=US-WA&format=online", "Licensed in Washington"),
        ("where=US-ID&format=online", "May not see you in Idaho"),
        ("where=XX", "It depends on where you will be sitting"),
        ("where=US-WA&format=telepathy", "May see you in Washington"),
        ("", "It depends on where you will be sitting"),
    ],
)
def test_it_answers_for_the_place_one_will_be_in(
    client: Client, maren: Listing, query: str, words: str
) -> None:
    response = client.get(f"/find/{maren.pk}/?{query}")
    assert words in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_the_answer_says_what_it_rests_on(client: Client, maren: Listing) -> None:
    page = client.get(f"/find/{maren.pk}/?where=US-WA").content.decode()
    assert "It rests on facts as of" in page


def test_how_to_reach_them_comes_right_after_the_answer(client: Client, maren: Listing) -> None:
    """On a telephone the page is read from top to bottom."""
    page = client.get(f"/find/{maren.pk}/").content.decode()
    order = [page.index(words) for words in ("May they see you?", "Reach out", "At a glance", "In their own")]
    assert order == sorted(order)


def test_what_they_chose_to_say_is_on_the_page(client: Client, maren: Listing) -> None:
    Listing.objects.filter(pk=maren.pk).update(practice="Harbour Rooms", pro_bono=2)
    bare = client.get(f"/find/{maren.pk}/").content.decode()
    assert "Ways of working" not in bare
    assert "Who they are" not in bare
    listings.change(by=maren.member, fields={}, approaches=["emdr", "parts"], identities=["queer"])
    page = client.get(f"/find/{maren.pk}/").content.decode()
    for words in (
        "EMDR, Internal family systems",
        "Lesbian, gay, bisexual or queer",
        "Harbour Rooms",
        "2 pro bono places",
        "14 years treating clinicians",
    ):
        assert words in page


@pytest.mark.parametrize(("age", "said"), [(30, False), (31, True), (90, True)])
def test_old_openings_are_called_not_confirmed(client: Client, age: int, said: bool) -> None:
    row = cast.listing(openings_confirmed_on=clock.today() - dt.timedelta(days=age))
    page = client.get(f"/find/{row.pk}/").content.decode()
    assert ("not confirmed: last said" in page) is said


def test_after_ninety_days_it_is_gone_for_strangers_and_the_owner_is_told_why(client: Client) -> None:
    row = cast.listing(openings_confirmed_on=clock.today() - dt.timedelta(days=91))
    absent = client.get(f"/find/{uuid4()}/")
    hidden = client.get(f"/find/{row.pk}/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    sign_in(client, row.member)
    for path in ("/listing/", "/listing/preview/"):
        page = client.get(path).content.decode()
        assert "Nobody can find you now" in page, path
        assert 'action="/listing/confirm/"' in page, path
    client.post("/listing/confirm/")
    assert "Nobody can find you now" not in client.get("/listing/").content.decode()
    assert client.get(f"/find/{row.pk}/").status_code == 200


def test_paused_draft_and_absent_are_the_same_404(client: Client) -> None:
    paused = cast.listing("a@example.org", state="paused")
    draft = cast.listing("b@example.org", state="draft")
    gone = cast.listing("c@example.org")
    gone.member.is_active = False
    gone.member.save()
    ids = [paused.pk, draft.pk, gone.pk, uuid4()]
    for path in ("/find/{}/", "/find/{}/photo/"):
        answers = [client.get(path.format(id)) for id in ids]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1


def test_the_owner_too_gets_404_at_the_public_address_of_a_draft(client: Client) -> None:
    draft = cast.listing(state="draft")
    sign_in(client, draft.member)
    assert client.get(f"/find/{draft.pk}/").status_code == 404
    assert "how a stranger sees" in client.get("/listing/preview/").content.decode()


def test_a_photograph_is_served_while_its_listing_is_visible(client: Client, maren: Listing) -> None:
    listings.set_photo(by=maren.member, picture=photos.clean(pictures.jpeg()))
    response = client.get(f"/find/{maren.pk}/photo/")
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert f"/find/{maren.pk}/photo/?v=" in client.get("/find/").content.decode()
    listings.pause(by=maren.member)
    assert client.get(f"/find/{maren.pk}/photo/").status_code == 404
    sign_in(client, make_member("other@example.org"))
    assert client.get(f"/find/{maren.pk}/photo/").status_code == 404
    sign_in(client, maren.member)
    assert client.get(f"/find/{maren.pk}/photo/").status_code == 200


def test_a_photograph_whose_file_is_gone_is_a_404(client: Client, maren: Listing) -> None:
    Listing.objects.filter(pk=maren.pk).update(photo="gone.webp")
    assert client.get(f"/find/{maren.pk}/photo/").status_code == 404


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://example.org", 'href="https://example.org"'),
        ("me@example.org", 'href="mailto:me@example.org"'),
        ("+1 206 555 0100", "+1 206 555 0100"),
    ],
)
def test_contact_becomes_a_link_when_it_plainly_is_one(client: Client, contact: str, link: str) -> None:
    row = cast.listing(contact=contact)
    assert link in client.get(f"/find/{row.pk}/").content.decode()


@pytest.mark.parametrize(
    "contact", ["javascript:alert(1)@x", "http://example.org", "data:text/html,@", "a@b c"]
)
def test_contact_never_becomes_a_dangerous_link(client: Client, contact: str) -> None:
    row = cast.listing(contact=contact)
    assert f'href="{contact}' not in client.get(f"/find/{row.pk}/").content.decode()
    assert "mailto:" not in client.get(f"/find/{row.pk}/").content.decode()


@pytest.mark.parametrize("codes", [("burnout",), ("burnout", "grief", "sleep")])
def test_the_page_takes_twelve_queries_however_much_it_says(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, codes: tuple[str, ...]
) -> None:
    row = cast.listing(concerns=codes, languages=("en", "es", "fr")[: len(codes)])
    cast.licence(row.member)
    for number, approach in enumerate(("emdr", "parts", "somatic")[: len(codes)]):
        ListingApproach.objects.create(listing=row, code=approach)
        ListingIdentity.objects.create(listing=row, code=("queer", "parent", "woman")[number])
        ListingHours.objects.create(listing=row, weekday=number, begins=dt.time(9), ends=dt.time(12))
    client.get("/find/")
    with django_assert_num_queries(12):
        client.get(f"/find/{row.pk}/?where=US-WA")
