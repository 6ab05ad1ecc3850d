"""What a clinician does with an enquiry: answer it, or keep its sender away. And what happens by itself."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.directory.actions.enquiries import (
    Excluded,
    Gone,
    new_token,
    tell_if_due,
    tell_sender,
)
from breathingroom.directory.choices import (
    EXCLUSIVE,
    KEEP_ENQUIRIES_DAYS,
    KEEP_NEW_HOURS,
    YES_LINES,
    EnquiryState,
    Role,
)
from breathingroom.directory.models import Enquiry, EnquiryBlock, EnquiryPair, ResponseMonth
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries.enquiries import Sender, sender
from breathingroom.people.models import Member

BATCH = 100


def answer(*, by: Member, enquiry_id: UUID, line: str, words: str) -> Enquiry:
    """Answer or decline, by a ready-made sentence (`choices.Line`) and own words; neutral mail follows.

    Raises Gone, and Excluded when these two have agreed on the role that forbids this one.
    """
    with transaction.atomic():
        row = _own(by, enquiry_id)
        accepted = line in YES_LINES
        if accepted and row.role in EXCLUSIVE:
            agree(by, sender(row), Role(row.role))
        row.state = EnquiryState.ACCEPTED if accepted else EnquiryState.DECLINED
        row.line, row.answer, row.answered_at = line, words, clock.now()
        _count(row, in_time=row.answered_at <= (row.answer_by or row.answered_at))
        token = new_token()
        row.token = "" if row.member else queries.hashed(token)
        row.changed_at = row.answered_at
        row.save()
        audit.record(by=by, did=f"directory.enquiry.{row.state}", on=by)
        tell_sender(row, token)
    return row


def agree(one: Member, other: Sender, role: Role) -> None:
    """Note as what two people have agreed to meet. Raises Excluded; of two at once, one gets in."""
    for mark in queries.pairs(one, other):
        if _noted(mark, role) != role:
            raise Excluded(Role.THERAPIST if role == Role.SUPERVISOR else Role.SUPERVISOR)


def _noted(mark: str, role: Role) -> str:
    """The role that stands for the pair now: this one, unless the other was there first."""
    try:
        with transaction.atomic():
            EnquiryPair.objects.create(mark=mark, role=role)
    except IntegrityError:
        known = EnquiryPair.objects.select_for_update().get(mark=mark)
        EnquiryPair.objects.filter(mark=mark, role=role).update(changed_at=clock.now())
        return known.role
    return role


def _own(by: Member, enquiry_id: UUID) -> Enquiry:
    """Locked; only what waits, and what the clinician can see."""
    if not queries.arrived(by).filter(pk=enquiry_id).exists():
        raise Gone
    locked = Enquiry.objects.select_for_update(of=("self",)).arrived().waiting()
    found = locked.filter(pk=enquiry_id).select_related("member", "listing__member").first()
    if found is None:
        raise Gone
    return found


# -- keeping away --------------------------------------------------------------------------------
def block(*, by: Member, enquiry: Enquiry) -> None:
    """From now on nothing that its sender writes arrives here; they cannot tell. Raises Gone."""
    with transaction.atomic():
        _block(by, enquiry)
        audit.record(by=by, did="directory.enquiry.blocked", on=by)


def block_everywhere(*, by: Member, enquiry: Enquiry) -> None:
    """The same for every clinician: a moderator's decision, in the caller's transaction."""
    _block(None, enquiry)
    audit.record(by=by, did="directory.enquiry.blocked_everywhere", on="directory.enquiry")


def _block(at: Member | None, enquiry: Enquiry) -> None:
    who = sender(enquiry)
    mark = who.address_marks()[0]
    EnquiryBlock.objects.get_or_create(member=at, mark=mark, defaults={"whom": who.member})
    same = Enquiry.objects.filter(person=enquiry.person)
    (same.filter(listing__member=at) if at else same).update(hidden=True)


def let_in(*, by: Member, block_id: UUID) -> None:
    """End a block of one's own; what was written meanwhile stays away. Raises Gone."""
    with transaction.atomic():
        if not EnquiryBlock.objects.filter(pk=block_id, member=by).delete()[0]:
            raise Gone
        audit.record(by=by, did="directory.enquiry.let_in", on=by)


# -- by itself -----------------------------------------------------------------------------------
def deliver_due() -> int:
    """Tell of enquiries that waited for the next day; how many."""
    due = Enquiry.objects.arrived().waiting().filter(told_at=None).select_related("listing__member")
    told = 0
    for row in due.order_by("due_at")[:BATCH]:
        with transaction.atomic():
            told += tell_if_due(row)
    return told


def count_late() -> int:
    """Put into the record what was not answered in time; how many."""
    late = Enquiry.objects.arrived().waiting().filter(counted=False, answer_by__lt=clock.now())
    rows = list(late.order_by("answer_by").values_list("pk", flat=True)[:BATCH])
    return sum(_count_late(pk) for pk in rows)


def _count_late(enquiry_id: UUID) -> int:
    with transaction.atomic():
        locked = Enquiry.objects.select_for_update(of=("self",)).select_related("listing__member", "member")
        row = locked.filter(pk=enquiry_id, counted=False, state=EnquiryState.WAITING).first()
        if row is None:
            return 0
        _count(row, in_time=False)
        Enquiry.objects.filter(pk=row.pk).update(counted=True)  # nothing about it changed: its days run on
    return 1


def _count(row: Enquiry, *, in_time: bool) -> None:
    """Once for each enquiry. What the clinician was kept from seeing is not held against them."""
    unseen = row.member is not None and not queries.arrived(row.listing.member).filter(pk=row.pk).exists()
    if row.counted or unseen or row.due_at is None:
        row.counted = True
        return
    row.counted = True
    month, _new = ResponseMonth.objects.get_or_create(
        listing=row.listing, month=row.due_at.date().replace(day=1)
    )
    ResponseMonth.objects.filter(pk=month.pk).update(
        received=F("received") + 1, in_time=F("in_time") + int(in_time)
    )


def forget() -> int:
    """Erase what has been still for 30 days, what nobody confirmed in two, and months that count no more."""
    now = clock.now()
    still = now - dt.timedelta(days=KEEP_ENQUIRIES_DAYS)
    new = now - dt.timedelta(hours=KEEP_NEW_HOURS)
    gone = Enquiry.objects.filter(changed_at__lt=still).delete()[0]
    gone += Enquiry.objects.filter(state=EnquiryState.NEW, created_at__lt=new).delete()[0]
    gone += EnquiryPair.objects.filter(changed_at__lt=still).delete()[0]
    gone += ResponseMonth.objects.filter(month__lt=queries.record_since(now.date())).delete()[0]
    return gone


# -- for the steward -----------------------------------------------------------------------------
def erase(*, member: Member) -> None:
    """What the member sent, and what they agreed on with anybody; what they got goes with the listing."""
    mine = Enquiry.objects.filter(member=member) | Enquiry.objects.filter(listing__member=member)
    for row in mine.filter(state=EnquiryState.ACCEPTED).select_related("member", "listing__member"):
        EnquiryPair.objects.filter(mark__in=queries.pairs(row.listing.member, sender(row))).delete()
    Enquiry.objects.filter(member=member).delete()


def suspend(*, member: Member) -> None:
    """What they sent and nobody answered is taken back."""
    with transaction.atomic():
        if Enquiry.objects.waiting().filter(member=member).delete()[0]:
            audit.record(by=None, did="directory.enquiry.taken_back", on=member)
