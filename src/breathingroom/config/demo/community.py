"""The cast brought into the database, in a few large writes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection, models, transaction
from tqdm import tqdm

from breathingroom.audit import actions as audit
from breathingroom.config.demo import accounts, calls, cast, enquiries, supervision, verification
from breathingroom.core import clock
from breathingroom.directory import rules
from breathingroom.directory.models import (
    Listing,
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.licensure.models import Authority, CompactMember, CompactPrivilege, Jurisdiction, Licence
from breathingroom.people.consents import TEXTS
from breathingroom.people.models import Consent, Member

M = TypeVar("M", bound=models.Model)
BATCH = 500


def settle(listings: int) -> None:
    """Seed `listings` clinicians and the demo's sign-ins, unless they are there."""
    if Member.objects.filter(email=accounts.by_role("operator").email).exists():
        return
    people = cast.clinicians(listings, _operating())
    with transaction.atomic(), tqdm(desc="Community", unit=" rows", delay=2) as bar:
        for rows in _tables(people):
            _write(rows, bar)
        for model, names, plain in _hanging(people):
            _write_plainly(model, names, plain)
            bar.update(len(plain))
        _give_second_factors()
        enquiries.write()
        calls.write()
        supervision.write()
        verification.write()
        audit.record(by=None, did="demo.community.settled", on="demo", why=f"{listings} listings")
        audit.advance("licensure")
        audit.advance("directory")


def _operating() -> cast.Operating:
    """Where each compact can be used, from the facts."""
    found: dict[str, set[str]] = {}
    for compact, where in CompactMember.objects.filter(status="operational").values_list(
        "compact_id", "jurisdiction_id"
    ):
        found.setdefault(compact, set()).add(where)
    return {compact: frozenset(where) for compact, where in found.items()}


def _write(rows: Sequence[models.Model], bar: "tqdm[Any]") -> None:
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        type(part[0])._default_manager.bulk_create(part)
        bar.update(len(part))


def _tables(people: list[cast.Clinician]) -> Iterable[Sequence[models.Model]]:
    """All rows, table by table, in the order in which they need each other."""
    zones = dict(Jurisdiction.objects.values_list("code", "primary_time_zone"))
    members = [_member(p.email, p.name, zones[p.place], p.joined) for p in people]
    others = [_account(account) for account in accounts.ACCOUNTS if account.role != "provider"]
    everyone = [*members, *others]
    checker = next(member.pk for member in others if member.is_staff)
    yield everyone
    yield [EmailAddress(user=m, email=m.email, verified=True, primary=True) for m in everyone]
    yield [_consent(member, text.kind, text.version) for member in everyone for text in TEXTS]
    pairs = list(zip(people, members, strict=True))
    licences = [(paper, _licence(m, paper, checker)) for p, m in pairs for paper in p.papers]
    yield [licence for _, licence in licences]
    privileges = {(row.compact_id, row.kind): row for row in CompactPrivilege.objects.all()}
    yield [
        _authority(licence, permit, privileges[permit.compact, permit.kind], checker)
        for paper, licence in licences
        for permit in paper.permits
    ]
    listings = [(person, _listing(person, member)) for person, member in pairs]
    yield [listing for _, listing in listings]


Plain = tuple[type[models.Model], tuple[str, ...], list[tuple[Any, ...]]]


def _hanging(people: list[cast.Clinician]) -> Iterable[Plain]:
    """What hangs on the listings: a table, its columns, and rows of plain values."""
    code = ("listing", "code")
    yield ListingConcern, code, [(each.id, concern) for each in people for concern in each.concerns]
    yield ListingLanguage, code, [(each.id, language) for each in people for language in each.languages]
    more = [(each.id, each.practical) for each in people]
    yield ListingApproach, code, [(id, approach) for id, each in more for approach in each.approaches]
    yield ListingIdentity, code, [(id, identity) for id, each in more for identity in each.identities]
    hours = [(id, *stretch) for id, each in more for stretch in each.hours]
    yield ListingHours, ("listing", "weekday", "begins", "ends"), hours


def _write_plainly(model: type[models.Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Many small rows without an object for each: they are most of the community."""
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [connection.ops.quote_name(str(field.column)) for field in fields]
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
    ready = lru_cache(None)(lambda n, value: fields[n].get_db_prep_save(value, connection))
    with connection.cursor() as cursor:
        cursor.executemany(into, [tuple(ready(n, value) for n, value in enumerate(row)) for row in rows])


def _number(what: str) -> UUID:
    """The same for the same words: a demo's addresses can be written down."""
    return UUID(int=Random(f"breathing room {what}").getrandbits(128), version=4)  # noqa: S311


def _ago(days: int) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days)


def _day(days_from_now: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days_from_now)


def _member(email: str, name: str, zone: str, joined: int) -> Member:
    member = Member(id=_number(email), email=email, name=name, time_zone=zone, joined_at=_ago(joined))
    member.set_unusable_password()
    return member


def _account(account: accounts.Account) -> Member:
    member = _member(account.email, account.name, "America/Chicago", 400)
    member.is_staff = account.role == "operator"
    member.is_moderator = account.role == "moderator"
    return member


def _consent(member: Member, kind: str, version: int) -> Consent:
    return Consent(member=member, kind=kind, version=version, given_at=member.joined_at)


def _licence(member: Member, paper: cast.Paper, checker: UUID) -> Licence:
    checked = paper.checked is not None
    return Licence(
        id=_number(f"{member.email} {paper.profession} {paper.where}"),
        member=member,
        profession_id=paper.profession,
        jurisdiction_id=paper.where,
        number=paper.number,
        status=("active" if paper.left > 0 else "expired") if checked else "claimed",
        expires_on=_day(paper.left),
        created_on=member.joined_at.date(),
        checked_on=_day(-(paper.checked or 0)) if checked else None,
        checked_by=checker if checked else None,
    )


def _authority(
    licence: Licence, permit: cast.Permit, privilege: CompactPrivilege, checker: UUID
) -> Authority:
    checked = permit.checked is not None
    return Authority(
        id=_number(f"{licence.id} {permit.kind} {permit.where}"),
        licence=licence,
        privilege=privilege,
        jurisdiction_id=permit.where or None,
        expires_on=licence.expires_on,
        checked_on=_day(-(permit.checked or 0)) if checked else None,
        checked_by=checker if checked else None,
    )


def _listing(person: cast.Clinician, member: Member) -> Listing:
    least, most = person.fees or (None, None)
    return Listing(
        id=person.id,
        member=member,
        state=person.state,
        name=person.name,
        pronouns=person.pronouns,
        credentials=person.credentials,
        profession_id=person.profession,
        headline=person.headline,
        about=person.about,
        contact=person.email.replace("@", "@practice."),  # never the address of the account
        treating_since=clock.today().year - person.years,
        **dict.fromkeys(person.roles, True),
        online=person.online,
        in_person=person.in_person,
        place_id=person.place,
        city=person.city,
        practice=person.practical.practice,
        spot=person.practical.spot,
        time_zone=person.practical.time_zone,
        evenings=rules.in_evenings(person.practical.hours),
        weekends=rules.on_weekends(person.practical.hours),
        pro_bono=person.practical.pro_bono,
        fee_least=least and least * 100,
        fee_most=most and most * 100,
        currency=person.currency,
        sliding=person.sliding,
        accepting=person.openings > 0,
        openings=person.openings,
        wait_weeks=person.wait_weeks,
        openings_confirmed_on=_day(-person.confirmed),
        created_at=member.joined_at,
        published_at=None if person.state == "draft" else member.joined_at + dt.timedelta(days=1),
        changed_at=_ago(person.confirmed),
    )


def _give_second_factors() -> None:
    """The authenticator of the demo: one key, printed on the screen."""
    for account in accounts.ACCOUNTS:
        if account.second_factor:
            TOTP.activate(Member.objects.get(email=account.email), accounts.TOTP_SECRET)


MOVING = (
    (Listing, "openings_confirmed_on"),
    (Licence, "checked_on"),
    (Licence, "expires_on"),
    (Authority, "checked_on"),
    (Authority, "expires_on"),
)


def move_on(days: int) -> None:
    """Bring all days of the community closer by `days`, so that an old demo looks lived in."""
    if not days:
        return
    with transaction.atomic():
        for model, field in MOVING:
            _move(model._default_manager, field, dt.timedelta(days=days))
        audit.advance("licensure")
        audit.advance("directory")


def _move(rows: "models.Manager[Any]", field: str, by: dt.timedelta) -> None:
    """Latest days first: a day that was moved is not met again."""
    known = rows.exclude(**{field: None}).values_list(field, flat=True).distinct().order_by(f"-{field}")
    for day in list(known):
        rows.filter(**{field: day}).update(**{field: day + by})
