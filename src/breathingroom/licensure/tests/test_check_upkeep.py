"""What time brings to a check and its files, and what goes with the licence."""

import datetime as dt
import os
from typing import Any

import pytest
from django.conf import settings

from breathingroom.core import clock
from breathingroom.licensure import actions, queries, rules, tasks
from breathingroom.licensure.actions import checks, upkeep
from breathingroom.licensure.adapters import LicensureSteward
from breathingroom.licensure.models import Evidence, Licence, Verification
from breathingroom.licensure.tests.checking import PDF, WORDS, file_of, grant, handed_in, on_disk, seen
from breathingroom.licensure.tests.people import days
from breathingroom.notify.models import Mail
from breathingroom.people.models import Member

pytestmark = pytest.mark.django_db
Commit = Any


# -- time ----------------------------------------------------------------------------------------
def aged(model: Any, **fields: Any) -> None:
    model.objects.update(**fields)


def test_what_deciding_left_is_deleted_within_the_hour(op: Member, row: Licence) -> None:
    """The process died after the commit: the next run of the job deletes it, bytes and name."""
    check = handed_in(row)
    grant(op, check)  # nothing runs after this commit
    path = file_of(check.evidence.get())
    assert path.exists()
    tasks.purge_evidence()
    assert not path.exists()
    assert not on_disk(WORDS)
    assert Evidence.objects.get().name == ""
    assert upkeep.purge() == 0


def test_the_job_that_deletes_comes_back_every_hour() -> None:
    from breathingroom.core.work import JOBS

    assert JOBS["licensure.evidence"].every_seconds <= 60 * 60


def test_files_that_nobody_decides_about_go_after_thirty_days(row: Licence) -> None:
    check = handed_in(row)
    path = file_of(check.evidence.get())
    aged(Evidence, uploaded_at=clock.now() - upkeep.ABANDONED + dt.timedelta(hours=1))
    upkeep.purge()
    assert path.exists()
    aged(Evidence, uploaded_at=clock.now() - upkeep.ABANDONED - dt.timedelta(hours=1))
    assert upkeep.purge() == 1
    assert not path.exists()
    check.refresh_from_db()
    assert check.state == "waiting"


def test_files_that_no_row_names_are_swept(row: Licence) -> None:
    path = file_of(handed_in(row).evidence.get())
    Evidence.objects.all().delete()
    upkeep.purge()
    assert path.exists()
    old = path.stat().st_mtime - 3700
    os.utime(path, (old, old))
    assert upkeep.purge() == 1
    assert not path.exists()


def test_a_question_that_nobody_answers_ends(op: Member, row: Licence) -> None:
    check = handed_in(row)
    checks.ask(by=op, check=check, seen=seen(check), reason="unreadable")
    tasks.purge_evidence()
    assert file_of(check.evidence.get()).exists()
    aged(Verification, changed_at=clock.now() - upkeep.ABANDONED - dt.timedelta(hours=1))
    tasks.purge_evidence()
    check.refresh_from_db()
    assert check.state == "closed"
    assert not file_of(check.evidence.get()).exists()


def test_a_check_is_taken_up_before_it_is_too_old(op: Member, row: Licence) -> None:
    limit = settings.FACTS_LIMIT_DAYS
    row.number = "1"
    actions.check_licence(by=op, licence=row, status="active", expires_on=row.expires_on)
    aged(Licence, checked_on=clock.today() - days(limit - rules.AHEAD_DAYS - 1))
    assert tasks.take_up_again() == 0
    aged(Licence, checked_on=clock.today() - days(limit - rules.AHEAD_DAYS))
    assert tasks.take_up_again() == 1
    assert tasks.take_up_again() == 0
    assert [(each.kind, each.licence_id) for each in queries.queue().waiting] == [("yearly", row.pk)]
    assert not queries.checks_of(row.member_id)[0].is_old
    aged(Licence, checked_on=clock.today() - days(limit + 1))
    assert queries.checks_of(row.member_id)[0].is_old


@pytest.mark.parametrize("why", ["expired", "suspended member", "never checked"])
def test_what_does_not_count_is_not_taken_up(op: Member, row: Licence, why: str) -> None:
    actions.check_licence(by=op, licence=row, status="active", expires_on=row.expires_on)
    aged(Licence, checked_on=clock.today() - days(400))
    if why == "expired":
        aged(Licence, expires_on=clock.today() - days(1))
    elif why == "suspended member":
        Member.objects.filter(pk=row.member_id).update(is_active=False)
    else:
        aged(Licence, status="claimed", checked_on=None, checked_by=None)
    assert upkeep.take_up_again() == 0


@pytest.mark.parametrize(("left", "mails"), [(31, 0), (30, 1), (27, 1), (26, 0), (7, 1), (4, 1), (0, 0)])
def test_a_licence_that_runs_out_is_told_ahead(row: Licence, left: int, mails: int) -> None:
    aged(Licence, expires_on=clock.today() + days(left))
    tasks.remind()
    tasks.remind()
    assert Mail.objects.count() == mails


def test_a_reminder_names_no_topic(row: Licence) -> None:
    aged(Licence, expires_on=clock.today() + days(30))
    tasks.remind()
    mail = Mail.objects.get()
    said = f"{mail.subject} {mail.body}".lower()
    assert "30 days" in said
    assert not [word for word in ("licen", "psych", "ohio", "regist", "http") if word in said]


# -- what is whose -------------------------------------------------------------------------------
def test_an_export_holds_the_file_until_it_is_deleted(op: Member, row: Licence, commit: Commit) -> None:
    check = handed_in(row)
    steward = LicensureSteward()
    assert list(steward.files(row.member).values()) == [PDF]
    assert len(steward.holds(row.member)) == 2
    with commit():
        grant(op, check)
    assert steward.files(row.member) == {}
    told = steward.export(row.member)["licences"][0]
    assert told["checks"][0]["state"] == "granted"
    assert told["checks"][0]["files"][0]["deleted"]
    assert told["checked_against"] == "Ohio eLicense"


@pytest.mark.parametrize("how", ["remove", "erase"])
def test_with_the_licence_everything_goes(
    nora: Member, op: Member, row: Licence, commit: Commit, how: str
) -> None:
    file = handed_in(row).evidence.get()
    checks.view(by=op, evidence_id=file.pk)
    with commit():
        if how == "remove":
            actions.remove_licence(by=nora, licence=row)
        else:
            LicensureSteward().erase(member=nora)
    assert not Verification.objects.exists()
    assert not file_of(file).exists()
