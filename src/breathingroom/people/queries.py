"""Reading about members."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext

from breathingroom.core import clock, privacy
from breathingroom.people.choices import LATELY
from breathingroom.people.consents import TEXTS, Text
from breathingroom.people.models import Consent, Member
from breathingroom.people.stewards import Holding, Words, all_stewards

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(member: Member, *, beside: int | None = None) -> bool:
    """Whether an app or a passkey is set up, `beside` the one of this number."""
    found = Authenticator.objects.filter(user=member, type__in=SECOND_FACTORS)
    return bool(found.exclude(pk=beside).exists())


def showed_second_factor(request: HttpRequest) -> bool:
    """Whether one was shown in this session. A session from before it was set up does not count."""
    user = request.user
    if not isinstance(user, Member):
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def came_in_lately(request: HttpRequest) -> bool:
    """Whether the member signed in, or showed a second factor, in this session a moment ago."""
    user = request.user
    records = get_authentication_records(request, user) if isinstance(user, Member) else []
    moments = [request.session.get("began_at", 0), *(record.get("at", 0) for record in records)]
    return bool(clock.now().timestamp() - max(moments) < LATELY.total_seconds())


@dataclass(frozen=True)
class Place:
    """One place where a member is signed in."""

    number: int
    device: str
    began_at: dt.datetime
    seen_at: dt.datetime
    is_here: bool


def sessions(member: Member, here: str) -> list[Place]:
    """A member's sessions, this one first, then the one seen last."""
    rows = UserSession.objects.filter(user=member).order_by("-last_seen_at")
    found = [
        Place(row.pk, row.user_agent, row.created_at, row.last_seen_at, row.session_key == here)
        for row in rows
    ]
    return sorted(found, key=lambda place: not place.is_here)


@dataclass(frozen=True)
class Agreed:
    """One text, and since when the member agrees to its current version."""

    text: Text
    given_at: dt.datetime | None


def consents(member: Member) -> list[Agreed]:
    """Every text with what this member said to it; one query."""
    given = {
        (row.kind, row.version): row.given_at
        for row in Consent.objects.filter(member=member, withdrawn_at=None)
    }
    return [Agreed(text, given.get((text.kind, text.version))) for text in TEXTS]


def consents_missing(member: Member) -> list[Text]:
    """The texts whose current version this member has not agreed to."""
    return [agreed.text for agreed in consents(member) if agreed.given_at is None]


@dataclass(frozen=True)
class RoomHoldings:
    """What one room holds about one member."""

    room: Words
    holdings: tuple[Holding, ...]


def holdings(member: Member) -> list[RoomHoldings]:
    """Room by room, leaving out rooms that hold nothing."""
    found = [(steward.room, tuple(steward.holds(member))) for steward in all_stewards()]
    return [RoomHoldings(_room_name(room), held) for room, held in found if held]


@dataclass(frozen=True)
class Table:
    """One table in words: what its rows are, who may read which fields, how long they stay."""

    name: Words
    keep: Words
    readers: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class RoomTables:
    room: Words
    tables: tuple[Table, ...]


def tables_in_words() -> list[RoomTables]:
    """Every table that some room answers for, from the same declarations that drive export and erasure."""
    return [
        RoomTables(_room_name(steward.room), tuple(map(_table, steward.tables)))
        for steward in all_stewards()
        if steward.tables
    ]


def _table(model: type[models.Model]) -> Table:
    declared = privacy.declaration(model)
    classes: dict[str, list[str]] = {}
    for name, kind in declared.fields.items() if declared else ():
        classes.setdefault(kind.value, []).append(_field_name(model, name))
    readers = tuple(
        (kind.value, tuple(classes[kind.value])) for kind in privacy.DataClass if kind.value in classes
    )
    name = gettext(str(model._meta.verbose_name_plural))
    return Table(name, declared.keep if declared else "", readers)


def _field_name(model: type[models.Model], name: str) -> str:
    """In the reader's language, the names that Django makes up for fields of libraries included."""
    return gettext(str(getattr(model._meta.get_field(name), "verbose_name", name)))


def _room_name(room: str) -> Words:
    return apps.get_app_config(room).verbose_name
