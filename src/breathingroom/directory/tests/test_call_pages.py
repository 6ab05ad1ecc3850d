"""The pages of introductory calls, as visitor, member and provider."""

import datetime as dt
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock
from breathingroom.directory.actions import calls, hiding, listings
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Call, CallOffer, CallSkip, CallTerms, Listing
from breathingroom.directory.queries import calls as times
from breathingroom.directory.tests import callers, cast
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def listing() -> Listing:
    return callers.offering()


@pytest.fixture
def rosa(client: Client) -> Member:
    """A member, signed in."""
    member = make_member(name="Rosa Lind", time_zone="Asia/Kolkata")
    sign_in(client, member)
    return member


def said(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def told(client: Client, path: str, **data: object) -> tuple[int, str]:
    """Where a post leads to, and the message it leaves."""
    response = client.post(path, data)
    return response.status_code, " ".join(str(each) for each in get_messages(response.wsgi_request))


# -- the listing's page and the free times -------------------------------------------------------
def test_a_visitor_learns_that_there_are_calls_and_is_asked_to_sign_in(
    client: Client, listing: Listing
) -> None:
    page = said(client, f"/find/{listing.pk}/")
    section = page[page.index('id="calls"') :].partition("</section>")[0]
    assert f"/account/login/?next=/find/{listing.pk}/" in section
    assert "calls/book" not in page
    assert "Los Angeles" not in section
    for path in (f"/find/{listing.pk}/calls/", f"/find/{listing.pk}/calls/book/", "/calls/"):
        assert "/account/login/" in client.get(path)["Location"]


def test_a_listing_without_calls_says_nothing_of_them(client: Client, rosa: Member) -> None:
    page = said(client, f"/find/{cast.listing().pk}/")
    assert 'id="calls"' not in page


def test_a_member_sees_the_next_times_by_their_own_clock(
    client: Client, listing: Listing, rosa: Member
) -> None:
    page = said(client, f"/find/{listing.pk}/")
    assert "Asia/Kolkata" in page
    first = callers.first(listing)
    assert f"?at={first.code.replace(':', '%3A')}" in page
    assert "10:30 p.m." in page or "9:30 p.m." in page


def test_the_clock_can_be_chosen_and_is_carried_along(client: Client, listing: Listing, rosa: Member) -> None:
    page = said(client, f"/find/{listing.pk}/calls/?zone=America/St_Johns")
    assert "zone=America/St_Johns" in page
    assert "1:30 p.m." in page or "12:30 p.m." in page
    code = callers.first(listing).code
    asked = said(client, f"/find/{listing.pk}/calls/book/?at={code}&zone=America/St_Johns")
    assert "America/St Johns" in asked
    assert "By telephone" in asked
    assert "555" not in asked, "the number is for whoever has booked"


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../etc", "%00"])
def test_an_unknown_clock_is_ones_own(client: Client, listing: Listing, rosa: Member, zone: str) -> None:
    assert "Asia/Kolkata" in said(client, f"/find/{listing.pk}/calls/?zone={zone}")


def test_everything_taken_is_said_in_words(client: Client, listing: Listing, rosa: Member) -> None:
    CallTerms.objects.update(notice_hours=336, horizon_days=7)
    assert "every time of the next weeks is taken" in said(client, f"/find/{listing.pk}/")
    assert "No time is free now" in said(client, f"/find/{listing.pk}/calls/")


def test_the_owner_sees_it_and_cannot_book(client: Client, listing: Listing) -> None:
    sign_in(client, listing.member)
    assert "You offer calls" in said(client, f"/find/{listing.pk}/")
    code = callers.first(listing).code
    assert "you cannot book" in said(client, f"/find/{listing.pk}/calls/")
    assert "you cannot book" in said(client, f"/find/{listing.pk}/calls/book/?at={code}")
    assert "your own listing" in told(client, f"/find/{listing.pk}/calls/book/", at=code)[1]
    assert not Call.objects.exists()


@pytest.mark.parametrize("gone", ["paused", "expired", "hidden", "never"])
def test_times_of_a_listing_out_of_sight_are_times_of_none(
    client: Client, listing: Listing, rosa: Member, gone: str
) -> None:
    code, id = callers.first(listing).code, listing.pk
    if gone == "paused":
        listings.pause(by=listing.member)
    if gone == "expired":
        Listing.objects.update(openings_confirmed_on=clock.today() - dt.timedelta(days=91))
    if gone == "hidden":
        hiding.add(by=listing.member, kind=Away.PERSON, words=rosa.email)
    if gone == "never":
        id = uuid4()
    for end in ("calls/", f"calls/book/?at={code}"):
        here, nothing = client.get(f"/find/{id}/{end}"), client.get(f"/find/{uuid4()}/{end}")
        assert here.status_code == 404
        assert here.content == nothing.content
    assert client.post(f"/find/{id}/calls/book/", {"at": code}).status_code == 404


# -- booking -------------------------------------------------------------------------------------
def test_one_click_and_one_question_book_a_call(client: Client, listing: Listing, rosa: Member) -> None:
    code = callers.first(listing).code
    page = said(client, f"/find/{listing.pk}/calls/book/?at={code}")
    assert "They see your name, Rosa Lind" in page
    assert "<textarea" not in page
    response = client.post(f"/find/{listing.pk}/calls/book/", {"at": code}, follow=True)
    assert "Booked. You both get a file" in response.content.decode()
    assert "+1 206 555 0100" in response.content.decode()
    assert "You two have a time" in said(client, f"/find/{listing.pk}/")
    assert "You two have a time already" in said(client, f"/find/{listing.pk}/calls/")


def test_a_time_just_taken_is_said_kindly_with_the_next_ones(
    client: Client, listing: Listing, rosa: Member
) -> None:
    slot, following = callers.first(listing), callers.first(listing, 1)
    callers.book(make_member("vera@example.org"), listing)
    path = f"/find/{listing.pk}/calls/book/"
    page = client.post(path, {"at": slot.code, "zone": "Europe/London"}, follow=True).content.decode()
    assert "was just taken" in page
    assert following.code.replace(":", "%3A") in page
    assert "zone=Europe/London" in page
    assert "was just taken" in client.get(f"{path}?at={slot.code}", follow=True).content.decode()


@pytest.mark.parametrize(
    "at", ["", "soon", "2026-13-01T09:00Z", "0000-01-01T00:00Z", "\0", "9999-12-31T23:59Z"]
)
def test_a_time_that_is_none_is_no_time(client: Client, listing: Listing, rosa: Member, at: str) -> None:
    status, words = told(client, f"/find/{listing.pk}/calls/book/", at=at)
    assert status == 302
    assert "no time we know" in words or "just taken" in words


def test_what_stands_in_the_way_is_said(client: Client, listing: Listing, rosa: Member) -> None:
    path, second = f"/find/{listing.pk}/calls/book/", callers.first(listing, 1)
    call = callers.book(rosa, listing)
    response = client.post(path, {"at": second.code})
    assert response["Location"] == f"/calls/{call.pk}/"
    other = callers.offering("vera@example.org")
    assert (
        "another call at that time"
        in told(client, f"/find/{other.pk}/calls/book/", at=callers.first(other).code)[1]
    )


# -- one's own calls -----------------------------------------------------------------------------
def test_each_side_sees_the_other_and_only_the_caller_the_number(
    client: Client, listing: Listing, rosa: Member
) -> None:
    call = callers.book(rosa, listing)
    page = said(client, f"/calls/{call.pk}/")
    assert "Maren Oduya" in page
    assert "+1 206 555 0100" in page
    sign_in(client, listing.member)
    page = said(client, f"/calls/{call.pk}/")
    assert "Rosa Lind" in page
    assert "They ring the number you gave" in page
    assert "Rosa Lind" in said(client, "/calls/")


def test_a_link_is_a_link_and_gone_when_the_call_is_over(
    client: Client, listing: Listing, rosa: Member
) -> None:
    CallTerms.objects.update(by="link", reach="https://room.example.org/x")
    CallTerms.objects.get()
    row = CallTerms.objects.get()
    row.reach = "https://room.example.org/x"
    row.save()
    call = callers.book(rosa, listing)
    assert 'href="https://room.example.org/x" rel="nofollow' in said(client, f"/calls/{call.pk}/")
    Call.objects.update(starts_at=clock.now() - dt.timedelta(hours=1))
    page = said(client, f"/calls/{call.pk}/")
    assert "room.example.org" not in page
    assert "Over" in page


def test_a_call_of_others_is_a_call_that_never_was(client: Client, listing: Listing, rosa: Member) -> None:
    call = callers.book(make_member("vera@example.org"), listing)
    for end in ("", "cancel/", "hold.ics"):
        here, nothing = client.get(f"/calls/{call.pk}/{end}"), client.get(f"/calls/{uuid4()}/{end}")
        assert here.status_code == 404
        assert here.content == nothing.content
    assert client.post(f"/calls/{call.pk}/cancel/").status_code == 404


def test_the_file_is_the_same_event_before_and_after(client: Client, listing: Listing, rosa: Member) -> None:
    call = callers.book(rosa, listing)
    answer = client.get(f"/calls/{call.pk}/hold.ics")
    assert answer["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="hold.ics"'
    calls.cancel(by=rosa, call=call)
    gone = client.get(f"/calls/{call.pk}/hold.ics")
    assert gone["Content-Type"] == "text/calendar; method=CANCEL; charset=utf-8"
    before, after = (Calendar.from_ical(each.content).walk("VEVENT")[0] for each in (answer, gone))
    assert before["UID"] == after["UID"]
    assert (str(before["SEQUENCE"]), str(after["SEQUENCE"])) == ("0", "1")
    assert b"Maren" not in answer.content


def test_cancelling_asks_once_and_tells_both_sides_kindly(
    client: Client, listing: Listing, rosa: Member
) -> None:
    call = callers.book(rosa, listing)
    assert "no reason" in said(client, f"/calls/{call.pk}/cancel/").replace("You need no reason", "no reason")
    page = client.post(f"/calls/{call.pk}/cancel/", follow=True).content.decode()
    assert "You cancelled." in page
    assert "Take it out of your calendar" in page
    assert client.get(f"/calls/{call.pk}/cancel/").status_code == 302
    assert "off already" in told(client, f"/calls/{call.pk}/cancel/")[1]
    sign_in(client, listing.member)
    assert "it says nothing about you" in said(client, f"/calls/{call.pk}/")


def test_the_list_says_what_is_to_come_and_what_is_over(
    client: Client, listing: Listing, rosa: Member
) -> None:
    assert "No calls yet" in said(client, "/calls/")
    callers.past(rosa, listing)
    assert "Nothing is to come" in said(client, "/calls/")
    callers.book(rosa, listing)
    page = said(client, "/calls/")
    assert page.index("To come") < page.index("Over or cancelled")


# -- offering ------------------------------------------------------------------------------------
TERMS = {"way": "phone", "reach": "+1 206 555 0100", "notice_hours": 24, "horizon_days": 28}
OFFER = {
    "weekday": "0",
    "begins_on": "",
    "ends_on": "",
    "at": "09:00",
    "time_zone": "Asia/Kathmandu",
    "minutes": 15,
}


def _offer(**fields: object) -> dict[str, object]:
    return {**OFFER, "begins_on": clock.today().isoformat(), **fields}


def test_a_provider_says_how_and_when_and_it_can_be_booked(client: Client) -> None:
    listing = cast.listing()
    sign_in(client, listing.member)
    assert "Say first how you talk" in said(client, "/listing/calls/")
    assert client.get("/listing/calls/add/")["Location"] == "/listing/calls/terms/"
    assert client.post("/listing/calls/terms/", TERMS)["Location"] == "/listing/calls/add/"
    assert client.post("/listing/calls/add/", _offer())["Location"] == "/listing/calls/"
    assert "Monday, 9 a.m." in said(client, "/listing/calls/")
    assert {slot.time_zone for slot in times.free(listing)} == {"Asia/Kathmandu"}
    assert (
        client.post("/listing/calls/terms/", {**TERMS, "horizon_days": 14})["Location"] == "/listing/calls/"
    )
    assert 'value="+1 206 555 0100"' in said(client, "/listing/calls/terms/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reach": "ring me"}, "does not look like a telephone number"),
        ({"way": "link", "reach": "http://example.org/x"}, "must begin with https://"),
        ({"way": "link", "reach": "javascript:alert(1)"}, "must begin with https://"),
        ({"way": "pigeon"}, "aria-invalid"),
        ({"notice_hours": "3"}, "aria-invalid"),
    ],
)
def test_terms_that_make_no_sense_are_said(client: Client, fields: dict[str, str], words: str) -> None:
    sign_in(client, cast.listing().member)
    page = client.post("/listing/calls/terms/", {**TERMS, **fields}).content.decode()
    assert words in page
    assert not CallTerms.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"begins_on": "2001-01-01"}, "within the next two years"),
        ({"begins_on": "9999-12-31"}, "within the next two years"),
        ({"ends_on": "2001-01-01"}, "no such weekday between"),
        ({"weekday": "9"}, "aria-invalid"),
        ({"at": "25:00"}, "aria-invalid"),
        ({"time_zone": "Nowhere/Land"}, "aria-invalid"),
        (
            {"weekday": "once", "at": "00:00", "time_zone": "Pacific/Pago_Pago", "begins_on": "YESTERDAY"},
            "over already",
        ),
        (
            {"weekday": "once", "at": "02:30", "time_zone": "America/New_York", "begins_on": "SPRING"},
            "put forward past",
        ),
    ],
)
def test_a_time_that_makes_no_sense_is_said(client: Client, fields: dict[str, str], words: str) -> None:
    listing = cast.listing()
    callers.terms(listing)
    sign_in(client, listing.member)
    year = clock.today().year + 1
    march = dt.date(year, 3, 8)
    days = {
        "YESTERDAY": (clock.today() - dt.timedelta(days=2)).isoformat(),
        "SPRING": (march + dt.timedelta(days=(6 - march.weekday()) % 7)).isoformat(),
    }
    fields = {name: days.get(value, value) for name, value in fields.items()}
    page = client.post("/listing/calls/add/", _offer(**fields)).content.decode()
    assert words in page
    assert not CallOffer.objects.exists()


def test_a_time_offered_twice_or_once_too_often_is_said(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = cast.listing()
    callers.terms(listing)
    sign_in(client, listing.member)
    client.post("/listing/calls/add/", _offer())
    assert "You offer this time already" in client.post("/listing/calls/add/", _offer()).content.decode()
    monkeypatch.setattr("breathingroom.directory.actions.call_offers.MOST_OFFERS", 1)
    page = client.post("/listing/calls/add/", _offer(weekday="1")).content.decode()
    assert "You offer 30 times" in page


def test_an_offer_is_paused_left_out_for_a_day_and_taken_back(client: Client, listing: Listing) -> None:
    sign_in(client, listing.member)
    offer = listing.call_offers.get()
    path, day = f"/listing/calls/{offer.pk}/", callers.first(listing).on.isoformat()
    assert "left out" in told(client, path, do="skip", day=day)[1]
    assert "take it in again" in said(client, path)
    assert "back in" in told(client, path, do="unskip", day=day)[1]
    assert not CallSkip.objects.exists()
    assert "Paused" in told(client, path, do="pause")[1]
    assert "Offered again" in told(client, path, do="resume")[1]
    assert "nothing we could do" in told(client, path, do="skip")[1]
    assert "nothing we could do" in told(client, path, do="dance")[1]
    assert client.post(path, {"do": "skip", "day": "2001-01-02"}).status_code == 404
    assert "Taken back" in told(client, path, do="withdraw")[1]
    assert client.get(path).status_code == 404


def test_offers_of_others_are_none(client: Client, listing: Listing, rosa: Member) -> None:
    offer = listing.call_offers.get()
    assert client.get(f"/listing/calls/{offer.pk}/").status_code == 404
    assert client.post(f"/listing/calls/{offer.pk}/", {"do": "withdraw"}).status_code == 404
    for path in ("/listing/calls/", "/listing/calls/terms/", "/listing/calls/add/"):
        assert client.get(path).status_code == 404


# -- how often the database is asked -------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(
    client: Client, rosa: Member, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for n in range(count):
        row = callers.offering(f"p{n}@example.org")
        CallOffer.objects.filter(listing=row).update(at=dt.time(8 + n))
        callers.book(rosa, row)
        callers.past(rosa, row, state="held")
    for n in range(1, count):
        CallSkip.objects.create(offer=callers.offer(row, weekday=n), on=clock.today())
    for path, most in (("/calls/", 3), (f"/find/{row.pk}/calls/", 9)):
        client.get(path)
        with django_assert_num_queries(most):
            client.get(path)
    offer = row.call_offers.all()[0]
    sign_in(client, row.member)
    for path, most in (("/listing/calls/", 5), (f"/listing/calls/{offer.pk}/", 5)):
        client.get(path)
        with django_assert_num_queries(most):
            client.get(path)
