"""Plain factories: places, professions, licences and listings."""

import datetime as dt
from typing import Any

from breathingroom.core import clock
from breathingroom.directory.choices import State
from breathingroom.directory.models import Listing, ListingConcern, ListingLanguage
from breathingroom.licensure.models import Jurisdiction, Licence, Profession
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member

FACT = {"as_of": clock.today() - dt.timedelta(days=20), "certainty": "verified"}
PLACES = {"US-WA": "Washington", "US-ID": "Idaho"}


def world() -> None:
    """Two places and one profession, as facts of three weeks ago."""
    for code, name in PLACES.items():
        Jurisdiction.objects.create(
            code=code,
            short_code=code[-2:],
            name=name,
            kind="state",
            country="US",
            country_name="United States",
            time_zones=["America/Los_Angeles"],
            primary_time_zone="America/Los_Angeles",
            **FACT,
        )
    Profession.objects.create(slug="psychologist", name="Psychologist", kind="clinician", **FACT)


def licence(member: Member, place: str = "US-WA", **fields: Any) -> Licence:
    """Active and checked this week."""
    row = _licence(member, place, **fields)
    row.save()
    return row


def _licence(member: Member, place: str = "US-WA", **fields: Any) -> Licence:
    day = clock.today() - dt.timedelta(days=3)
    given = {"status": "active", "checked_on": day, "checked_by": member.pk, "created_on": day}
    return Licence(member=member, profession_id="psychologist", jurisdiction_id=place, **{**given, **fields})


def listing(
    member: Member | str = "maren@example.org",
    *,
    concerns: tuple[str, ...] = ("burnout", "vicarious_trauma"),
    languages: tuple[str, ...] = ("en",),
    **fields: Any,
) -> Listing:
    """A complete published listing in Washington, unless said otherwise."""
    owner = make_member(member) if isinstance(member, str) else member
    row = Listing.objects.create(member=owner, **{**complete(), **fields})
    ListingConcern.objects.bulk_create(ListingConcern(listing=row, code=code) for code in concerns)
    ListingLanguage.objects.bulk_create(ListingLanguage(listing=row, code=code) for code in languages)
    return row


def complete() -> dict[str, Any]:
    """The fields of a listing that lacks nothing."""
    return {
        "state": State.PUBLISHED,
        "name": "Maren Oduya",
        "credentials": "PhD",
        "pronouns": "she/her",
        "profession_id": "psychologist",
        "headline": "For those who hold others",
        "contact": "maren@practice.example.org",
        "therapist": True,
        "online": True,
        "place_id": "US-WA",
        "city": "Seattle",
        "fee_least": 14000,
        "fee_most": 14000,
        "accepting": True,
        "openings": 2,
        "openings_confirmed_on": clock.today() - dt.timedelta(days=6),
        "treating_since": clock.today().year - 14,
        "published_at": clock.now(),
    }


def many(count: int) -> list[Listing]:
    """`count` listings with a licence each, made in bulk."""
    members = [Member(email=f"member{n}@example.org", name=f"Member {n}") for n in range(count)]
    Member.objects.bulk_create(members)
    rows = [Listing(member=member, **{**complete(), "name": member.name}) for member in members]
    Listing.objects.bulk_create(rows)
    ListingConcern.objects.bulk_create(ListingConcern(listing=row, code="burnout") for row in rows)
    ListingLanguage.objects.bulk_create(ListingLanguage(listing=row, code="en") for row in rows)
    Licence.objects.bulk_create(_licence(member) for member in members)
    return rows
