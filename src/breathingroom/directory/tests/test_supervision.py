"""Supervision both ways: who sees whom, what may be offered, and how it ends."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.plugins.depth import THOROUGH
from time_machine import Traveller

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.directory import index
from breathingroom.directory.actions import hiding, listings, supervision
from breathingroom.directory.adapters import DirectorySteward
from breathingroom.directory.choices import MOST_OFFERS_A_DAY, Away
from breathingroom.directory.models import (
    EnquiryBlock,
    EnquiryPair,
    Listing,
    SupervisionOffer,
    SupervisionWish,
)
from breathingroom.directory.queries import supervision as queries
from breathingroom.directory.queries.enquiries import Sender, pairs
from breathingroom.directory.tasks import supervision as tasks
from breathingroom.directory.tests import cast
from breathingroom.licensure.models import Licence
from breathingroom.notify.models import Mail
from breathingroom.people import actions as people
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
TOPIC = re.compile(r"therap|clinic|care|mental|health|listing|licen[cs]e|counsel|supervis|hours", re.I)
NEVER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def now(world: None, db: None) -> Iterator[Traveller]:
    with time_machine.travel(START, tick=False) as travel:
        yield travel


@pytest.fixture
def vera() -> Listing:
    """A verified supervisor."""
    found = cast.listing("vera@example.org", name="Vera Lind", supervisor=True, practice="Harbour Rooms")
    cast.licence(found.member)
    return found


@pytest.fixture
def tom() -> Member:
    return make_member("tom@example.org", name="Tom Trainee")


def wish(member: Member, **fields: Any) -> SupervisionWish:
    given = {
        "place_id": "US-WA",
        "profession_id": "psychologist",
        "stage": "associate",
        "hours_left": 1200,
        "online": True,
        "in_person": False,
    }
    supervision.seek(by=member, fields={**given, **fields})
    return SupervisionWish.objects.get(member=member)


def seen(listing: Listing) -> set[str]:
    return {found.member.email for found in queries.wishes(listing)}


# -- who may look --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("listing", "licence", "may"),
    [
        ({}, {}, True),
        ({"supervisor": False}, {}, False),
        ({"state": "paused"}, {}, False),
        ({"state": "draft"}, {}, False),
        ({"openings_confirmed_on": START.date() - 91 * DAY}, {}, False),
        ({}, {"status": "claimed", "checked_on": None, "checked_by": None}, False),
        ({}, {"status": "lapsed"}, False),
        ({}, {"expires_on": START.date() - DAY}, False),
        ({}, {"expires_on": START.date()}, True),
    ],
)
def test_only_a_verified_supervisor_looks(
    vera: Listing, client: Client, listing: dict[str, Any], licence: dict[str, Any], may: bool
) -> None:
    Listing.objects.filter(pk=vera.pk).update(**listing)
    Licence.objects.update(**licence)
    sign_in(client, vera.member)
    assert (queries.supervisor(vera.member) is not None) == may
    assert client.get("/supervision/").status_code == (200 if may else 404)


def test_for_anybody_else_the_page_and_every_wish_are_missing(client: Client, tom: Member) -> None:
    found, other = wish(tom), make_member("other@example.org")
    assert client.get("/supervision/").status_code == 302
    sign_in(client, other)
    assert client.get("/supervision/").status_code == 404
    assert client.post(f"/supervision/{found.pk}/offer/").status_code == 404
    sign_in(client, cast.listing("unverified@example.org", supervisor=True).member)
    assert client.get("/supervision/").status_code == 404
    assert client.post(f"/supervision/{found.pk}/offer/").status_code == 404
    assert not SupervisionOffer.objects.exists()


# -- at whom -------------------------------------------------------------------------------------
def test_a_wish_is_seen_without_a_name(vera: Listing, tom: Member, client: Client) -> None:
    wish(tom)
    sign_in(client, vera.member)
    page = client.get("/supervision/").content.decode()
    for words in (
        "1 colleague seeks supervision",
        "Psychologist · Associate or provisional licence",
        "Washington · 1,200 supervised hours left · online",
    ):
        assert words in page
    for private in (tom.email, "Tom", str(tom.pk)):
        assert private not in page


@pytest.mark.parametrize("who", ["seeker keeps away", "supervisor keeps away", "practice"])
def test_whoever_keeps_away_is_not_there(vera: Listing, tom: Member, client: Client, who: str) -> None:
    found = wish(tom)
    if who == "seeker keeps away":
        hiding.add(by=tom, kind=Away.PERSON, words="vera@example.org")
    elif who == "practice":
        hiding.add(by=tom, kind=Away.PRACTICE, words="harbour rooms")
    else:
        hiding.add(by=vera.member, kind=Away.PERSON, words=tom.email)
    sign_in(client, vera.member)
    assert seen(vera) == set()
    with_it = _body(client, "/supervision/")
    gone = client.post(f"/supervision/{NEVER}/offer/")
    assert client.post(f"/supervision/{found.pk}/offer/").content == gone.content
    found.delete()
    assert _body(client, "/supervision/") == with_it


def _body(client: Client, path: str) -> str:
    said = client.get(path).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", said)


def test_an_offer_from_whom_one_keeps_away_since_is_not_there(vera: Listing, tom: Member) -> None:
    found = wish(tom)
    supervision.offer(by=vera.member, wish_id=found.pk)
    assert queries.offers(tom).count() == 1
    hiding.add(by=tom, kind=Away.PERSON, words="vera@example.org")
    assert queries.offers(tom).count() == 0


def block(by: Member | None, whom: Member, *, known: bool = True) -> None:
    mark = Sender(whom, whom.email).address_marks()[0]
    EnquiryBlock.objects.create(member=by, whom=whom if known else None, mark=mark)


@pytest.mark.parametrize("known", [True, False])
def test_blocks_count_in_both_directions(vera: Listing, tom: Member, known: bool) -> None:
    wish(tom)
    block(vera.member, tom, known=known)
    assert seen(vera) == set()


def test_a_block_by_the_one_who_seeks_counts(vera: Listing, tom: Member) -> None:
    wish(tom)
    block(tom, vera.member)
    assert seen(vera) == set()


def test_whoever_is_blocked_by_the_house_neither_sees_nor_is_seen(vera: Listing, tom: Member) -> None:
    wish(tom)
    block(None, tom)
    assert seen(vera) == set()
    EnquiryBlock.objects.all().delete()
    block(None, vera.member)
    assert seen(vera) == set()


def test_a_therapist_does_not_meet_a_client_here(vera: Listing, tom: Member) -> None:
    wish(tom)
    mark = pairs(vera.member, Sender(tom, tom.email))[0]
    row = EnquiryPair.objects.create(mark=mark, role="therapist")
    assert seen(vera) == set()
    EnquiryPair.objects.filter(pk=row.pk).update(role="supervisor")
    assert seen(vera) == {tom.email}


def test_nobody_meets_themselves_or_who_may_not_sign_in(vera: Listing, tom: Member) -> None:
    wish(vera.member)
    wish(tom)
    Member.objects.filter(pk=tom.pk).update(is_active=False)
    assert seen(vera) == set()


# -- looking through -----------------------------------------------------------------------------
MANY: list[dict[str, Any]] = [
    {"place_id": place, "stage": stage, "hours_left": hours, "online": online, "in_person": not online}
    for place, stage, hours, online in [
        ("US-WA", "student", 500, True),
        ("US-WA", "student", 501, False),
        ("US-ID", "associate", 1500, True),
        ("US-ID", "associate", 1501, False),
        ("US-WA", "licensed", None, True),
    ]
]


@pytest.fixture
def many() -> None:
    for n, fields in enumerate(MANY):
        wish(make_member(f"m{n}@example.org"), **fields)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({}, 5),
        ({"where": "US-WA"}, 3),
        ({"where": ["US-WA", "US-ID"]}, 5),
        ({"stage": "associate", "hours": "some"}, 1),
        ({"hours": "few"}, 1),
        ({"hours": "some"}, 2),
        ({"hours": "many"}, 1),
        ({"hours": "uncounted"}, 1),
        ({"format": "in_person"}, 2),
        ({"profession": "psychologist"}, 5),
        ({"where": "US-ID", "stage": "student"}, 0),
        ({"where": "XX", "stage": "student"}, 2),
        ({"stage": "no\x00ne", "page": "9" * 40}, 5),
    ],
)
def test_every_count_is_what_one_would_find(
    vera: Listing, many: None, client: Client, query: dict[str, Any], total: int
) -> None:
    sign_in(client, vera.member)
    answer = client.get("/supervision/", query)
    assert answer.status_code == 200
    page = answer.context["page"]
    assert page.total == total == len(page.seekers)
    for number, facet in enumerate(page.facets):
        for choice in facet.choices if THOROUGH else [facet.choices[(total + number) % len(facet.choices)]]:
            found = client.get("/supervision/", {**query, facet.name: choice.value}).context["page"]
            assert found.total == choice.count, (facet.name, choice.value)


def test_pages_hold_twenty_and_everybody_once(vera: Listing, client: Client) -> None:
    for n in range(23):
        wish(make_member(f"m{n}@example.org"))
    sign_in(client, vera.member)
    first, second, far = (client.get("/supervision/", {"page": n}).context["page"] for n in (1, 2, 99))
    assert [len(first.seekers), len(second.seekers)] == [20, 3]
    assert far.number == 2
    assert len({seeker.id for seeker in [*first.seekers, *second.seekers]}) == 23


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_there_are(
    vera: Listing, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    block(vera.member, make_member("blocked@example.org"))
    for n in range(count):
        wish(make_member(f"m{n}@example.org"))
    sign_in(client, vera.member)
    client.get("/supervision/")
    with django_assert_num_queries(15):
        client.get("/supervision/")


def test_it_is_in_no_search_and_on_no_public_page(vera: Listing, tom: Member, client: Client) -> None:
    index.forget()
    before = [_body(client, path) for path in ("/", "/find/", f"/find/{vera.pk}/")]
    wish(tom)
    supervision.offer(by=vera.member, wish_id=SupervisionWish.objects.get().pk)
    index.forget()
    assert before == [_body(client, path) for path in ("/", "/find/", f"/find/{vera.pk}/")]


# -- offering ------------------------------------------------------------------------------------
def test_an_offer_reaches_them_neutrally_and_once(vera: Listing, tom: Member, client: Client) -> None:
    found = wish(tom)
    sign_in(client, vera.member)
    for _again in range(2):
        answer = client.post(f"/supervision/{found.pk}/offer/", {"next": "/supervision/?page=1"})
        assert answer["Location"] == "/supervision/?page=1"
    mail = Mail.objects.get()
    assert mail.to == tom.email
    assert not TOPIC.search(mail.subject + mail.body), mail.body
    assert "Vera" not in mail.subject + mail.body
    page = client.get("/supervision/").content.decode()
    assert "You have written" in page
    sign_in(client, tom)
    page = client.get("/offers/", follow=True).content.decode()
    assert "Vera Lind, PhD" in page
    assert f"/find/{vera.pk}/" in page


def test_a_day_allows_so_many_offers(vera: Listing, client: Client) -> None:
    wishes = [wish(make_member(f"m{n}@example.org")) for n in range(MOST_OFFERS_A_DAY + 1)]
    sign_in(client, vera.member)
    pages = [client.post(f"/supervision/{each.pk}/offer/", follow=True).content.decode() for each in wishes]
    assert ["as many as one day allows" in page for page in pages] == [False] * MOST_OFFERS_A_DAY + [True]
    assert Mail.objects.count() == MOST_OFFERS_A_DAY


def test_declining_is_not_told_and_not_undone(vera: Listing, tom: Member, client: Client) -> None:
    found = wish(tom)
    supervision.offer(by=vera.member, wish_id=found.pk)
    sign_in(client, tom)
    client.post(f"/offers/{SupervisionOffer.objects.get().pk}/decline/")
    supervision.offer(by=vera.member, wish_id=found.pk)
    assert queries.offers(tom).count() == 0
    assert Mail.objects.count() == 1
    sign_in(client, vera.member)
    assert "You have written" in client.get("/supervision/").content.decode()


def test_nobody_declines_for_another(vera: Listing, tom: Member, client: Client) -> None:
    supervision.offer(by=vera.member, wish_id=wish(tom).pk)
    sign_in(client, make_member("other@example.org"))
    for number in (SupervisionOffer.objects.get().pk, uuid4()):
        assert client.post(f"/offers/{number}/decline/").status_code == 404


def test_an_offer_goes_with_a_listing_out_of_sight(vera: Listing, tom: Member) -> None:
    supervision.offer(by=vera.member, wish_id=wish(tom).pk)
    listings.pause(by=vera.member)
    assert queries.offers(tom).count() == 0


# -- seeking -------------------------------------------------------------------------------------
FORM: dict[str, Any] = {
    "place": "US-WA",
    "profession": "psychologist",
    "stage": "student",
    "hours_left": "",
    "formats": ["online", "in_person"],
}


def test_saying_changing_and_taking_back(tom: Member, client: Client) -> None:
    sign_in(client, tom)
    assert "What you look for" in client.get("/supervision/seeking/").content.decode()
    said = client.post("/supervision/seeking/", FORM, follow=True).content.decode()
    assert "Seen by verified supervisors until Jan. 21, 2027" in said
    assert "Hours are not counted" in said
    client.post("/supervision/seeking/", {**FORM, "hours_left": "300", "formats": "online"})
    row = SupervisionWish.objects.get()
    assert (row.hours_left, row.online, row.in_person) == (300, True, False)
    client.post("/supervision/seeking/stop/")
    assert not SupervisionWish.objects.exists()
    for verb in ("stop", "renew"):
        assert client.post(f"/supervision/seeking/{verb}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("place", "US-XX"),
        ("place", ""),
        ("profession", "wizard\x00"),
        ("stage", "boss"),
        ("hours_left", "-1"),
        ("hours_left", "9" * 40),
        ("formats", []),
    ],
)
def test_what_cannot_be_read_is_said(tom: Member, client: Client, field: str, value: Any) -> None:
    sign_in(client, tom)
    answer = client.post("/supervision/seeking/", {**FORM, field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not SupervisionWish.objects.exists()


@pytest.mark.parametrize("offers", [1, 3])
def test_ones_own_page_costs_the_same(
    tom: Member, client: Client, offers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = wish(tom)
    for n in range(offers):
        listing = cast.listing(f"s{n}@example.org", supervisor=True)
        SupervisionOffer.objects.create(wish=found, listing=listing)
    sign_in(client, tom)
    client.get("/supervision/seeking/")
    with django_assert_num_queries(8):
        client.get("/supervision/seeking/")


# -- how it ends ---------------------------------------------------------------------------------
def test_a_wish_holds_sixty_days_and_is_asked_about_once(now: Traveller, vera: Listing, tom: Member) -> None:
    wish(tom)
    asked: list[int] = []
    for day in range(70):
        now.move_to(START + day * DAY)
        Listing.objects.update(openings_confirmed_on=clock.now().date())
        tasks.keep_wishes()
        asked += [day] * (Mail.objects.count() - len(asked))
        assert (seen(vera) == {tom.email}) == (day <= 60), day
        assert SupervisionWish.objects.exists() == (day <= 60), day
    assert asked == [53]
    mail = Mail.objects.get()
    assert not TOPIC.search(mail.subject + mail.body), mail.body


def test_a_worker_that_slept_still_asks_and_a_wish_is_over_without_it(
    now: Traveller, vera: Listing, tom: Member
) -> None:
    wish(tom)
    now.move_to(START + 59 * DAY)
    tasks.keep_wishes()
    assert Mail.objects.count() == 1
    now.move_to(START + 61 * DAY)
    assert seen(vera) == set()


def test_renewing_gives_sixty_more(now: Traveller, vera: Listing, tom: Member, client: Client) -> None:
    found = wish(tom)
    now.move_to(START + 55 * DAY)
    tasks.keep_wishes()
    sign_in(client, tom)
    client.post("/supervision/seeking/renew/")
    found.refresh_from_db()
    assert found.ends_on == START.date() + 115 * DAY
    now.move_to(START + 108 * DAY)
    tasks.keep_wishes()
    assert Mail.objects.count() == 2


def test_the_steward_shows_exports_suspends_and_erases(vera: Listing, tom: Member, client: Client) -> None:
    steward = DirectorySteward()
    supervision.offer(by=vera.member, wish_id=wish(tom).pk)
    assert len(steward.holds(tom)) == 1
    told = steward.export(tom)["supervision"]
    assert told["wish"]["stage"] == "associate"
    assert len(told["offers_to_you"]) == 1
    assert steward.export(vera.member)["supervision"]["offers_by_you_on"] == [START.date()]
    steward.suspend(member=tom)
    assert seen(vera) == set()
    sign_in(client, tom)
    assert "Nobody sees it now" in client.get("/supervision/seeking/").content.decode()
    people.erase(by=tom)
    assert not SupervisionWish.objects.exists()
    assert not SupervisionOffer.objects.exists()


def test_the_log_says_nothing_of_whom(vera: Listing, tom: Member) -> None:
    supervision.offer(by=vera.member, wish_id=wish(tom).pk)
    line = Event.objects.latest("pk")
    assert (line.did, line.actor, line.on_id) == (supervision.OFFERED, vera.member.pk, str(vera.member.pk))


def test_a_seeker_without_a_listing_may_keep_away_from_people(tom: Member, client: Client) -> None:
    sign_in(client, tom)
    assert client.get("/listing/distance/").status_code == 404
    wish(tom)
    assert client.get("/listing/distance/").status_code == 200


# -- rules of the tables -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("wish_stage_is_known", {"stage": "boss"}),
        ("wish_has_a_format", {"online": False}),
        ("wish_hours_are_ten_thousand_at_most", {"hours_left": 10_001}),
    ],
)
def test_a_wish_that_breaks_a_rule_is_refused(tom: Member, constraint: str, fields: dict[str, Any]) -> None:
    row = wish(tom)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SupervisionWish.objects.filter(pk=row.pk).update(**fields)
    assert constraint in str(caught.value)


def test_supervision_offer_once(vera: Listing, tom: Member) -> None:
    row = wish(tom)
    SupervisionOffer.objects.create(wish=row, listing=vera)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionOffer.objects.create(wish=row, listing=vera)


def test_rows_have_names_without_a_person(vera: Listing, tom: Member) -> None:
    row = wish(tom)
    assert str(row) == "Associate or provisional licence"
    assert str(SupervisionOffer(wish=row, listing=vera)) == "2026-11-22"
