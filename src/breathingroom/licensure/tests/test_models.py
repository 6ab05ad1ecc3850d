"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)
from breathingroom.licensure.tests.people import (
    DAY,
    FACT,
    authority_row,
    compact,
    jurisdiction,
    licence,
    member,
    profession,
)

pytestmark = pytest.mark.django_db

PLACE = {"short_code": "X", "name": "X", "kind": "state", "country": "US", "country_name": "US",
         "primary_time_zone": "UTC"}  # fmt: skip
COVERS = {"covers_online": True, "covers_in_person": True}


def refused(constraint: str) -> Any:
    """The violation names the constraint (PostgreSQL), or its columns (SQLite, for unique ones)."""
    on_sqlite = connection.vendor == "sqlite" and constraint in UNIQUE
    return pytest.raises(IntegrityError, match="UNIQUE constraint failed" if on_sqlite else constraint)


UNIQUE = {"licence_once", "authority_once_everywhere", "authority_once_in_a_jurisdiction",
          "compact_privilege_once", "compact_member_once"}  # fmt: skip


def _rows() -> dict[str, tuple[type[models.Model], dict[str, Any]]]:
    row = compact()
    return {
        "nucccode_certainty_is_known": (NuccCode, {"code": "1"}),
        "profession_certainty_is_known": (Profession, {"slug": "x", "kind": "clinician"}),
        "title_certainty_is_known": (Title, {"slug": "x", "profession": profession()}),
        "jurisdiction_certainty_is_known": (Jurisdiction, {"code": "US-XX", **PLACE}),
        "compact_certainty_is_known": (Compact, {"slug": "x", "model": "authority"}),
        "compactprivilege_certainty_is_known": (
            CompactPrivilege, {"compact": row, "kind": "telehealth", **COVERS},
        ),
        "compactmember_certainty_is_known": (
            CompactMember, {"compact": row, "jurisdiction": jurisdiction(), "status": "enacted"},
        ),
        "registration_certainty_is_known": (Registration, {"country": "US", "scope": "region"}),
        "mobility_certainty_is_known": (Mobility, {"slug": "x", "home": "AU", "away": "NZ"}),
    }  # fmt: skip


@pytest.mark.parametrize(
    "constraint",
    ["nucccode_certainty_is_known", "profession_certainty_is_known", "title_certainty_is_known",
     "jurisdiction_certainty_is_known", "compact_certainty_is_known", "compactprivilege_certainty_is_known",
     "compactmember_certainty_is_known", "registration_certainty_is_known", "mobility_certainty_is_known"],
)  # fmt: skip
def test_a_certainty_must_be_known(constraint: str) -> None:
    model, fields = _rows()[constraint]
    with refused(constraint), transaction.atomic():
        model._default_manager.create(**fields, as_of=DAY, certainty="perhaps")
    model._default_manager.create(**fields, as_of=DAY, certainty="low")


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("profession_kind_is_known", Profession, {"slug": "x", "kind": "wizard"}),
        ("compact_model_is_known", Compact, {"slug": "x", "model": "magic"}),
        ("registration_scope_is_known", Registration, {"country": "US", "scope": "world"}),
    ],
)
def test_a_choice_must_be_known(constraint: str, model: type[models.Model], fields: dict[str, Any]) -> None:
    with refused(constraint), transaction.atomic():
        model._default_manager.create(**fields, **FACT)


def test_a_privilege_is_named_once_known_and_covers_something() -> None:
    row = compact()
    with refused("compact_privilege_once"), transaction.atomic():
        row.privileges.create(kind="multistate_licence", **COVERS, **FACT)
    with refused("compact_privilege_kind_is_known"), transaction.atomic():
        row.privileges.create(kind="favour", **COVERS, **FACT)
    with refused("compact_privilege_covers_something"), transaction.atomic():
        row.privileges.create(kind="telehealth", covers_online=False, covers_in_person=False, **FACT)


def test_a_place_is_a_member_once_with_a_known_status() -> None:
    row = compact("psypact", "authority", "US-OH")
    with refused("compact_member_once"), transaction.atomic():
        row.members.create(jurisdiction=jurisdiction("US-OH"), status="enacted", **FACT)
    with refused("compact_member_status_is_known"), transaction.atomic():
        row.members.create(jurisdiction=jurisdiction("US-TX"), status="joined", **FACT)


def test_one_licence_a_member_profession_and_place() -> None:
    nora = member()
    licence(nora)
    with refused("licence_once"), transaction.atomic():
        licence(nora)
    licence(member("other@example.org"))
    licence(nora, jurisdiction=jurisdiction("US-TX"))


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("licence_status_is_known", {"status": "fine", "checked_on": DAY, "checked_by": "BY"}),
        ("licence_checked_on_with_by", {"status": "active", "checked_on": DAY}),
        ("licence_checked_on_with_by", {"status": "claimed", "checked_by": "BY"}),
        ("licence_claimed_until_checked", {"status": "claimed", "checked_on": DAY, "checked_by": "BY"}),
        ("licence_claimed_until_checked", {"status": "active"}),
    ],
)
def test_a_check_is_whole(constraint: str, wrong: dict[str, Any]) -> None:
    nora = member()
    fields = {name: nora.pk if value == "BY" else value for name, value in wrong.items()}
    with refused(constraint), transaction.atomic():
        licence(nora, **fields)
    licence(nora, status="active", checked_on=DAY, checked_by=nora.pk)


def test_an_authority_is_listed_once_and_checked_whole() -> None:
    row, held = compact("psypact", "authority", "US-OH"), licence(member())
    privilege = row.privileges.get()
    authority_row(held, privilege)
    with refused("authority_once_everywhere"), transaction.atomic():
        authority_row(held, privilege)
    authority_row(held, privilege, jurisdiction=jurisdiction("US-TX"))
    with refused("authority_once_in_a_jurisdiction"), transaction.atomic():
        authority_row(held, privilege, jurisdiction=jurisdiction("US-TX"))
    with refused("authority_checked_on_with_by"), transaction.atomic():
        authority_row(held, privilege, jurisdiction=jurisdiction("US-CA"), checked_on=DAY)


def test_the_number_is_sealed_at_rest() -> None:
    row = licence(member(), number="P.1234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM licensure_licence")
        assert "1234" not in cursor.fetchone()[0]
    row.refresh_from_db()
    assert row.number == "P.1234"


def test_every_row_has_a_name() -> None:
    row, held = compact("psypact", "authority", "US-OH"), licence(member())
    authority = authority_row(held, row.privileges.get())
    assert [str(found) for found in (row, row.members.get(), authority, held)] == [
        "Psypact", "psypact: US-OH", "Privilege", "Psychologist · Place US-OH, US",
    ]  # fmt: skip
    facts = [
        NuccCode(code="1", name="N"),
        Title(name="T", country="CA"),
        Registration(name="R"),
        Mobility(name="M"),
    ]
    assert [str(found) for found in facts] == ["1 N", "T (CA)", "R", "M"]
    assert str(Jurisdiction(name="Ireland", country_name="Ireland")) == "Ireland"
