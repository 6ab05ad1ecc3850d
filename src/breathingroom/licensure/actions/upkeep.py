"""What time brings to checks: files that must go, questions nobody answers, years that pass, dates ahead."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.licensure import evidence, rules
from breathingroom.licensure.actions import checks, letters
from breathingroom.licensure.choices import CheckKind, CheckState, LicenceStatus
from breathingroom.licensure.models import Evidence, Licence, Verification
from breathingroom.licensure.models.verification import OPEN

ABANDONED = dt.timedelta(days=30)
"""For so long a file is kept at most, and a question to the member stays open."""
AT_ONCE = 200
YOUNG = 60 * 60.0
"""Seconds in which a file may still be waiting for its row."""
LATE = 4
AHEAD = (30, 7)
"""So many days before a licence runs out its member is told."""


def purge() -> int:
    """Delete every file whose check is over, or that has lain for 30 days, and files that no row names.

    Deciding deletes at once; this repeats what was interrupted. Returns how many went.
    """
    old = Q(uploaded_at__lt=clock.now() - ABANDONED)
    due = Evidence.objects.filter(~Q(verification__state__in=OPEN) | old, purged_at__isnull=True)
    numbers = list(due.values_list("pk", flat=True))
    for number in numbers:
        checks.purge_one(number=number)
    return len(numbers) + _sweep()


def _sweep() -> int:
    """Files without a row: left by a process that died between the two, or by an erased account."""
    lying = evidence.older_than(YOUNG)
    kept = set(Evidence.objects.filter(purged_at__isnull=True).values_list("pk", flat=True))
    orphans = [path for path, number in lying.items() if number not in kept]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def close_unanswered() -> int:
    """End checks whose member did not answer for 30 days; they may ask again. Returns how many."""
    silent = Verification.objects.filter(state=CheckState.ASKED, changed_at__lt=clock.now() - ABANDONED)
    return silent.update(state=CheckState.CLOSED, changed_at=clock.now())


def take_up_again() -> int:
    """Queue licences whose check will soon be too old to count, some at a time. Returns how many."""
    today = clock.today()
    until = rules.recheck_until(today, settings.FACTS_LIMIT_DAYS)
    due = Licence.objects.filter(status=LicenceStatus.ACTIVE, checked_on__lte=until, member__is_active=True)
    due = due.exclude(expires_on__lt=today).exclude(
        Exists(Verification.objects.is_open().filter(licence=OuterRef("pk")))
    )
    numbers = list(due.order_by("checked_on").values_list("pk", flat=True)[:AT_ONCE])
    fresh = [Verification(licence_id=number, kind=CheckKind.YEARLY) for number in numbers]
    with transaction.atomic():
        Verification.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            audit.record(by=None, did="licensure.check.taken_up", on="licences", why=str(len(fresh)))
    return len(fresh)


def remind() -> int:
    """Tell members whose licence runs out soon, once at each of the days of AHEAD. Returns how many were due.

    Each is due on LATE days in a row, so that a worker that stood still misses nobody; the letter's key
    lets it out once.
    """
    count = 0
    for days in AHEAD:
        for licence in _ending(days).select_related("member").iterator(500):
            with transaction.atomic():
                letters.date_ahead(licence, days)
            count += 1
    return count


def _ending(days: int) -> QuerySet[Licence]:
    last = clock.today() + dt.timedelta(days=days)
    usable = (LicenceStatus.CLAIMED, LicenceStatus.ACTIVE)
    rows = Licence.objects.filter(status__in=usable, member__is_active=True).defer("number")
    return rows.filter(expires_on__gt=last - dt.timedelta(days=LATE), expires_on__lte=last)
