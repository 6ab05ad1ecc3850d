"""Plain factories: members, licences as the question of eligibility sees them, and rows."""

import datetime as dt
from typing import Any

from breathingroom.licensure.eligibility import AuthorityHeld, LicenceHeld
from breathingroom.licensure.models import (
    Authority,
    Compact,
    CompactPrivilege,
    Jurisdiction,
    Licence,
    Profession,
)
from breathingroom.people.models import Member

DAY = dt.date(2026, 11, 22)
LONG = dt.date(2028, 6, 30)
FACT = {"as_of": dt.date(2026, 11, 21), "certainty": "verified"}


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def held(
    profession: str,
    jurisdiction: str,
    *authorities: AuthorityHeld,
    status: str = "active",
    until: dt.date | None = LONG,
    checked: dt.date | None = DAY,
) -> LicenceHeld:
    """A licence in good standing, checked on DAY, unless said otherwise."""
    return LicenceHeld(profession, jurisdiction, status, until, checked, DAY, authorities)


def claimed(profession: str, jurisdiction: str, *authorities: AuthorityHeld) -> LicenceHeld:
    """A licence that nobody checked."""
    return held(profession, jurisdiction, *authorities, status="claimed", checked=None)


def authority(
    compact: str,
    privilege: str,
    where: str | None = None,
    until: dt.date | None = LONG,
    checked: dt.date | None = DAY,
) -> AuthorityHeld:
    return AuthorityHeld(compact, privilege, where, until, checked)


def member(email: str = "nora@example.org", **fields: Any) -> Member:
    return Member.objects.create_user(email, **fields)


def profession(slug: str = "psychologist") -> Profession:
    row, _new = Profession.objects.get_or_create(
        slug=slug, defaults={"name": slug.title(), "kind": "clinician", **FACT}
    )
    return row


def jurisdiction(code: str = "US-OH") -> Jurisdiction:
    country, _, short = code.partition("-")
    row, _new = Jurisdiction.objects.get_or_create(
        code=code,
        defaults={
            "short_code": short or country,
            "name": f"Place {code}",
            "kind": "state",
            "country": country,
            "country_name": country,
            "primary_time_zone": "UTC",
            **FACT,
        },
    )
    return row


def licence(of: Member, **fields: object) -> Licence:
    given = {"profession": profession(), "jurisdiction": jurisdiction(), "created_on": DAY, **fields}
    return Licence.objects.create(member=of, **given)


def compact(
    slug: str = "psypact", model: str = "authority", *members: str, covers: str = "psychologist"
) -> Compact:
    """A compact that operates in `members`, with one privilege for both ways of meeting."""
    row = Compact.objects.create(slug=slug, name=slug.title(), country="US", model=model, **FACT)
    row.professions.add(profession(covers))
    for code in members:
        row.members.create(jurisdiction=jurisdiction(code), status="operational", **FACT)
    row.privileges.create(
        kind="multistate_licence", name="Privilege", covers_online=True, covers_in_person=True, **FACT
    )
    return row


def authority_row(on: Licence, privilege: CompactPrivilege, **fields: object) -> Authority:
    return Authority.objects.create(licence=on, privilege=privilege, **fields)
