"""Each rule of the database, broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from breathingroom.core import clock
from breathingroom.people.models import Consent, Member, StaffSession
from breathingroom.people.tests.actors import make_member, make_operator

pytestmark = pytest.mark.django_db


def broken(name: str) -> "pytest.RaisesExc[IntegrityError]":
    return pytest.raises(IntegrityError, match=name)


def test_member_email_is_lower_case() -> None:
    with broken("member_email_is_lower_case"), transaction.atomic():
        Member.objects.create(email="Rosa@example.org")


def test_an_address_belongs_to_one_member() -> None:
    make_member()
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(email="rosa@example.org")


def test_staff_session_is_at_most_an_hour() -> None:
    for minutes in (0, 61):
        with broken("staff_session_is_at_most_an_hour"), transaction.atomic():
            StaffSession.objects.create(
                member=make_member(f"m{minutes}@example.org"), reason="why", minutes=minutes
            )


def test_staff_session_has_a_reason() -> None:
    with broken("staff_session_has_a_reason"), transaction.atomic():
        StaffSession.objects.create(member=make_operator(), reason="", minutes=5)


def test_staff_session_ends_after_it_began() -> None:
    before = clock.now() - dt.timedelta(minutes=1)
    with broken("staff_session_ends_after_it_began"), transaction.atomic():
        StaffSession.objects.create(member=make_operator(), reason="why", minutes=5, ended_at=before)


def test_consent_is_given_once_a_version() -> None:
    member = make_member()
    with pytest.raises(IntegrityError), transaction.atomic():  # consent_is_given_once_a_version
        Consent.objects.create(member=member, kind="terms", version=1)
    Consent.objects.filter(kind="terms").update(withdrawn_at=clock.now())
    Consent.objects.create(member=member, kind="terms", version=1)


def test_consent_is_withdrawn_after_it_was_given() -> None:
    before = clock.now() - dt.timedelta(minutes=1)
    with broken("consent_is_withdrawn_after_it_was_given"), transaction.atomic():
        Consent.objects.create(member=make_member(), kind="x", version=1, withdrawn_at=before)


def test_a_staff_session_runs_out_by_itself() -> None:
    session = StaffSession(minutes=30, reason="why")
    assert session.is_open(session.began_at)
    assert session.minutes_left(session.began_at) == 30
    assert session.minutes_left(session.began_at + dt.timedelta(seconds=1)) == 30
    assert session.minutes_left(session.began_at + dt.timedelta(minutes=29, seconds=30)) == 1
    assert not session.is_open(session.ends_at)
    assert session.minutes_left(session.ends_at) == 0


def test_there_are_no_passwords() -> None:
    assert not make_member().has_usable_password()


def test_a_member_is_called_by_name_or_by_the_start_of_the_address() -> None:
    assert make_member().get_short_name() == "rosa"
    assert make_member("a@example.org", name="Ada").get_short_name() == "Ada"
    assert str(Member(email="a@example.org")) == "a@example.org"
