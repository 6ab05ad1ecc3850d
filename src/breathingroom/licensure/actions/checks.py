"""Every write about the check of a licence: handing in, looking, deciding, and what time brings.

The log names the member whose licence it is. What was handed in is deleted as soon as the decision is saved.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.licensure import evidence
from breathingroom.licensure.actions import held, letters
from breathingroom.licensure.choices import CheckKind, CheckReason, CheckState, LicenceStatus
from breathingroom.licensure.models import Evidence, EvidenceView, Licence, Verification
from breathingroom.licensure.models.verification import MOST_FILES
from breathingroom.people.models import Member

OFTEN_DAYS, MOST_CHECKS = 30, 5
"""So often in so many days may one licence be handed in."""


class NoNumber(Exception):
    """A licence without a number cannot be looked up."""


class NothingNew(Exception):
    """The check is under way already, and nothing was added; or the licence has just been checked."""


class TooManyFiles(Exception):
    """One check takes a few files and no more."""


class TooOften(Exception):
    """The licence was handed in too often lately."""


class NotOpen(Exception):
    """The check was decided, withdrawn or given back to the member meanwhile."""


class OwnLicence(Exception):
    """Nobody checks their own licence."""


class ViewedAlready(Exception):
    """This operator has opened this file before: each may once."""


class Gone(Exception):
    """The file has been deleted."""


@dataclass(frozen=True)
class Upload:
    """A file as `evidence.clean` and `evidence.clean_name` left it."""

    name: str
    kind: str
    content: bytes


def submit(*, by: Member, licence: Licence, upload: Upload | None = None) -> Verification:
    """Hand a licence in for a check, add a file to one that waits, or answer what the staff asked for.

    Raises NoNumber, NothingNew, TooManyFiles and TooOften, and Licence.DoesNotExist when it is gone.
    """
    with transaction.atomic():
        fresh = Licence.objects.select_for_update().get(pk=licence.pk)
        if not fresh.number:
            raise NoNumber
        check = fresh.verifications.is_open().first() or _begin(fresh)
        if not check._state.adding and check.state != CheckState.ASKED and upload is None:
            raise NothingNew
        if check.state == CheckState.ASKED:
            check.state, check.reason, check.note = CheckState.WAITING, "", ""
        check.changed_at = clock.now()
        check.save()
        _attach(check, upload)
        audit.record(by=by, did="licensure.check.submitted", on=by)
    return check


def _begin(licence: Licence) -> Verification:
    """A new check, not saved yet. Raises NothingNew and TooOften."""
    if licence.status == LicenceStatus.ACTIVE:
        raise NothingNew
    since = clock.now() - dt.timedelta(days=OFTEN_DAYS)
    if licence.verifications.filter(submitted_at__gte=since).count() >= MOST_CHECKS:
        raise TooOften
    return Verification(licence=licence)


def _attach(check: Verification, upload: Upload | None) -> None:
    """The file first, then its row: a file without a row is swept up, a row without a file is a promise."""
    if upload is None:
        return
    if check.evidence.filter(purged_at__isnull=True).count() >= MOST_FILES:
        raise TooManyFiles
    row = Evidence(verification=check, name=upload.name, kind=upload.kind, size=len(upload.content))
    evidence.store(row.pk, upload.content)
    row.save(force_insert=True)


def withdraw(*, by: Member, licence: Licence) -> None:
    """Take an open check back, with every file; a yearly one is the staff's. Raises NotOpen."""
    with transaction.atomic():
        Licence.objects.select_for_update().get(pk=licence.pk)
        check = licence.verifications.is_open().filter(kind=CheckKind.FIRST).first()
        if check is None:
            raise NotOpen
        _let_go([check])
        check.delete()
        audit.record(by=by, did="licensure.check.withdrawn", on=by)


def view(*, by: Member, evidence_id: UUID) -> tuple[str, bytes]:
    """(kind, content) of a file, for an operator who has not opened it before; that they did is kept.

    Raises Gone, NotOpen, OwnLicence and ViewedAlready.
    """
    with transaction.atomic():
        row = _evidence(by, evidence_id)
        try:
            with transaction.atomic():
                EvidenceView.objects.create(evidence=row, viewer=by.pk)
        except IntegrityError as error:
            raise ViewedAlready from error
        content = evidence.read(row.pk)
        if content is None:
            raise Gone
        audit.record(by=by, did="licensure.evidence.viewed", on=row.verification.licence.member)
    return row.kind, content


def _evidence(by: Member, evidence_id: UUID) -> Evidence:
    rows = Evidence.objects.select_related("verification__licence__member")
    row = rows.filter(pk=evidence_id, purged_at__isnull=True).first()
    if row is None:
        raise Gone
    if not row.verification.is_open:
        raise NotOpen
    if row.verification.licence.member_id == by.pk:
        raise OwnLicence
    return row


def grant(
    *, by: Member, check: Verification, seen: str, against: str, expires_on: dt.date | None
) -> Verification:
    """The licence was found as claimed: it counts from today.

    When another member was granted the same licence before, it is not; the check then waits for a second
    look, which the answer's state says. Raises NotOpen, OwnLicence, NoNumber and `held.ChangedSince`.
    """
    with transaction.atomic():
        fresh, licence = _lock(by, check, seen)
        if not licence.number:
            raise NoNumber
        try:
            held.check_licence(
                by=by, licence=licence, status=LicenceStatus.ACTIVE, expires_on=expires_on, against=against
            )
        except held.GrantedToAnother:
            return _put(fresh, by, CheckState.SECOND_LOOK)
        return _put(fresh, by, CheckState.GRANTED)


def refuse(*, by: Member, check: Verification, seen: str, reason: str, note: str = "") -> Verification:
    """The licence was not found as claimed; what an earlier check found no longer counts.

    Raises NotOpen, OwnLicence and `held.ChangedSince`.
    """
    with transaction.atomic():
        fresh, licence = _lock(by, check, seen)
        idle = reason == CheckReason.NOT_ACTIVE
        status = LicenceStatus.LAPSED if idle else LicenceStatus.CLAIMED
        if licence.status != status:
            held.check_licence(by=by, licence=licence, status=status, expires_on=licence.expires_on)
        return _put(fresh, by, CheckState.REFUSED, reason, note)


def ask(*, by: Member, check: Verification, seen: str, reason: str, note: str = "") -> Verification:
    """Something more is needed from the member first. Raises NotOpen, OwnLicence and `held.ChangedSince`."""
    with transaction.atomic():
        fresh, _licence = _lock(by, check, seen)
        return _put(fresh, by, CheckState.ASKED, reason, note)


def _lock(by: Member, check: Verification, seen: str) -> tuple[Verification, Licence]:
    """Both rows, held until commit: one decision at a time, about what the operator saw."""
    licence = held.lock_as_seen(licence=check.licence, seen=seen)
    fresh = Verification.objects.select_for_update().filter(pk=check.pk).first()
    if fresh is None or not fresh.is_queued:
        raise NotOpen
    if licence.member_id == by.pk:
        raise OwnLicence
    return fresh, licence


def _put(
    check: Verification, by: Member, state: CheckState, reason: str = "", note: str = ""
) -> Verification:
    """Write what came of it, tell the member once, and let go of the files when it is decided."""
    told = check.state == state
    over = state in (CheckState.GRANTED, CheckState.REFUSED)
    check.state, check.reason, check.note, check.changed_at = state, reason, note, clock.now()
    check.decided_at, check.decided_by = (check.changed_at, by.pk) if over else (None, None)
    check.save()
    audit.record(by=by, did=f"licensure.check.{state}", on=check.licence.member, why=reason)
    if not told:
        letters.news(check.licence.member)
    if over:
        _let_go([check])
    return check


def _let_go(checks: Iterable[Verification]) -> None:
    """Delete the files of these checks as soon as the transaction is through; `purge` repeats what fails."""
    kept = Evidence.objects.filter(verification__in=list(checks), purged_at__isnull=True)
    for number in list(kept.values_list("pk", flat=True)):
        transaction.on_commit(partial(purge_one, number=number), robust=True)


def purge_one(*, number: UUID) -> None:
    """Delete one file and its name, in this order: stopped between the two, it is done again."""
    evidence.remove(number)
    Evidence.objects.filter(pk=number, purged_at__isnull=True).update(purged_at=clock.now(), name="")
