"""Every write of an enquiry by whoever sends it: written, confirmed, delivered, taken back.

The log says that an enquiry was sent, and not by whom or to whom: that somebody looks for care is theirs to
tell, and a line of the log stays for good.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from breathingroom.audit import actions as audit
from breathingroom.core import clock, zones
from breathingroom.directory import rules
from breathingroom.directory.choices import (
    LETTERS_APART_MINUTES,
    LETTERS_AT_ONCE,
    MOST_NEW_AN_HOUR,
    MOST_RECEIVED_A_DAY,
    MOST_SENT_A_DAY,
    EnquiryState,
    Role,
)
from breathingroom.directory.models import Enquiry, Listing
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries import usual_zone
from breathingroom.directory.queries.enquiries import Sender
from breathingroom.notify import actions as notify
from breathingroom.people.models import Member
from breathingroom.safety.actions import limits

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LOGGED = "directory.enquiry"


class Gone(Exception):
    """The enquiry, or whom it is for, is not there any more; or it was answered meanwhile."""


class NotOffered(Exception):
    """They cannot be asked to be that."""


class Already(Exception):
    """One like it waits for an answer."""


class Excluded(Exception):
    """These two have agreed on `standing`, and therapist and supervisor exclude each other."""

    def __init__(self, standing: Role) -> None:
        super().__init__(standing.value)
        self.standing = standing


def send(*, by: Member, listing: Listing, role: str, name: str, reach: str, times: str) -> Enquiry:
    """A member writes; it is in the clinician's hands at once, or tomorrow when many wrote today.

    Raises Gone for one's own listing, NotOffered, Already, Excluded and limits.TooMany.
    """
    _demand_offered(listing, role)
    if listing.member_id == by.pk:
        raise Gone
    row = Enquiry(member=by, listing=listing, role=role, name=name, reach=reach, times=times)
    with transaction.atomic():
        _deliver(row, Sender(by, by.email))
    return row


def draft(*, listing: Listing, role: str, name: str, email: str, reach: str, times: str, where: str) -> None:
    """A visitor writes; nothing reaches the clinician before the address is confirmed by the link we mail.

    `where` is the network address: it is counted, and only for an hour. When many such mails went to one
    address lately the next one waits its turn, so nobody can keep its owner from writing. Raises NotOffered
    and limits.TooMany.
    """
    _demand_offered(listing, role)
    token = new_token()
    with transaction.atomic():
        limits.take(what="enquiry.new", who=where, most=MOST_NEW_AN_HOUR, within=HOUR)
        row = Enquiry(listing=listing, role=role, name=name, email=email, reach=reach, times=times)
        row.state, row.token = EnquiryState.NEW, queries.hashed(token)
        row.person = Sender(None, email).person
        row.save(force_insert=True)
        number, _ends = limits.count(what="enquiry.letter", who=email.lower(), within=HOUR)
        audit.record(by=None, did="directory.enquiry.written", on=LOGGED)
        _ask_to_confirm(email, token, wait=_turn(number))


def confirm(*, token: str) -> Enquiry:
    """Whoever holds the mailed link sends it. The link has done its work then.

    Raises Gone, Already, Excluded and limits.TooMany; after the last the link still works.
    """
    with transaction.atomic():
        new = Enquiry.objects.select_for_update().filter(state=EnquiryState.NEW)
        row = new.filter(token=queries.hashed(token)).first()
        if row is None or not Listing.objects.visible().filter(pk=row.listing_id).exists():
            raise Gone
        row.token = ""
        _deliver(row, Sender(None, row.email))
    return row


def withdraw(*, by: Member, enquiry: Enquiry) -> None:
    """The member takes back what they sent, answered or not: it is erased on both sides. Raises Gone."""
    if enquiry.member_id != by.pk:
        raise Gone
    _erase(enquiry)


def throw_away(*, token: str) -> None:
    """The same by a visitor's link, before it is sent or after. Raises Gone."""
    row = Enquiry.objects.filter(token=queries.hashed(token)).exclude(token="").first()
    if row is None:
        raise Gone
    _erase(row)


def new_token() -> str:
    """A link that cannot be guessed: 192 random bits."""
    return secrets.token_urlsafe(24)


# -- on its way ----------------------------------------------------------------------------------
def _demand_offered(listing: Listing, role: str) -> None:
    if role not in queries.roles(listing):
        raise NotOffered


def _deliver(row: Enquiry, sender: Sender) -> None:
    """Put it into the clinician's hands, in the caller's transaction."""
    provider = row.listing.member
    row.person = sender.person
    _demand_first(row)
    if standing := queries.excluded_by(provider, sender, row.role):
        raise Excluded(standing)
    limits.take(what="enquiry.sent", who=sender.key, most=MOST_SENT_A_DAY, within=DAY)
    row.hidden = queries.is_kept_away(provider, sender)
    row.state, row.changed_at = EnquiryState.WAITING, clock.now()
    row.due_at = row.changed_at if row.hidden else _due(provider)
    row.answer_by = in_time_until(row.due_at, row.listing)
    _save_once(row)
    audit.record(by=None, did="directory.enquiry.sent", on=LOGGED)
    tell_if_due(row)


def _demand_first(row: Enquiry) -> None:
    same = Enquiry.objects.waiting().filter(listing=row.listing_id, person=row.person, role=row.role)
    if same.exists():
        raise Already


def _save_once(row: Enquiry) -> None:
    """The same words sent twice at the same moment are one enquiry."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise Already from twice


def _due(provider: Member) -> dt.datetime:
    """Now, or the next day for what is more than a person can answer: later, never lost."""
    number, tomorrow = limits.count(what="enquiry.received", who=str(provider.pk), within=DAY)
    return clock.now() if number <= MOST_RECEIVED_A_DAY else tomorrow


def in_time_until(received: dt.datetime, listing: Listing) -> dt.datetime:
    """Until when an answer counts as in time, by the clinician's clock."""
    zone = zones.known(usual_zone(listing, listing.member)) or zones.known(settings.TIME_ZONE) or dt.UTC
    return rules.answer_by(received, zone)


# -- mail ----------------------------------------------------------------------------------------
def tell_if_due(row: Enquiry) -> bool:
    """Tell the clinician that something waits, once; what is hidden or not due is not told of."""
    now = clock.now()
    mine = Enquiry.objects.arrived().waiting().filter(pk=row.pk, told_at=None, due_at__lte=now)
    if not mine.update(told_at=now):
        return False
    provider = row.listing.member
    with override(provider.language or get_language()):
        notify.post(to=provider.email, subject=_subject(), body=_body("/waiting/"))
    return True


def _subject() -> str:
    return _("Something is waiting for you")


def _body(path: str) -> str:
    return _(
        "Hello,\n\nsomething is waiting for you. Sign in and open this page:\n\n    {address}\n\n"
        "What it is stands there, and not in a mail."
    ).format(address=f"{settings.BASE_URL}{path}")


def tell_sender(row: Enquiry, token: str) -> None:
    """Tell whoever wrote that there is an answer; a visitor reads it by the link."""
    if row.member:
        with override(row.member.language or get_language()):
            notify.post(to=row.member.email, subject=_subject(), body=_body("/waiting/sent/"))
        return
    address = f"{settings.BASE_URL}/waiting/{token}/"
    body = _(
        "Hello,\n\nsomething is waiting for you. This link is for you alone:\n\n    {address}\n\n"
        "What it is stands there, and not in a mail."
    ).format(address=address)
    notify.post(to=row.email, subject=_subject(), body=body)


def _turn(number: int) -> dt.timedelta:
    """How long the mail of that number to one address in an hour waits; its link is alive then."""
    return min(DAY, max(0, number - LETTERS_AT_ONCE) * dt.timedelta(minutes=LETTERS_APART_MINUTES))


def _ask_to_confirm(email: str, token: str, *, wait: dt.timedelta) -> None:
    """The mail with the link."""
    address = f"{settings.BASE_URL}/waiting/confirm/{token}/"
    body = _(
        "Hello,\n\nsomebody, probably you, wrote something on a page of ours and gave this address. "
        "To send it, open this page within two days:\n\n    {address}\n\n"
        "If it was not you, you need not do anything: it is thrown away by itself."
    ).format(address=address)
    notify.post(
        to=email,
        subject=_("Please confirm your address"),
        body=body,
        forget_after=2 * DAY,
        wait=wait,
    )


def _erase(row: Enquiry) -> None:
    with transaction.atomic():
        if not Enquiry.objects.filter(pk=row.pk).delete()[0]:
            raise Gone
        audit.record(by=None, did="directory.enquiry.withdrawn", on=LOGGED)
