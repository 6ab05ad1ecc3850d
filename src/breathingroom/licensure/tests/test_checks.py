"""From handing in a licence to the decision about it."""

from typing import Any

import pytest

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.licensure import actions, queries, rules
from breathingroom.licensure.actions import checks
from breathingroom.licensure.models import Evidence, EvidenceView, Licence, Verification
from breathingroom.licensure.tests.checking import PDF, file_of, grant, handed_in, seen, upload
from breathingroom.licensure.tests.people import days, licence, member
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member

pytestmark = pytest.mark.django_db
Commit = Any


# -- handing in ----------------------------------------------------------------------------------
def test_a_licence_is_handed_in_once(nora: Member, row: Licence) -> None:
    check = checks.submit(by=nora, licence=row)
    assert (check.state, check.kind, check.evidence.count()) == ("waiting", "first", 0)
    with pytest.raises(checks.NothingNew):
        checks.submit(by=nora, licence=row)
    assert checks.submit(by=nora, licence=row, upload=upload()) == check
    assert Verification.objects.count() == 1


def test_a_licence_without_a_number_is_not_looked_up(nora: Member) -> None:
    with pytest.raises(checks.NoNumber):
        checks.submit(by=nora, licence=licence(nora), upload=upload())
    assert not Verification.objects.exists()


def test_three_files_are_enough(row: Licence) -> None:
    handed_in(row, upload(), upload(), upload())
    with pytest.raises(checks.TooManyFiles):
        handed_in(row)


def test_not_again_and_again(nora: Member, row: Licence, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(checks.MOST_CHECKS):
        Verification.objects.create(licence=row, state="closed")
    with pytest.raises(checks.TooOften):
        checks.submit(by=nora, licence=row)
    Verification.objects.update(submitted_at=clock.now() - days(checks.OFTEN_DAYS + 1))
    assert checks.submit(by=nora, licence=row).state == "waiting"


def test_what_was_just_checked_is_not_handed_in(nora: Member, op: Member, row: Licence) -> None:
    grant(op, handed_in(row))
    with pytest.raises(checks.NothingNew):
        checks.submit(by=nora, licence=row, upload=upload())


def test_taking_back_deletes_at_once(nora: Member, row: Licence, commit: Commit) -> None:
    path = file_of(handed_in(row).evidence.get())
    assert path.exists()
    with commit():
        checks.withdraw(by=nora, licence=row)
    assert not path.exists()
    assert not Verification.objects.exists()
    with pytest.raises(checks.NotOpen):
        checks.withdraw(by=nora, licence=row)


def test_a_yearly_check_is_not_the_members_to_take_back(nora: Member, row: Licence) -> None:
    Verification.objects.create(licence=row, kind="yearly")
    with pytest.raises(checks.NotOpen):
        checks.withdraw(by=nora, licence=row)


# -- looking -------------------------------------------------------------------------------------
def test_each_of_the_staff_opens_a_file_once(op: Member, row: Licence) -> None:
    file = handed_in(row).evidence.get()
    assert checks.view(by=op, evidence_id=file.pk) == ("pdf", PDF)
    with pytest.raises(checks.ViewedAlready):
        checks.view(by=op, evidence_id=file.pk)
    other = member("other@example.org", is_staff=True)
    assert checks.view(by=other, evidence_id=file.pk)[1] == PDF
    assert list(Event.objects.filter(did="licensure.evidence.viewed").values_list("actor", "on_id")) == [
        (other.pk, str(row.member_id)),
        (op.pk, str(row.member_id)),
    ]


def test_a_view_of_nothing_is_no_view(op: Member, row: Licence) -> None:
    file = handed_in(row).evidence.get()
    file_of(file).unlink()
    with pytest.raises(checks.Gone):
        checks.view(by=op, evidence_id=file.pk)
    assert not EvidenceView.objects.exists()


def test_nobody_looks_at_or_decides_their_own(op: Member) -> None:
    check = handed_in(licence(op, number="1"))
    with pytest.raises(checks.OwnLicence):
        checks.view(by=op, evidence_id=check.evidence.get().pk)
    with pytest.raises(checks.OwnLicence):
        grant(op, check)
    with pytest.raises(checks.OwnLicence):
        checks.refuse(by=op, check=check, seen=seen(check), reason="not_found")


# -- deciding ------------------------------------------------------------------------------------
def test_granted_it_counts_and_the_file_is_gone(op: Member, row: Licence, commit: Commit) -> None:
    check = handed_in(row)
    path, until = file_of(check.evidence.get()), clock.today() + days(500)
    with commit():
        assert grant(op, check, expires_on=until).state == "granted"
    row.refresh_from_db()
    assert (row.status, row.checked_on, row.checked_by, row.expires_on, row.checked_against) == (
        "active", clock.today(), op.pk, until, "Ohio eLicense",
    )  # fmt: skip
    assert row.mark
    assert "123" not in row.mark
    assert not path.exists()
    file = Evidence.objects.get()
    assert (file.name, file.purged_at is None) == ("", False)
    assert Event.objects.filter(did="licensure.check.granted", actor=op.pk).exists()


def test_refused_it_says_why_and_an_old_check_falls(op: Member, row: Licence, commit: Commit) -> None:
    grant(op, handed_in(row))
    again = Verification.objects.create(licence=row, kind="yearly")
    with commit():
        done = checks.refuse(by=op, check=again, seen=seen(again), reason="not_found", note="Sorry.")
    row.refresh_from_db()
    assert (row.status, row.checked_on, row.mark, row.checked_against) == ("claimed", None, "", "")
    assert (done.state, done.reason, done.note, done.decided_by) == ("refused", "not_found", "Sorry.", op.pk)


def test_not_active_is_written_on_the_licence(op: Member, row: Licence) -> None:
    check = handed_in(row)
    checks.refuse(by=op, check=check, seen=seen(check), reason="not_active")
    row.refresh_from_db()
    assert row.status == "lapsed"


def test_asked_for_more_the_member_answers_and_keeps_the_place(
    nora: Member, op: Member, row: Licence
) -> None:
    check = handed_in(row)
    asked = checks.ask(by=op, check=check, seen=seen(check), reason="unreadable", note="Too dark.")
    assert (asked.state, asked.decided_by) == ("asked", None)
    assert queries.queue().waiting == []
    assert queries.queue().asked == 1
    answer = checks.submit(by=nora, licence=row)
    assert (answer.pk, answer.state, answer.note) == (check.pk, "waiting", "")
    assert answer.submitted_at == check.submitted_at
    assert [each.pk for each in queries.queue().waiting] == [check.pk]


def test_one_decision_and_no_second(op: Member, row: Licence) -> None:
    check = handed_in(row)
    grant(op, check)
    with pytest.raises(checks.NotOpen):
        grant(op, check)
    with pytest.raises(checks.NotOpen):
        checks.refuse(by=op, check=check, seen=seen(check), reason="not_found")


def test_a_decision_is_about_what_was_seen(nora: Member, op: Member, row: Licence) -> None:
    check, old = handed_in(row), seen(Verification(licence=row))
    actions.change_licence(by=nora, licence=row, number="PSY 999", expires_on=None)
    with pytest.raises(actions.ChangedSince):
        grant(op, check, seen=old)
    row.refresh_from_db()
    assert row.status == "claimed"


def test_each_outcome_is_told_neutrally_and_once(op: Member, row: Licence) -> None:
    check = handed_in(row)
    checks.ask(by=op, check=check, seen=seen(check), reason="unreadable")
    checks.submit(by=row.member, licence=row)
    grant(op, check)
    mails = list(Mail.objects.all())
    assert len(mails) == 2
    for mail in mails:
        said = f"{mail.subject} {mail.body}".lower()
        assert not {"licen", "psych", "ohio", "check", "http", "breathing"} & set(said.split())
        assert "licen" not in said
        assert "http" not in said


# -- once ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("same", ["PSY 0123", "psy-123", "Psy.000123", " PSY/0123 "])
def test_the_same_licence_is_granted_to_one(op: Member, row: Licence, same: str) -> None:
    grant(op, handed_in(row))
    second = licence(member("second@example.org"), number=same)
    check = handed_in(second)
    done = grant(op, check)
    assert done.state == "second_look"
    second.refresh_from_db()
    assert (second.status, second.mark) == ("claimed", "")
    assert Evidence.objects.get(verification=check).purged_at is None
    assert [each.pk for each in queries.desk(check, op).others] == [row.pk]
    assert [each.pk for each in queries.queue().waiting] == [check.pk]
    assert grant(op, check).state == "second_look"
    assert Mail.objects.filter(to="second@example.org").count() == 1


def test_another_number_is_another_licence(op: Member, row: Licence) -> None:
    grant(op, handed_in(row))
    second = licence(member("second@example.org"), number="PSY 1230")
    assert grant(op, handed_in(second)).state == "granted"


def test_after_a_second_look_the_other_can_be_granted(op: Member, row: Licence) -> None:
    grant(op, handed_in(row))
    check = handed_in(licence(member("second@example.org"), number="PSY 0123"))
    grant(op, check)
    actions.check_licence(by=op, licence=row, status="claimed")
    assert grant(op, check).state == "granted"


def test_a_mark_under_an_older_key_counts_too(op: Member, row: Licence, settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    grant(op, handed_in(row))
    settings.FIELD_KEYS = [new, old]
    check = handed_in(licence(member("second@example.org"), number="PSY 0123"))
    assert grant(op, check).state == "second_look"


def test_the_mark_goes_with_the_check_and_with_the_member(nora: Member, op: Member, row: Licence) -> None:
    grant(op, handed_in(row))
    row.refresh_from_db()
    actions.change_licence(by=nora, licence=row, number="PSY 0124", expires_on=None)
    row.refresh_from_db()
    assert row.mark == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("PSY 01", "psy-1"), ("P.0012", "P12"), ("Ä1", "a1"), ("10 20", "1020"), ("", " - ")],
)
def test_numbers_that_people_call_the_same(one: str, other: str) -> None:
    assert rules.bare_number(one) == rules.bare_number(other)


@pytest.mark.parametrize(("one", "other"), [("10", "1"), ("PSY1", "LPC1"), ("100", "1"), ("A0B", "AB")])
def test_numbers_that_differ(one: str, other: str) -> None:
    assert rules.bare_number(one) != rules.bare_number(other)
