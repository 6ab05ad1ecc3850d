"""Booking, cancelling, and what happens to a call when somebody goes."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import transaction
from icalendar import Calendar

from breathingroom.audit.models import Event
from breathingroom.core import clock, zones
from breathingroom.core.work import JOBS
from breathingroom.directory.actions import call_offers, calls, hiding, listings
from breathingroom.directory.adapters import DirectorySteward
from breathingroom.directory.choices import Away, CallSide, CallState
from breathingroom.directory.models import Call, CallOffer, CallSkip, EnquiryBlock, Listing
from breathingroom.directory.queries import call_pages
from breathingroom.directory.queries import calls as times
from breathingroom.directory.tests import callers, cast
from breathingroom.notify.models import Mail
from breathingroom.people import actions as people
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
TOPIC = re.compile(
    r"therap|clinic|care|burnout|mental|health|listing|licen[cs]e|counsel|supervis|crisis|call|maren|rosa",
    re.I,
)


@pytest.fixture
def listing() -> Listing:
    return callers.offering()


@pytest.fixture
def member() -> Member:
    return make_member(name="Rosa Lind", time_zone="Europe/London")


def mails(to: str) -> list[Mail]:
    return list(Mail.objects.filter(to=to).order_by("created_at", "pk"))


def event(mail: Mail) -> Any:
    (found,) = Calendar.from_ical(mail.file).walk("VEVENT")
    return found


def test_a_booked_time_is_a_call_and_free_no_more(listing: Listing, member: Member) -> None:
    slot = callers.first(listing)
    call = calls.book(by=member, listing=listing, starts_at=slot.starts_at)
    assert (call.starts_at, call.on, call.at, call.time_zone) == (
        slot.starts_at,
        slot.on,
        slot.at,
        callers.ZONE,
    )
    assert slot not in times.free(listing)
    assert times.open_between(member, listing) == call


def test_both_get_a_neutral_mail_with_a_file_by_their_own_clock(listing: Listing, member: Member) -> None:
    call = callers.book(member, listing)
    (to_member,), (to_provider,) = mails(member.email), mails(listing.member.email)
    assert "(Europe/London), 20 minutes" in to_member.body
    assert "4:00 p.m." in to_member.body or "5 p.m." in to_member.body or "5:00 p.m." in to_member.body
    assert str(call.pk) in to_member.body
    for mail in (to_member, to_provider):
        words = f"{mail.subject} {re.sub(r'http[^ ]+', '', mail.body)} {mail.file_name}"
        assert not TOPIC.search(words.replace("calendar", "").replace("America/Los Angeles", "")), words
        assert not TOPIC.search(mail.file)
        assert (event(mail)["UID"], event(mail)["SEQUENCE"], event(mail).start) == (
            str(call.pk),
            0,
            call.starts_at,
        )


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_mail_speaks_the_language_of_whoever_reads_it(listing: Listing, language: str) -> None:
    other = make_member("vera@example.org", language=language)
    callers.book(other, listing)
    (mail,) = mails(other.email)
    month = clock.now().strftime("%Y")
    assert month[:2] in mail.body
    assert (" de 20" in mail.body) == (language == "es")


@pytest.mark.parametrize("by_provider", [True, False])
def test_either_side_cancels_and_both_are_told(listing: Listing, member: Member, by_provider: bool) -> None:
    call = callers.book(member, listing)
    calls.cancel(by=listing.member if by_provider else member, call=call)
    call.refresh_from_db()
    side = CallSide.PROVIDER if by_provider else CallSide.MEMBER
    assert (call.state, call.cancelled_by, call.sequence) == (CallState.CANCELLED, side, 1)
    assert callers.first(listing).starts_at == call.starts_at, "free again"
    for address in (member.email, listing.member.email):
        mail = mails(address)[-1]
        assert mail.file_type.endswith("method=CANCEL")
        assert (event(mail)["UID"], event(mail)["SEQUENCE"]) == (str(call.pk), 1)
        assert event(mail)["STATUS"] == "CANCELLED"
        assert not TOPIC.search(
            re.sub(r"http[^ ]+|calendar|America/Los Angeles", "", mail.subject + mail.body)
        )


def test_a_cancelled_time_can_be_booked_again_by_the_same_two(listing: Listing, member: Member) -> None:
    calls.cancel(by=member, call=callers.book(member, listing))
    again = callers.book(member, listing)
    assert Call.objects.open().get() == again


@pytest.mark.parametrize("state", ["begun", "cancelled", "held"])
def test_it_is_too_late_to_cancel_what_has_begun_or_is_off(
    listing: Listing, member: Member, state: str
) -> None:
    call = callers.book(member, listing)
    fields: dict[str, dict[str, Any]] = {
        "begun": {"starts_at": clock.now() - dt.timedelta(minutes=1)},
        "cancelled": {"state": "cancelled", "cancelled_by": "member"},
        "held": {"state": "held"},
    }
    Call.objects.update(**fields[state])
    before = Mail.objects.count()
    with pytest.raises(calls.TooLate):
        calls.cancel(by=member, call=call)
    assert Mail.objects.count() == before


def test_a_time_that_is_taken_or_was_never_offered_is_taken(listing: Listing, member: Member) -> None:
    slot = callers.first(listing)
    callers.book(make_member("vera@example.org"), listing)
    for moment in (slot.starts_at, slot.starts_at + dt.timedelta(minutes=1), clock.now()):
        with pytest.raises(calls.Taken):
            calls.book(by=member, listing=listing, starts_at=moment)
    assert Call.objects.count() == 1


def test_a_sender_who_is_blocked_is_always_too_late(listing: Listing, member: Member) -> None:
    EnquiryBlock.objects.create(member=listing.member, whom=member, mark="a mark")
    with pytest.raises(calls.Taken):
        callers.book(member, listing)
    callers.book(make_member("vera@example.org"), listing)


def test_the_database_has_the_last_word(listing: Listing, member: Member) -> None:
    """Should the check be passed by two at once, the constraint says taken, and nothing is left over."""
    slot = callers.first(listing)
    callers.book(make_member("vera@example.org"), listing)
    before = Mail.objects.count()
    with patch.object(times, "free", lambda _listing: [slot]), pytest.raises(calls.Taken):
        calls.book(by=member, listing=listing, starts_at=slot.starts_at)
    assert (Call.objects.count(), Mail.objects.count()) == (1, before)


def test_two_have_one_call_to_come(listing: Listing, member: Member) -> None:
    call = callers.book(member, listing)
    with pytest.raises(calls.OpenAlready) as known:
        callers.book(member, listing)
    assert known.value.call == call


def test_a_call_that_is_over_makes_room_at_once(listing: Listing, member: Member) -> None:
    old = callers.past(member, listing)
    callers.book(member, listing)
    old.refresh_from_db()
    assert old.state == CallState.HELD


def test_nobody_books_themselves_twice_at_one_time_or_without_end(member: Member) -> None:
    offered = [callers.offering(f"p{n}@example.org") for n in range(calls.MOST_OPEN + 2)]
    with pytest.raises(calls.OwnListing):
        callers.book(offered[0].member, offered[0])
    callers.book(member, offered[0])
    with pytest.raises(calls.Clash):
        callers.book(member, offered[1])
    for n, each in enumerate(offered[1 : calls.MOST_OPEN]):
        CallOffer.objects.filter(listing=each).update(at=dt.time(10 + n))
        callers.book(member, each)
    CallOffer.objects.filter(listing=offered[-1]).update(at=dt.time(20))
    with pytest.raises(calls.EnoughOpen):
        callers.book(member, offered[-1])


def test_a_clinician_who_is_called_at_that_time_cannot_book_another(listing: Listing, member: Member) -> None:
    callers.book(member, listing)
    with pytest.raises(calls.Clash):
        callers.book(listing.member, callers.offering("vera@example.org"))


@pytest.mark.parametrize("gone", ["paused", "suspended", "expired", "hidden", "hiding", "deleted"])
def test_a_listing_that_is_out_of_sight_has_no_times(listing: Listing, member: Member, gone: str) -> None:
    slot = callers.first(listing)
    if gone == "paused":
        listings.pause(by=listing.member)
    if gone == "suspended":
        Member.objects.filter(pk=listing.member_id).update(is_active=False)
    if gone == "expired":
        Listing.objects.update(openings_confirmed_on=clock.today() - dt.timedelta(days=91))
    if gone == "hidden":
        hiding.add(by=listing.member, kind=Away.PERSON, words=member.email)
    if gone == "hiding":
        hiding.add(by=member, kind=Away.PERSON, words=listing.member.email)
    if gone == "deleted":
        listings.delete(by=listing.member, typed=listing.name)
    with pytest.raises(calls.NoListing):
        calls.book(by=member, listing=listing, starts_at=slot.starts_at)
    assert not Mail.objects.exists()


def test_the_log_knows_of_calls_and_not_whose(listing: Listing, member: Member) -> None:
    Event.objects.all()
    before = set(Event.objects.values_list("pk", flat=True))
    calls.cancel(by=member, call=callers.book(member, listing))
    lines = Event.objects.exclude(pk__in=before)
    assert {line.did for line in lines} == {"directory.call.booked", "directory.call.cancelled"}
    assert {(line.actor, line.on_id) for line in lines} == {(None, "")}


# -- when somebody goes --------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["provider", "member"])
def test_erasing_an_account_tells_the_other_and_leaves_nothing(
    listing: Listing, member: Member, who: str
) -> None:
    call = callers.book(member, listing)
    callers.past(make_member("vera@example.org"), listing)
    goes, stays = (listing.member, member) if who == "provider" else (member, listing.member)
    people.erase(by=goes)
    told = mails(stays.email)[-1]
    assert event(told)["STATUS"] == "CANCELLED"
    assert str(call.pk) not in told.body, "no page is left to look at"
    assert not Call.objects.filter(pk=call.pk).exists()
    assert not [mail for mail in mails(goes.email) if mail.file]


def test_deleting_the_listing_alone_tells_whoever_booked(listing: Listing, member: Member) -> None:
    callers.book(member, listing)
    listings.delete(by=listing.member, typed=listing.name)
    assert event(mails(member.email)[-1])["STATUS"] == "CANCELLED"
    assert not Call.objects.exists()


@pytest.mark.parametrize("who", ["provider", "member"])
def test_suspending_calls_off_what_is_to_come(listing: Listing, member: Member, who: str) -> None:
    call = callers.book(member, listing)
    goes, stays = (listing.member, member) if who == "provider" else (member, listing.member)
    DirectorySteward().suspend(member=goes)
    call.refresh_from_db()
    assert (call.state, call.cancelled_by) == (CallState.CANCELLED, CallSide.HOUSE)
    assert event(mails(stays.email)[-1])["STATUS"] == "CANCELLED"


def test_those_who_keep_apart_are_called_off_by_the_worker(listing: Listing, member: Member) -> None:
    call = callers.book(member, listing)
    other = callers.book(make_member("vera@example.org"), listing)
    assert calls.part() == 0
    hiding.add(by=listing.member, kind=Away.PERSON, words=member.email)
    assert calls.part() == 1
    for row in (call, other):
        row.refresh_from_db()
    assert (call.state, other.state) == (CallState.CANCELLED, CallState.OPEN)
    assert calls.part() == 0


def test_the_steward_hands_over_both_sides(listing: Listing, member: Member) -> None:
    steward, call = DirectorySteward(), callers.book(member, listing)
    CallSkip.objects.create(offer=listing.call_offers.get(), on=dt.date(2026, 12, 1))
    given = steward.export(listing.member)["calls"]
    assert given["terms"]["reach"] == "+1 206 555 0100"
    assert given["times"][0]["left_out"] == [dt.date(2026, 12, 1)]
    assert [(row["id"], row["you_offered"]) for row in given["calls"]] == [(call.pk, True)]
    taken = steward.export(member)["calls"]
    assert (taken["terms"], taken["times"]) == (None, [])
    assert [(row["id"], row["you_offered"]) for row in taken["calls"]] == [(call.pk, False)]
    assert len(steward.holds(member)) == 1


# -- by itself -----------------------------------------------------------------------------------
def test_calls_are_closed_when_over_and_erased_after_thirty_days(listing: Listing, member: Member) -> None:
    callers.past(member, listing, days=29)
    callers.past(make_member("vera@example.org"), listing, days=31)
    coming = callers.book(make_member("ada@example.org"), listing)
    CallSkip.objects.create(offer=listing.call_offers.get(), on=clock.today() - dt.timedelta(days=9))
    day = clock.today() - dt.timedelta(days=40)
    callers.offer(listing, weekday=None, begins_on=day, ends_on=day)
    assert calls.settle() == 2
    assert calls.forget() == 3
    assert set(Call.objects.values_list("state", flat=True)) == {"held", "open"}
    assert Call.objects.get(state="open") == coming
    assert CallOffer.objects.count() == 1


def test_a_call_follows_its_wall_when_a_zone_changes_its_rules(listing: Listing, member: Member) -> None:
    call = callers.book(member, listing)
    assert calls.realign() == 0
    later = call.starts_at + dt.timedelta(hours=1)
    with patch.object(zones, "moment", lambda *_: later):
        assert calls.realign() == 1
    call.refresh_from_db()
    assert (call.starts_at, call.sequence, call.state) == (later, 1, CallState.OPEN)
    for address in (member.email, listing.member.email):
        assert (event(mails(address)[-1]).start, event(mails(address)[-1])["SEQUENCE"]) == (later, 1)


def test_calls_that_would_meet_by_new_rules_stay_where_they_are(listing: Listing, member: Member) -> None:
    one, two = callers.book(member, listing), callers.book(make_member("vera@example.org"), listing)
    with patch.object(zones, "moment", lambda *_: two.starts_at), transaction.atomic():
        assert calls.realign() == 0
    one.refresh_from_db()
    assert one.sequence == 0


def test_the_worker_knows_the_jobs() -> None:
    assert {"directory.calls.settle", "directory.calls.realign", "directory.calls.forget"} <= JOBS.keys()
    assert [JOBS[f"directory.calls.{name}"].run() for name in ("settle", "realign", "forget")] == [0, 0, 0]


# -- offering ------------------------------------------------------------------------------------
def test_offering_needs_a_listing_and_terms(member: Member) -> None:
    fields = {"weekday": 1, "begins_on": clock.today(), "at": dt.time(8), "time_zone": "UTC", "minutes": 15}
    with pytest.raises(listings.NoListing):
        call_offers.offer(by=member, **fields)
    row = cast.listing()
    with pytest.raises(call_offers.NoTerms):
        call_offers.offer(by=row.member, **fields)
    call_offers.set_terms(
        by=row.member, way="phone", reach="+1 206 555 0100", notice_hours=2, horizon_days=14
    )
    call_offers.offer(by=row.member, **fields)
    with pytest.raises(call_offers.OfferedAlready):
        call_offers.offer(by=row.member, **fields)
    with patch.object(call_offers, "MOST_OFFERS", 1), pytest.raises(call_offers.TooManyOffers):
        call_offers.offer(by=row.member, **{**fields, "weekday": 2})


def test_what_is_booked_stays_whatever_happens_to_the_offer(listing: Listing, member: Member) -> None:
    call, by = callers.book(member, listing), listing.member
    offer = listing.call_offers.get()
    call_offers.skip(by=by, offer=offer, on=call.on, skipped=True)
    call_offers.skip(by=by, offer=offer, on=call.on, skipped=True)
    call_offers.pause(by=by, offer=offer, paused=True)
    call_offers.withdraw(by=by, offer=offer)
    assert call_pages.mine(member)[0][0].reach == "+1 206 555 0100"
    tries: list[Callable[[], None]] = [
        lambda: call_offers.pause(by=by, offer=offer, paused=False),
        lambda: call_offers.withdraw(by=by, offer=offer),
        lambda: call_offers.skip(by=by, offer=offer, on=call.on, skipped=True),
    ]
    for do in tries:
        with pytest.raises(call_offers.NoOffer):
            do()


def test_a_day_that_an_offer_does_not_have_cannot_be_left_out(listing: Listing) -> None:
    offer = listing.call_offers.get()
    tuesday = next(offer.days(clock.today(), clock.today() + dt.timedelta(days=8))) + dt.timedelta(days=1)
    with pytest.raises(call_offers.NoOffer):
        call_offers.skip(by=listing.member, offer=offer, on=tuesday, skipped=True)


@time_machine.travel("2026-11-22T12:00:00Z", tick=False)
def test_the_next_days_of_an_offer_are_free_left_out_booked_or_moved(
    listing: Listing, member: Member
) -> None:
    offer = listing.call_offers.get()
    call = callers.book(member, listing)
    CallSkip.objects.create(offer=offer, on=call.on + dt.timedelta(days=7))
    days = call_pages.coming(offer)
    assert [(day.booked, day.skipped, day.moved) for day in days[:3]] == [
        (True, False, False), (False, True, False), (False, False, False),
    ]  # fmt: skip
    spring = callers.offer(listing, weekday=6, at=dt.time(2, 30), begins_on=dt.date(2027, 3, 14))
    moved = call_pages.coming(spring)[0]
    assert (moved.moved, moved.when.time) == (True, "3:30 a.m.")
