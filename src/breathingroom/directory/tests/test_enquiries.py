"""Enquiries: written, confirmed, answered, and one role for one person."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.directory.actions import answers, enquiries
from breathingroom.directory.actions.enquiries import Already, Excluded, Gone, NotOffered
from breathingroom.directory.models import (
    Enquiry,
    EnquiryPair,
    Listing,
)
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.tasks import enquiries as tasks
from breathingroom.directory.tests import cast, enquiring
from breathingroom.directory.tests.enquiring import MONDAY, accept, decline, send, visitor
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member
from breathingroom.safety.actions import limits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "world")]

DAY = dt.timedelta(days=1)


# -- sending -------------------------------------------------------------------------------------
def test_a_member_writes_and_the_clinician_hears_neutrally(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren)
    assert (row.state, row.due_at, row.told_at is None) == ("waiting", MONDAY, True)
    assert Enquiry.objects.get().told_at == MONDAY
    mail = Mail.objects.get(to=maren.member.email)
    assert not enquiring.NEUTRAL.search(mail.subject + mail.body.replace("answer this message", ""))
    assert "Rosa" not in mail.subject + mail.body
    assert queries.inbox(maren.member).waiting[0].enquiry == row


def test_the_words_are_sealed_at_rest(maren: Listing, rosa: Member) -> None:
    said = {"name": "sealed name", "reach": "sealed reach", "times": "sealed times"}
    accept(send(rosa, maren, **said), "sealed answer")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_enquiry")
        stored = str(cursor.fetchall())
    assert not [words for words in (*said.values(), "sealed answer") if words in stored]
    assert Enquiry.objects.get().answer == "sealed answer"


def test_the_log_does_not_say_who_looked_for_whom(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren)
    enquiries.withdraw(by=rosa, enquiry=row)
    visitor(maren)
    lines = Event.objects.filter(did__startswith="directory.enquiry")
    assert {line.did for line in lines} == {
        f"directory.enquiry.{verb}" for verb in ("sent", "withdrawn", "written")
    }
    assert {line.actor for line in lines} == {None}
    known = {str(rosa.pk), str(maren.pk), str(maren.member_id), str(row.pk)}
    assert not known & {line.on_id for line in lines}


@pytest.mark.parametrize("role", ["therapist", "dentist", ""])
def test_only_what_they_offer_can_be_asked(rosa: Member, role: str) -> None:
    listing = cast.listing(therapist=False, supervisor=True)
    with pytest.raises(NotOffered):
        send(rosa, listing, role=role)
    with pytest.raises(NotOffered):
        enquiring.draft(listing, role=role)


def test_nobody_writes_to_themselves_or_twice(maren: Listing, rosa: Member) -> None:
    with pytest.raises(Gone):
        send(maren.member, maren)
    row = send(rosa, maren)
    with pytest.raises(Already):
        send(rosa, maren)
    send(rosa, maren, role="consultant")
    decline(row)
    send(rosa, maren)


def test_twice_at_the_same_moment_is_one(
    maren: Listing, rosa: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(rosa, maren)
    monkeypatch.setattr(enquiries, "_demand_first", lambda _row: None)
    with pytest.raises(Already):
        send(rosa, maren)
    assert Enquiry.objects.count() == 1


# -- by a visitor --------------------------------------------------------------------------------
def test_nothing_of_a_visitor_arrives_before_the_address_is_confirmed(maren: Listing) -> None:
    path = enquiring.draft(maren)
    assert not queries.inbox(maren.member).waiting
    assert not Mail.objects.filter(to=maren.member.email).exists()
    asking = Mail.objects.get(to="visitor@example.org")
    assert not enquiring.NEUTRAL.search(asking.subject + asking.body.replace(path, ""))
    row = enquiries.confirm(token=enquiring.token(path))
    assert queries.inbox(maren.member).waiting[0].enquiry == row
    with pytest.raises(Gone):
        enquiries.confirm(token=enquiring.token(path))


def test_a_link_is_long_and_stored_only_as_a_hash(maren: Listing) -> None:
    token = enquiring.token(enquiring.draft(maren))
    assert len(token) >= 32  # 192 bits
    assert token not in str(Enquiry.objects.values().get())


def test_a_link_does_nothing_once_the_listing_is_out_of_sight(maren: Listing) -> None:
    token = enquiring.token(enquiring.draft(maren))
    Listing.objects.update(state="paused")
    with pytest.raises(Gone):
        enquiries.confirm(token=token)


def test_a_visitor_reads_the_answer_by_a_fresh_link(maren: Listing) -> None:
    old = enquiring.token(enquiring.draft(maren))
    row, known = enquiries.confirm(token=old), enquiring.seen()
    accept(row, "I ring on Tuesday")
    assert "Tuesday" not in Mail.objects.exclude(pk__in=known).get().body
    fresh = enquiring.token(enquiring.link("visitor@example.org", known))
    assert fresh != old
    assert Enquiry.objects.get(token=queries.hashed(fresh)) == row
    enquiries.throw_away(token=fresh)
    assert not Enquiry.objects.exists()
    for gone in (fresh, old, ""):
        with pytest.raises(Gone):
            enquiries.throw_away(token=gone)


def test_a_visitor_throws_it_away_before_it_is_sent(maren: Listing) -> None:
    enquiries.throw_away(token=enquiring.token(enquiring.draft(maren)))
    assert not Enquiry.objects.exists()


# -- limits --------------------------------------------------------------------------------------
def test_a_sender_writes_to_five_in_a_day(rosa: Member, monday: time_machine.Traveller) -> None:
    listings = [cast.listing(f"c{n}@example.org") for n in range(6)]
    for listing in listings[:5]:
        send(rosa, listing)
    with pytest.raises(limits.TooMany):
        send(rosa, listings[5])
    monday.move_to(MONDAY + DAY)
    send(rosa, listings[5])


def test_a_visitor_is_counted_by_the_address_when_it_is_confirmed(
    maren: Listing, monday: time_machine.Traveller
) -> None:
    """What others write under somebody's address takes nothing from its owner."""
    listings = [cast.listing(f"c{n}@example.org") for n in range(6)]
    for listing in listings:
        enquiring.draft(listing)
    for listing in listings[:5]:
        visitor(listing, where="192.0.2.9")
    path = enquiring.draft(listings[5], where="192.0.2.7")
    with pytest.raises(limits.TooMany):
        enquiries.confirm(token=enquiring.token(path))
    monday.move_to(MONDAY + DAY)
    enquiries.confirm(token=enquiring.token(path))


def test_one_network_address_drafts_ten_in_an_hour(maren: Listing) -> None:
    for number in range(10):
        enquiring.draft(maren, f"v{number}@example.org")
    with pytest.raises(limits.TooMany):
        enquiring.draft(maren, "v11@example.org")
    enquiring.draft(maren, "v11@example.org", where="192.0.2.2")


def test_many_mails_to_one_address_wait_their_turn_and_still_come(maren: Listing) -> None:
    for number in range(6):
        enquiring.draft(maren, where=f"192.0.2.{number}")
    waits = [(mail.due_at - MONDAY) for mail in Mail.objects.order_by("due_at")]
    assert [wait.total_seconds() / 60 for wait in waits] == [0, 0, 0, 10, 20, 30]


def test_what_is_too_much_for_a_day_reaches_them_the_next(
    maren: Listing, monday: time_machine.Traveller
) -> None:
    for number in range(20):
        visitor(maren, f"v{number}@example.org", where=f"192.0.2.{number}")
    late = visitor(maren, "late@example.org", where="192.0.2.99")
    assert late.due_at is not None
    assert MONDAY < late.due_at <= MONDAY + DAY
    assert len(queries.inbox(maren.member).waiting) == 20
    assert Mail.objects.filter(to=maren.member.email).count() == 20
    tasks.deliver()
    assert Mail.objects.filter(to=maren.member.email).count() == 20
    monday.move_to(MONDAY + DAY)
    tasks.deliver()
    tasks.deliver()
    assert Mail.objects.filter(to=maren.member.email).count() == 21
    assert len(queries.inbox(maren.member).waiting) == 21


# -- answering -----------------------------------------------------------------------------------
def test_an_answer_is_told_neutrally_and_read_here(maren: Listing, rosa: Member) -> None:
    accept(send(rosa, maren), "I ring on Tuesday")
    mail = Mail.objects.get(to=rosa.email)
    assert not enquiring.NEUTRAL.search(mail.subject + mail.body)
    assert "Tuesday" not in mail.body
    row = queries.sent(rosa)[0]
    assert row.answer[1:] == ["I ring on Tuesday"]
    assert "glad to talk" in str(row.answer[0])
    assert row.enquiry.is_accepted


def test_it_is_answered_once_and_only_by_whom_it_is_for(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren)
    other = cast.listing("other@example.org")
    for who in (other.member, rosa):
        with pytest.raises(Gone):
            answers.answer(by=who, enquiry_id=row.pk, line="no_fit", words="")
    decline(row)
    with pytest.raises(Gone):
        accept(row)
    with pytest.raises(Gone):
        answers.answer(by=maren.member, enquiry_id=uuid4(), line="no_fit", words="")


def test_own_words_need_no_ready_made_sentence(maren: Listing, rosa: Member) -> None:
    answers.answer(by=maren.member, enquiry_id=send(rosa, maren).pk, line="no_own", words="Another time.")
    assert queries.sent(rosa)[0].answer == ["Another time."]


def test_taking_back_erases_on_both_sides(maren: Listing, rosa: Member) -> None:
    row = accept(send(rosa, maren))
    with pytest.raises(Gone):
        enquiries.withdraw(by=maren.member, enquiry=row)
    enquiries.withdraw(by=rosa, enquiry=row)
    assert not queries.inbox(maren.member).answered
    with pytest.raises(Gone):
        enquiries.withdraw(by=rosa, enquiry=row)


# -- one person, one role ------------------------------------------------------------------------
@pytest.mark.parametrize(("first", "second"), [("therapist", "supervisor"), ("supervisor", "therapist")])
def test_who_agreed_on_one_cannot_agree_on_the_other(
    maren: Listing, rosa: Member, first: str, second: str
) -> None:
    other = send(rosa, maren, role=second)
    accept(send(rosa, maren, role=first))
    with pytest.raises(Excluded):
        accept(other)
    assert Enquiry.objects.get(pk=other.pk).is_waiting
    decline(other)
    with pytest.raises(Excluded) as refused:
        send(rosa, maren, role=second)
    assert refused.value.standing == first
    accept(send(rosa, maren, role=first))
    accept(send(rosa, maren, role="consultant"))


def test_declining_excludes_nothing(maren: Listing, rosa: Member) -> None:
    decline(send(rosa, maren))
    accept(send(rosa, maren, role="supervisor"))


def test_it_holds_the_other_way_round(maren: Listing) -> None:
    teo = cast.listing("teo@example.org", supervisor=True)
    accept(send(teo.member, maren))
    with pytest.raises(Excluded):
        send(maren.member, teo, role="supervisor")
    send(maren.member, teo, role="therapist")


def test_it_holds_for_a_visitor_who_joins(maren: Listing) -> None:
    accept(visitor(maren, "rosa@example.org"))
    with pytest.raises(Excluded):
        send(make_member("rosa@example.org"), maren, role="supervisor")


def test_it_holds_for_a_member_who_writes_as_a_visitor(maren: Listing, rosa: Member) -> None:
    accept(send(rosa, maren))
    with pytest.raises(Excluded):
        visitor(maren, "Rosa@Example.org", role="supervisor")


def test_others_are_not_concerned(maren: Listing, rosa: Member) -> None:
    accept(send(rosa, maren))
    accept(visitor(maren, role="supervisor"))
    accept(send(rosa, cast.listing("teo@example.org", supervisor=True), role="supervisor"))


def test_the_agreement_goes_with_the_last_word(
    maren: Listing, rosa: Member, monday: time_machine.Traveller
) -> None:
    accept(send(rosa, maren))
    monday.move_to(MONDAY + 31 * DAY)
    Listing.objects.update(openings_confirmed_on=clock.today())
    tasks.forget()
    assert not EnquiryPair.objects.exists()
    send(rosa, maren, role="supervisor")
