"""What the pages about checks read: one's own, the queue, one check, and what anybody may know."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from breathingroom.core import clock, marks
from breathingroom.licensure import rules
from breathingroom.licensure.choices import LicenceStatus
from breathingroom.licensure.models import Evidence, Licence, Verification
from breathingroom.licensure.queries.held import mark
from breathingroom.people.models import Member

MOST = 100  # checks on one page of the queue


def identities(licence: Licence) -> list[str]:
    """The marks of the licence itself, whoever lists it: same profession, place and number; [] without one.

    One for each key of the house, newest first; nobody can tell the number from them.
    """
    number = rules.bare_number(licence.number)
    said = f"{licence.profession_id}|{licence.jurisdiction_id}|{number}"
    return marks.marks("licensure.licence", said) if number else []


@dataclass(frozen=True)
class Checked:
    """What anybody may read about the check of one licence; the checker is named by their part alone."""

    profession: str
    place: str
    checked_on: dt.date | None
    against: str
    expires_on: dt.date | None
    is_old: bool


def checks_of(member_id: UUID) -> list[Checked]:
    """The licences of a member that may count today, the checked ones first; one query.

    Of one that was never checked, `checked_on` is None; one whose check is too old to count `is_old`.
    """
    today = clock.today()
    rows = Licence.objects.filter(member=member_id, status__in=(LicenceStatus.CLAIMED, LicenceStatus.ACTIVE))
    rows = rows.exclude(expires_on__lt=today).select_related("profession", "jurisdiction")
    return [
        Checked(
            str(row.profession),
            str(row.jurisdiction),
            row.checked_on,
            row.checked_against,
            row.expires_on,
            row.checked_on is not None and (today - row.checked_on).days > settings.FACTS_LIMIT_DAYS,
        )
        for row in rows.defer("number").order_by(F("checked_on").desc(nulls_last=True), "jurisdiction")
    ]


def check_of(licence: Licence) -> Verification | None:
    """The newest check of a licence, with what was handed in."""
    rows = licence.verifications.order_by("-submitted_at").prefetch_related("evidence__views")
    return rows.first()


def newest_check(licence: Licence) -> Verification | None:
    """The same, without a query, of a licence whose `verifications` were fetched along."""
    return next(reversed(list(licence.verifications.all())), None)


@dataclass(frozen=True)
class Queue:
    """What waits for the staff, oldest first; `total` counts what does not fit on the page too."""

    waiting: list[Verification]
    total: int
    asked: int


def queue() -> Queue:
    """The queue in two queries; each check has `files`, how many wait with it."""
    rows = Verification.objects.queued().select_related(
        "licence__member", "licence__profession", "licence__jurisdiction"
    )
    kept = Count("evidence", filter=Q(evidence__purged_at__isnull=True))
    counts = Verification.objects.aggregate(
        total=Count("pk", filter=Q(state__in=("waiting", "second_look"))),
        asked=Count("pk", filter=Q(state="asked")),
    )
    return Queue(list(rows.defer("licence__number").annotate(files=kept)[:MOST]), **counts)


@dataclass(frozen=True)
class File:
    """One file of a check, who opened it when, and whether the reader may still."""

    row: Evidence
    views: list[tuple[str, dt.datetime]]
    is_mine_to_open: bool


@dataclass(frozen=True)
class Desk:
    """One check as the staff see it. `others` are members with the same licence found active."""

    check: Verification
    files: list[File]
    others: list[Licence]
    decided_by: str
    is_own: bool


def desk(check: Verification, by: Member) -> Desk:
    """All that the page of one check says, in a constant number of queries."""
    viewers = {view.viewer for row in check.evidence.all() for view in row.views.all()}
    names = _names(viewers | ({check.decided_by} if check.decided_by else set()))
    is_own = check.licence.member_id == by.pk
    files = [_file(row, names, by, is_closed=is_own or not check.is_open) for row in check.evidence.all()]
    others = granted_to_others(check.licence)
    decided_by = names.get(check.decided_by, "") if check.decided_by else ""
    return Desk(check, files, list(others.defer("number").select_related("member")), decided_by, is_own)


def granted_to_others(licence: Licence) -> QuerySet[Licence]:
    """The same licence, found active for somebody else."""
    return Licence.objects.filter(mark__in=identities(licence)).exclude(pk=licence.pk)


def _names(numbers: Iterable[UUID]) -> dict[UUID, str]:
    """What operators are called; of one who is gone nothing but the number in the log is left."""
    rows = Member.objects.filter(pk__in=numbers)
    return {row.pk: row.name or row.email for row in rows}


def _file(row: Evidence, names: dict[UUID, str], by: Member, *, is_closed: bool) -> File:
    views = [(names.get(view.viewer, ""), view.at) for view in row.views.all()]
    seen = any(view.viewer == by.pk for view in row.views.all())
    return File(row, views, not seen and not is_closed and row.purged_at is None)


def decision_begins(licence: Licence) -> dict[str, Any]:
    """What the form of a decision begins with: the end as the member gave it, and where one looked last."""
    return {"expires_on": licence.expires_on, "against": last_used(licence), "seen": mark(licence)}


def last_used(licence: Licence) -> str:
    """The register against which this profession was last checked in this place; "" when never."""
    like = Licence.objects.filter(profession=licence.profession_id, jurisdiction=licence.jurisdiction_id)
    names = like.exclude(checked_against="").order_by("-checked_on").values_list("checked_against", flat=True)
    return names.first() or ""
