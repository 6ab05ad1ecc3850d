"""Enquiries: kept away, counted, forgotten, hinted at; and what the database refuses."""

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from breathingroom.directory import rules
from breathingroom.directory.actions import answers
from breathingroom.directory.actions.enquiries import Already, Gone
from breathingroom.directory.models import (
    Enquiry,
    EnquiryBlock,
    EnquiryPair,
    Hiding,
    Listing,
    ResponseMonth,
)
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries import hiding
from breathingroom.directory.queries.hints import hints
from breathingroom.directory.tasks import enquiries as tasks
from breathingroom.directory.tests import cast, enquiring
from breathingroom.directory.tests.enquiring import MONDAY, accept, decline, send, visitor
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "world")]

DAY = dt.timedelta(days=1)


# -- keeping away --------------------------------------------------------------------------------
def test_a_blocked_member_cannot_tell(maren: Listing, rosa: Member) -> None:
    answers.block(by=maren.member, enquiry=send(rosa, maren))
    assert not queries.inbox(maren.member).waiting
    with pytest.raises(Already):  # as for anybody who waits
        send(rosa, maren)
    before = Mail.objects.count()
    row = send(rosa, maren, role="consultant")
    assert Mail.objects.count() == before
    assert not queries.inbox(maren.member).waiting
    assert queries.sent(rosa)[0].state == queries.sent(rosa)[1].state
    assert not queries.sent(rosa)[0].is_held
    with pytest.raises(Gone):
        accept(row)


def test_a_block_holds_by_address_and_by_member(maren: Listing, rosa: Member) -> None:
    answers.block(by=maren.member, enquiry=send(rosa, maren))
    assert visitor(maren, "ROSA@example.org").hidden
    Member.objects.filter(pk=rosa.pk).update(email="new@example.org")
    rosa.refresh_from_db()
    assert send(rosa, maren, role="consultant").hidden
    assert not send(rosa, cast.listing("teo@example.org")).hidden


def test_a_blocked_visitor_who_joins_stays_blocked(maren: Listing) -> None:
    answers.block(by=maren.member, enquiry=visitor(maren, "rosa@example.org"))
    assert send(make_member("rosa@example.org"), maren).hidden


def test_a_block_is_lifted_by_who_set_it(maren: Listing, rosa: Member) -> None:
    answers.block(by=maren.member, enquiry=send(rosa, maren))
    block = EnquiryBlock.objects.get()
    with pytest.raises(Gone):
        answers.let_in(by=rosa, block_id=block.pk)
    answers.let_in(by=maren.member, block_id=block.pk)
    assert not send(rosa, maren, role="consultant").hidden


def test_a_block_for_all_holds_everywhere(maren: Listing, rosa: Member) -> None:
    answers.block_everywhere(by=maren.member, enquiry=visitor(maren))
    assert visitor(cast.listing("teo@example.org")).hidden
    assert not send(rosa, maren).hidden


def test_a_visitor_whom_the_clinician_keeps_away_from_does_not_arrive(maren: Listing) -> None:
    mark = hiding.marks_of("person", "visitor@example.org")[0]
    Hiding.objects.create(member=maren.member, kind="person", mark=mark, words="visitor@example.org")
    assert visitor(maren).hidden


def test_who_must_not_meet_finds_nothing_of_each_other(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren)
    mark = hiding.marks_of("person", rosa.email)[0]
    Hiding.objects.create(member=maren.member, kind="person", mark=mark, words=rosa.email, whom=rosa)
    assert not queries.inbox(maren.member).waiting
    assert not queries.sent(rosa)
    with pytest.raises(Gone):
        accept(row)


# -- the record ----------------------------------------------------------------------------------
ZONE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("received", "until"),
    [
        ("2026-11-23 10:00", "2026-11-25 10:00"),  # Monday to Wednesday
        ("2026-11-26 15:00", "2026-11-30 15:00"),  # Thursday to Monday
        ("2026-11-27 23:30", "2026-12-01 23:30"),  # Friday to Tuesday
        ("2026-11-28 12:00", "2026-12-02 00:00"),  # Saturday counts as Monday morning
        ("2026-11-29 12:00", "2026-12-02 00:00"),  # Sunday, too
        ("2026-10-30 10:00", "2026-11-03 10:00"),  # over the end of summer time: the same hour
        ("2027-03-12 10:00", "2027-03-16 10:00"),  # and over its beginning
    ],
)
def test_two_working_days_by_the_clinicians_clock(received: str, until: str) -> None:
    at = dt.datetime.fromisoformat(received).replace(tzinfo=ZONE)
    found = rules.answer_by(at.astimezone(dt.UTC), ZONE)
    assert found.astimezone(ZONE).replace(tzinfo=None) == dt.datetime.fromisoformat(until)


def test_the_zone_is_the_clinicians(rosa: Member) -> None:
    friday_night = dt.datetime(
        2026, 11, 28, 3, 0, tzinfo=dt.UTC
    )  # Friday evening in Seattle, Saturday in Berlin
    assert rules.answer_by(friday_night, ZONE) != rules.answer_by(friday_night, ZoneInfo("Europe/Berlin"))


def test_the_record_shows_from_five_on_and_counts_a_kind_no(maren: Listing) -> None:
    for number in range(4):
        decline(visitor(maren, f"v{number}@example.org"))
    assert queries.response_record(maren.pk) is None
    accept(visitor(maren, "v5@example.org"))
    assert queries.response_record(maren.pk) == queries.ResponseRecord(5, 5)


def test_what_is_late_counts_once_answered_or_not(maren: Listing, monday: time_machine.Traveller) -> None:
    rows = [visitor(maren, f"v{number}@example.org") for number in range(5)]
    monday.move_to(MONDAY + 2 * DAY)
    decline(rows[0])
    tasks.record()
    assert ResponseMonth.objects.get().received == 1
    monday.move_to(MONDAY + 2 * DAY + dt.timedelta(minutes=1))
    decline(rows[1])
    tasks.record()
    tasks.record()
    assert queries.response_record(maren.pk) == queries.ResponseRecord(5, 1)
    decline(rows[2])
    assert queries.response_record(maren.pk) == queries.ResponseRecord(5, 1)


def test_what_they_were_kept_from_seeing_is_not_held_against_them(
    maren: Listing, rosa: Member, monday: time_machine.Traveller
) -> None:
    answers.block(by=maren.member, enquiry=visitor(maren))
    send(rosa, maren)
    mark = hiding.marks_of("person", rosa.email)[0]
    Hiding.objects.create(member=maren.member, kind="person", mark=mark, words=rosa.email, whom=rosa)
    monday.move_to(MONDAY + 3 * DAY)
    tasks.record()
    assert not ResponseMonth.objects.exists()


def test_the_record_outlives_the_words_and_ends_after_a_year(
    maren: Listing, monday: time_machine.Traveller
) -> None:
    for number in range(5):
        decline(visitor(maren, f"v{number}@example.org"))
    monday.move_to(MONDAY + 31 * DAY)
    tasks.forget()
    assert not Enquiry.objects.exists()
    assert queries.response_record(maren.pk) == queries.ResponseRecord(5, 5)
    monday.move_to(dt.datetime(2027, 10, 31, 12, tzinfo=dt.UTC))
    assert queries.response_record(maren.pk) is not None
    monday.move_to(dt.datetime(2027, 11, 1, 12, tzinfo=dt.UTC))
    assert queries.response_record(maren.pk) is None
    tasks.forget()
    assert not ResponseMonth.objects.exists()


# -- forgetting ----------------------------------------------------------------------------------
def test_it_is_erased_thirty_days_after_its_last_change(
    maren: Listing, rosa: Member, monday: time_machine.Traveller
) -> None:
    still, changed = send(rosa, maren), visitor(maren)
    monday.move_to(MONDAY + 20 * DAY)
    decline(changed)
    monday.move_to(MONDAY + 30 * DAY)
    tasks.forget()
    assert set(Enquiry.objects.all()) == {still, changed}
    monday.move_to(MONDAY + 30 * DAY + dt.timedelta(seconds=1))
    tasks.record()  # counting it as late is no change
    tasks.forget()
    assert set(Enquiry.objects.all()) == {changed}
    monday.move_to(MONDAY + 50 * DAY + dt.timedelta(seconds=1))
    tasks.forget()
    assert not Enquiry.objects.exists()


def test_what_nobody_confirmed_goes_after_two_days(maren: Listing, monday: time_machine.Traveller) -> None:
    enquiring.draft(maren)
    monday.move_to(MONDAY + 2 * DAY)
    tasks.forget()
    assert Enquiry.objects.exists()
    monday.move_to(MONDAY + 2 * DAY + dt.timedelta(seconds=1))
    tasks.forget()
    assert not Enquiry.objects.exists()


# -- hints ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "I will send a cashier's check, keep your fee and send the rest to my driver",
        "I'll overpay and you refund the balance",
        "My assistant will pay you before the first session",
        "My daughter will be travelling to your city in March",
        "Do you accept credit cards? I want to pay for ten sessions in advance",
        "I pay by Western Union or gift cards",
        "see https://example.org/me",
        "We offer SEO and web design for practices",
        "Mi asistente pagará con un cheque",
    ],
)
def test_a_known_fraud_gives_a_hint(words: str) -> None:
    assert hints("Rosa", words)


@pytest.mark.parametrize(
    "words",
    [
        "weekdays after six, Fridays before noon",
        "+1 206 555 0100, after my last client",
        "rosa@home.example.org",
        "I check in at the hospital at eight, so evenings are best",
        "My daughter is in school until three, so mornings",
        "Puedo los martes por la tarde; mis horas son de cinco a siete",
        "whenever you have room; I can pay your usual fee",
    ],
)
def test_ordinary_words_give_none(words: str) -> None:
    assert hints("Rosa Visitor", words) == []


# -- the database --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("enquiry_role_is_known", {"role": "?"}),
        ("enquiry_state_is_known", {"state": "?"}),
        ("enquiry_has_one_sender", {"email": "both@example.org"}),
        ("enquiry_has_one_sender", {"member": None}),
        ("enquiry_is_due_once_confirmed", {"due_at": None}),
        ("enquiry_answer_fits_its_state", {"state": "accepted"}),
        ("enquiry_answer_fits_its_state", {"state": "declined", "line": "yes_room", "answered_at": MONDAY}),
    ],
)
def test_the_database_refuses_an_enquiry(
    maren: Listing, rosa: Member, constraint: str, wrong: dict[str, object]
) -> None:
    row = send(rosa, maren)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Enquiry.objects.filter(pk=row.pk).update(**wrong)


def test_enquiry_waits_once(maren: Listing, rosa: Member) -> None:
    row = send(rosa, maren)
    row.pk, row._state.adding = uuid4(), True
    with pytest.raises(IntegrityError, match=r"enquiry_waits_once|person"), transaction.atomic():
        row.save()


def test_enquiry_token_opens_one(maren: Listing, rosa: Member) -> None:
    send(rosa, maren)
    visitor(maren)
    with pytest.raises(IntegrityError, match=r"enquiry_token_opens_one|token"), transaction.atomic():
        Enquiry.objects.update(token="x")


def test_enquiry_pair_role_is_exclusive() -> None:
    with pytest.raises(IntegrityError, match="enquiry_pair_role_is_exclusive"), transaction.atomic():
        EnquiryPair.objects.create(mark="x", role="consultant")


@pytest.mark.parametrize(
    ("constraint", "first", "second"),
    [
        ("enquiry_block_once|member_id", "maren", "maren"),
        ("enquiry_block_once_for_all|mark", None, None),
    ],
)
def test_the_database_refuses_a_block_twice(
    maren: Listing, constraint: str, first: str | None, second: str | None
) -> None:
    EnquiryBlock.objects.create(member=maren.member if first else None, mark="x")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EnquiryBlock.objects.create(member=maren.member if second else None, mark="x")


def test_enquiry_block_is_not_of_oneself(rosa: Member) -> None:
    with pytest.raises(IntegrityError, match="enquiry_block_is_not_of_oneself"), transaction.atomic():
        EnquiryBlock.objects.create(member=rosa, mark="x", whom=rosa)


def test_response_month_once_and_in_time_is_a_part(maren: Listing) -> None:
    month = ResponseMonth.objects.create(listing=maren, month=MONDAY.date(), received=1)
    with pytest.raises(IntegrityError, match=r"response_month_once|month"), transaction.atomic():
        ResponseMonth.objects.create(listing=maren, month=month.month)
    with pytest.raises(IntegrityError, match="response_month_in_time_is_a_part"), transaction.atomic():
        ResponseMonth.objects.filter(pk=month.pk).update(in_time=2)
