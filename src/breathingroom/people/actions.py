"""Every write about members."""

import datetime as dt
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.core.mail import FORGET_MINUTES
from breathingroom.people.choices import KEEP_STAFF_SESSIONS, KEEP_UNVERIFIED
from breathingroom.people.consents import KINDS
from breathingroom.people.models import Consent, Member, StaffSession
from breathingroom.people.stewards import Kept, all_stewards


class StillStaff(Exception):
    """An operator or moderator must hand over the power before the account is erased."""


class OwnPower(Exception):
    """Nobody takes power, or the way in, from themselves: another operator does."""


@dataclass(frozen=True)
class Farewell:
    """What stays after erasure, room by room."""

    kept: tuple[Kept, ...]


def agree(*, by: Member, kinds: tuple[str, ...]) -> None:
    """Give consent to the current version of each kind that is not given yet."""
    with transaction.atomic():
        for kind in kinds:
            _row, new = Consent.objects.get_or_create(
                member=by, kind=kind, version=KINDS[kind].version, withdrawn_at=None
            )
            if new:
                audit.record(by=by, did="people.consent.given", on=by, why=f"{kind} {KINDS[kind].version}")


def withdraw(*, by: Member, kind: str) -> None:
    """Withdraw consent to every version of a kind: out of sight in every room, and signed out everywhere."""
    with transaction.atomic():
        standing = Consent.objects.filter(member=by, kind=kind, withdrawn_at=None)
        if standing.update(withdrawn_at=clock.now()):
            audit.record(by=by, did="people.consent.withdrawn", on=by, why=kind)
        _take_out_of_sight(by)


def end_sessions(*, member: Member, but: str = "", only: int | None = None, key: str | None = None) -> int:
    """End a member’s sessions: all, all `but` one by its key, or one by its number or key."""
    ending = UserSession.objects.filter(user=member).exclude(session_key=but or "-")
    if only is not None:
        ending = ending.filter(pk=only)
    if key is not None:
        ending = ending.filter(session_key=key)
    with transaction.atomic():
        keys = list(ending.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        ending.delete()
    return len(keys)


def describe(*, by: Member, name: str, language: str, time_zone: str) -> None:
    """Change what a member says about themselves."""
    with transaction.atomic():
        Member.objects.filter(pk=by.pk).update(name=name, language=language, time_zone=time_zone)
        audit.record(by=by, did="people.member.described", on=by)


def note_export(*, by: Member) -> None:
    """Leave a line that the member took their data along."""
    with transaction.atomic():
        audit.record(by=by, did="people.member.exported", on=by)


def see(*, key: str) -> None:
    """Note that a session was used just now."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=clock.now())


def speak(*, by: Member, language: str) -> None:
    """Change the language a member reads."""
    Member.objects.filter(pk=by.pk).update(language=language)


def suspend(*, by: Member, member: Member, session: StaffSession | None = None) -> None:
    """Shut a member out until an operator lets them in again. Raises OwnPower."""
    _not_oneself(by, member)
    with transaction.atomic():
        _set(by, member, "is_active", False, session)
        _take_out_of_sight(member)


def _take_out_of_sight(member: Member) -> None:
    """Every room hides what is the member's; the people room ends their sessions."""
    for steward in all_stewards():
        steward.suspend(member=member)


def restore(*, by: Member, member: Member, session: StaffSession | None = None) -> None:
    """Let a suspended member sign in again."""
    with transaction.atomic():
        _set(by, member, "is_active", True, session)


def set_power(
    *, by: Member, member: Member, power: str, on: bool, session: StaffSession | None = None
) -> None:
    """Give or take `is_staff` or `is_moderator`; the member's sessions end. Raises OwnPower."""
    _not_oneself(by, member)
    with transaction.atomic():
        _set(by, member, power, on, session)
        end_sessions(member=member)


def _set(by: Member, member: Member, field: str, value: bool, session: StaffSession | None) -> None:
    """The line names the staff session: its reason, in words, is erased after a year, and a line never is."""
    why = f"{session._meta.label_lower} {session.pk}" if session else ""
    if Member.objects.filter(pk=member.pk).exclude(**{field: value}).update(**{field: value}):
        audit.record(by=by, did=f"people.member.{field}.{'on' if value else 'off'}", on=member, why=why)


def _not_oneself(by: Member, member: Member) -> None:
    if by.pk == member.pk:
        raise OwnPower


def begin_staff_session(*, by: Member, reason: str, minutes: int) -> StaffSession:
    """Open the staff pages to an operator for a while."""
    with transaction.atomic():
        session = StaffSession.objects.create(member=by, reason=reason, minutes=minutes)
        audit.record(by=by, did="people.staff_session.began", on=session)
    return session


def end_staff_session(*, by: Member, session: StaffSession) -> None:
    """Close them again."""
    with transaction.atomic():
        if StaffSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=clock.now()):
            audit.record(by=by, did="people.staff_session.ended", on=session)


def erase(*, by: Member) -> Farewell:
    """Erase a member and all that the rooms hold about them, in one transaction; say what stays.

    Raises StillStaff: power is handed over first, so that a house is never left without an operator.
    """
    if by.needs_second_factor:
        raise StillStaff
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.pk)
        audit.record(by=member, did="people.member.erased", on=member)
        kept = [kept for steward in all_stewards() for kept in steward.erase(member=member)]
        end_sessions(member=member)
        member.delete()
        _say_farewell(by)
    return Farewell(tuple(kept))


def _say_farewell(member: Member) -> None:
    with override(member.language or None):
        EmailMessage(
            _("Your account is closed"),
            _(
                "Hello,\n\nas you asked, your account has been erased. You will not hear from us again.\n\n"
                "If it was not you who asked, please answer this message."
            ),
            to=[member.email],
            headers={FORGET_MINUTES: "60"},
        ).send()


def forget_unverified() -> int:
    """Erase accounts whose address nobody confirmed in three days: they may not be that person's at all."""
    before = clock.now() - KEEP_UNVERIFIED
    stale = Member.objects.filter(joined_at__lt=before, last_login=None, emailaddress__verified=False)
    return stale.filter(is_staff=False, is_moderator=False).delete()[0]


def forget_old() -> int:
    """Erase sessions that are over, and staff sessions older than a year."""
    now: dt.datetime = clock.now()
    Session.objects.filter(expire_date__lt=now).delete()
    live = Session.objects.values("session_key")
    gone, _rows = UserSession.objects.exclude(session_key__in=live).delete()
    old, _rows = StaffSession.objects.filter(began_at__lt=now - KEEP_STAFF_SESSIONS).delete()
    return int(gone + old)


def forget_attempts() -> int:
    """Delete counts of attempts that have run out: their keys name an address, and Django keeps them on."""
    cache = settings.CACHES["default"]
    if not cache["BACKEND"].endswith("DatabaseCache"):
        return 0
    table = connection.ops.quote_name(cache["LOCATION"])
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(clock.now().replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - a name of ours
        return int(cursor.rowcount)
