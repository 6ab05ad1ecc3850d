"""What the people room answers for: its own tables, the libraries' tables, and the audit log below it."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.audit.models import Change, Event
from breathingroom.people import actions
from breathingroom.people.models import Consent, Member, StaffSession
from breathingroom.people.stewards import Holding, Kept, register

_UNTIL_ERASED = _("until you erase your account")


class PeopleSteward:
    """Who somebody is here, and how they sign in."""

    room = "people"
    tables: tuple[type[models.Model], ...] = (
        Member,
        Consent,
        StaffSession,
        EmailAddress,
        EmailConfirmation,
        Authenticator,
        UserSession,
        Session,
        LogEntry,
    )

    def holds(self, member: Member) -> list[Holding]:
        return [
            Holding(
                _("Your e-mail address, name, language and time zone, and the day you joined"),
                _("so that you can sign in, and pages speak your language and your hours"),
                _UNTIL_ERASED,
            ),
            Holding(
                _("The passkeys, app secret and recovery codes you set up, encrypted or as public keys"),
                _("so that only you get in"),
                _("until you remove them"),
            ),
            Holding(
                _("Where you are signed in: the kind of device, and when it was last seen"),
                _("so that you can end a session you do not know; no network address is kept"),
                _("until you sign out, at most 14 days"),
            ),
            Holding(
                _("What you agreed to, in which version, and when"),
                _("so that both sides can look it up"),
                _UNTIL_ERASED,
            ),
        ]

    def export(self, member: Member) -> dict[str, Any]:
        told = (
            "id",
            "email",
            "name",
            "language",
            "time_zone",
            "joined_at",
            "last_login",
            "is_staff",
            "is_moderator",
        )
        return {
            "you": {name: getattr(member, name) for name in told},
            "consents": _rows(Consent, member, "kind", "version", "given_at", "withdrawn_at", by="member"),
            "staff_sessions": _rows(
                StaffSession, member, "reason", "began_at", "minutes", "ended_at", by="member"
            ),
            "addresses": _rows(EmailAddress, member, "email", "verified", "primary"),
            "second_factors": _rows(Authenticator, member, "type", "created_at", "last_used_at"),
            "sessions": _rows(UserSession, member, "created_at", "last_seen_at", "user_agent"),
        }

    def erase(self, *, member: Member) -> list[Kept]:
        """The rows hang on the member and go with it; `actions.erase` deletes the member last."""
        actions.end_sessions(member=member)
        return [
            Kept(
                _("Your address, in one last message to it, for an hour"),
                _("You should hear of it if it was not you who asked."),
            )
        ]

    def suspend(self, *, member: Member) -> None:
        actions.end_sessions(member=member)


class AuditSteward:
    """The log below knows no rooms, so its answer is given here."""

    room = "audit"
    tables: tuple[type[models.Model], ...] = (Event, Change)

    def holds(self, member: Member) -> list[Holding]:
        return [
            Holding(
                _("Lines that say what was changed and when, under a random number instead of your name"),
                _("so that misuse of power, ours included, can be found out"),
                _("for good: the database itself refuses to change or delete a line"),
                stays=True,
            ),
            Holding(
                _("That something of yours changed, under a number, when Find care shows it"),
                _("so that every search shows it at once"),
                _("a week"),
            ),
        ]

    def export(self, member: Member) -> dict[str, Any]:
        """What the member did, and what others did to their account; who those were stays unsaid."""
        about = models.Q(on_type=Member._meta.label_lower, on_id=str(member.pk))
        rows = Event.objects.filter(models.Q(actor=member.pk) | about).order_by("id")
        changes = Change.objects.filter(key=str(member.pk)).order_by("id").values("at", "room")
        return {"lines": [_line(row, member) for row in rows], "changes": list(changes)}

    def erase(self, *, member: Member) -> list[Kept]:
        return [
            Kept(
                _("Lines of the audit log, under a random number that no longer leads to you"),
                _("The log would be worthless if the one it speaks about could take lines out."),
            )
        ]

    def suspend(self, *, member: Member) -> None:
        """Nothing here is in anybody's sight."""


def _line(row: Event, member: Member) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("at", "did", "on_type", "on_id", "why")}
    return {**said, "by_you": row.actor == member.pk}


def _rows(model: type[models.Model], member: Member, *names: str, by: str = "user") -> list[dict[str, Any]]:
    return list(model._default_manager.filter(**{by: member}).order_by("pk").values(*names))


register(PeopleSteward())
register(AuditSteward())
