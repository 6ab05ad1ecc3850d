"""Every write about reports. Decisions are a moderator's; each leaves an audit line with it."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.notify import actions as notify
from breathingroom.people import actions as people
from breathingroom.people.models import Member
from breathingroom.safety import queries, reportables
from breathingroom.safety.actions import limits
from breathingroom.safety.choices import KEEP_DECIDED_DAYS, MOST_REPORTS, Decision
from breathingroom.safety.models import Report, Sanction


class Gone(Exception):
    """The thing, the report or the sanction is not there any more."""


class NoModerator(Exception):
    """Only a moderator decides, and never about themselves."""


class NotPossible(Exception):
    """This decision does not fit: nobody is known who could be written to or shut out, or they hold power."""


def report(*, by: Member, kind: str, object_id: UUID | str, reason: str, words: str) -> None:
    """Put a thing before the moderators, with what it says now. Reporting it again while that is open adds
    nothing. Raises Gone, and limits.TooMany.
    """
    adapter = reportables.known(kind)
    found = adapter.read(str(object_id)) if adapter else None
    if found is None:
        raise Gone
    with transaction.atomic():
        limits.take(what="safety.report", who=str(by.pk), most=MOST_REPORTS, within=dt.timedelta(days=1))
        made = _once(
            Report(
                reporter=by,
                about=found.author,
                kind=kind,
                object_id=str(object_id),
                reason=reason,
                words=words,
                excerpt="\n".join(f"{what}: {said}" for what, said in found.lines),
            )
        )
        if made:
            audit.record(by=by, did="safety.report.made", on=made)


def _once(row: Report) -> Report | None:
    """Save it, unless one like it is open."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def decide(*, by: Member, report_id: UUID, decision: str, said: str = "") -> None:
    """Close a report. `said` goes to the member it is about: neutral mail, the words on a page of their own.

    Raises NoModerator, Gone when there is no such open report, NotPossible.
    """
    if not (by.is_moderator and by.is_active):
        raise NoModerator
    with transaction.atomic():
        row = Report.objects.select_for_update().filter(pk=report_id, decision="").first()
        if row is None:
            raise Gone
        if decision not in queries.possible(row, by):
            raise NotPossible
        _carry_out(row, by, decision)
        row.decision, row.said, row.decided_at, row.decided_by = decision, said, clock.now(), by.pk
        row.save()
        audit.record(by=by, did=f"safety.report.{decision}", on=row)
        _tell(row)


def _carry_out(row: Report, by: Member, decision: str) -> None:
    adapter = reportables.known(row.kind)
    if decision == Decision.HIDE and adapter:
        adapter.take_out_of_sight(by=by, object_id=row.object_id)
        if adapter.scope and row.about:
            Sanction.objects.get_or_create(member=row.about, scope=adapter.scope, defaults={"report": row})
    if decision == Decision.SUSPEND and row.about:
        people.suspend(by=by, member=row.about)


def _tell(row: Report) -> None:
    """A mail that says nothing but that there is something to read, or whom to ask."""
    if not (row.about and row.said):
        return
    with override(row.about.language or None):
        notify.post(to=row.about.email, subject=_("Something for you to read"), body=_letter(row))


def _letter(row: Report) -> str:
    if row.decision == Decision.SUSPEND:  # they cannot sign in to read it
        return _(
            "Hello,\n\nyour account is closed for now. Answer this message to hear why, and to be heard."
        )
    where = f"{settings.BASE_URL}/said/"
    return _(
        "Hello,\n\nthere is something for you to read. Sign in and open this page:\n\n    {where}"
    ).format(where=where)


def lift(*, by: Member, sanction_id: UUID) -> None:
    """End a sanction; the member brings back themselves what it kept away. Raises NoModerator and Gone."""
    if not (by.is_moderator and by.is_active):
        raise NoModerator
    with transaction.atomic():
        row = Sanction.objects.select_for_update().filter(pk=sanction_id).first()
        if row is None:
            raise Gone
        audit.record(by=by, did=f"safety.sanction.lifted.{row.scope}", on=row)
        row.delete()


def forget() -> int:
    """Delete reports that were decided long ago; how many."""
    before = clock.now() - dt.timedelta(days=KEEP_DECIDED_DAYS)
    return Report.objects.filter(decided_at__lt=before).delete()[0]


def erase(*, member: Member) -> bool:
    """What is about the member goes; what they reported stays without their name. True when some stays."""
    Report.objects.filter(about=member).delete()
    return bool(Report.objects.filter(reporter=member).update(reporter=None))
