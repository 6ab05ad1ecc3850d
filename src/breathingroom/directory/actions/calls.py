"""Every write about introductory calls.

A line of the log stays for good, and who looks for somebody to talk to is nobody's business: what happens to
a booked call is logged without its people.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, models, transaction
from django.db.models import F

from breathingroom.audit import actions as audit
from breathingroom.core import clock, zones
from breathingroom.directory.actions import call_mail
from breathingroom.directory.choices import CallSide, CallState
from breathingroom.directory.models import Call, CallOffer, CallSkip, Listing
from breathingroom.directory.queries import calls
from breathingroom.directory.queries.enquiries import Sender, is_kept_away
from breathingroom.directory.queries.hiding import apart_from, are_apart
from breathingroom.people.models import Member

MOST_OPEN = 5
KEEP = dt.timedelta(days=30)


class NoListing(Exception):
    """There is no such listing for this member: out of sight, kept apart, or gone."""


class Taken(Exception):
    """Somebody was first, or the time is offered no more."""


class OwnListing(Exception):
    """Nobody books a call with themselves."""


class OpenAlready(Exception):
    """The two have a call that is still to come; `call` is that one."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = call


class EnoughOpen(Exception):
    """The member has as many calls to come as one may have at once."""


class Clash(Exception):
    """The member has another call at that time."""


class TooLate(Exception):
    """The call has begun, or is over or cancelled already."""


# -- booking -------------------------------------------------------------------------------------
def book(*, by: Member, listing: Listing, starts_at: dt.datetime) -> Call:
    """Book the free time that begins at that moment, and tell both by mail.

    Raises NoListing, OwnListing, OpenAlready, EnoughOpen, Clash and Taken. Whoever holds the listing's row
    is alone in asking what is free; the database takes a time once, should anybody come round that.
    """
    try:
        with transaction.atomic():
            held = _held(by, listing)
            call = _open(by, held, _wanted(by, held, starts_at))
            audit.record(by=None, did="directory.call.booked", on=Call._meta.label_lower)
            call_mail.say_booked(call)
    except IntegrityError as first:
        raise Taken from first
    return call


def _held(by: Member, listing: Listing) -> Listing:
    """The listing with its row locked, if the member may still see it."""
    visible = Listing.objects.visible().select_related("member")
    held = visible.select_for_update(of=("self",)).filter(pk=listing.pk).first()
    if held is None or are_apart(by, held.member):
        raise NoListing
    if held.member_id == by.pk:
        raise OwnListing
    if is_kept_away(held.member, Sender(by, by.email)):
        raise Taken  # what is blocked does not arrive, and whoever is blocked cannot tell
    return held


def _wanted(by: Member, listing: Listing, starts_at: dt.datetime) -> calls.Slot:
    """The free time that begins then, if the member may have it."""
    if known := calls.open_between(by, listing):
        raise OpenAlready(known)
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Call.objects.open().filter(member=by, starts_at__gt=clock.now()).count() >= MOST_OPEN:
        raise EnoughOpen
    slot = next((slot for slot in calls.free(listing) if slot.starts_at == starts_at), None)
    if slot is None:
        raise Taken
    if calls.clashes(by, slot):
        raise Clash
    return slot


def _open(by: Member, listing: Listing, slot: calls.Slot) -> Call:
    """Write the call; one of the pair that is over and not yet closed makes room."""
    Call.objects.open().filter(member=by, listing=listing, starts_at__lt=clock.now()).update(
        state=CallState.HELD
    )
    return Call.objects.create(
        member=by,
        listing=listing,
        on=slot.on,
        at=slot.at,
        time_zone=slot.time_zone,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
    )


def cancel(*, by: Member, call: Call) -> None:
    """Cancel a call that has not begun, from either side, and tell both. Raises TooLate."""
    side = CallSide.PROVIDER if call.listing.member_id == by.pk else CallSide.MEMBER
    with transaction.atomic():
        if not _cancel(call, side):
            raise TooLate
        for member in (call.member, call.listing.member):
            call_mail.say_cancelled(call, to=member)


def _cancel(call: Call, side: CallSide) -> bool:
    """Cancel unless it has begun or is off already; whether it was this that cancelled it."""
    now = clock.now()
    live = Call.objects.open().filter(pk=call.pk, starts_at__gt=now)
    done = live.update(
        state=CallState.CANCELLED, cancelled_by=side, sequence=F("sequence") + 1, changed_at=now
    )
    if done:
        call.refresh_from_db(fields=["state", "cancelled_by", "sequence", "changed_at"])
        audit.record(by=None, did="directory.call.cancelled", on=Call._meta.label_lower)
    return bool(done)


# -- when somebody goes --------------------------------------------------------------------------
def leave(*, member: Member, for_good: bool) -> None:
    """Call off what the member has to come, from either side, and tell the others, in one transaction.

    `for_good`: rows are about to be erased, so the mail leads to no page.
    """
    for call in _to_come(Call.objects.of(member)):
        other = call.member if call.listing.member_id == member.pk else call.listing.member
        _call_off(call, tell=(other,), for_good=for_good)
    if for_good:
        Call.objects.filter(member=member).delete()


def close(*, listing: Listing) -> None:
    """Call off what is booked with a listing that is about to be deleted; in the caller's transaction."""
    for call in _to_come(Call.objects.filter(listing=listing)):
        _call_off(call, tell=(call.member,), for_good=True)


def part() -> int:
    """Call off what those have to come who keep away from each other by now; return how many.

    Not at once when somebody says so: that must take as long whether the other is here or not.
    """
    off = 0
    for member in Member.objects.filter(
        calls__state=CallState.OPEN, calls__starts_at__gt=clock.now()
    ).distinct():
        apart = apart_from(member)
        ended = _to_come(Call.objects.filter(member=member, listing__member__in=apart)) if apart else ()
        for call in ended:
            with transaction.atomic():
                off += _call_off(call, tell=(call.member, call.listing.member), for_good=False)
    return off


def _to_come(found: models.QuerySet[Call]) -> Iterable[Call]:
    coming = found.filter(state=CallState.OPEN, starts_at__gt=clock.now())
    return list(coming.select_related("member", "listing__member"))


def _call_off(call: Call, *, tell: Iterable[Member], for_good: bool) -> bool:
    if not _cancel(call, CallSide.HOUSE):
        return False
    for member in tell:
        (call_mail.say_gone if for_good else call_mail.say_cancelled)(call, to=member)
    return True


# -- by itself -----------------------------------------------------------------------------------
def settle() -> int:
    """Close calls that are over; return how many."""
    over = clock.now() - dt.timedelta(minutes=30)
    return Call.objects.open().filter(starts_at__lt=over).update(state=CallState.HELD)


def realign() -> int:
    """Move calls to the moment that their time on the wall means by today's rules; return how many.

    Somebody agreed to nine o'clock. When a zone changes its rules meanwhile, nine is another moment.
    """
    coming = Call.objects.open().filter(starts_at__gt=clock.now()).select_related("member", "listing__member")
    return sum(_realign(call) for call in coming.iterator(chunk_size=200))


def _realign(call: Call) -> bool:
    zone = zones.known(call.time_zone)
    meant = zones.moment(call.on, call.at, zone) if zone else call.starts_at
    if meant == call.starts_at:
        return False
    try:
        with transaction.atomic():
            still = Call.objects.open().filter(pk=call.pk, starts_at=call.starts_at)
            moved = still.update(starts_at=meant, sequence=F("sequence") + 1, changed_at=clock.now())
            if moved:
                call.refresh_from_db(fields=["starts_at", "sequence", "changed_at"])
                call_mail.say_moved(call)
    except IntegrityError:  # by the new rules two of them meet; both stay where they are
        return False
    return bool(moved)


def forget() -> int:
    """Erase calls 30 days after their time, days left out that are over, and offers that ended; how many."""
    now = clock.now()
    gone = [
        Call.objects.filter(starts_at__lt=now - KEEP),
        CallSkip.objects.filter(on__lt=(now - dt.timedelta(days=2)).date()),
        CallOffer.objects.filter(ends_on__lt=(now - KEEP).date()),
    ]
    return sum(rows.delete()[0] for rows in gone)
