"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from breathingroom.core import clock
from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Evidence,
    EvidenceView,
    Jurisdiction,
    Licence,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
    Verification,
)
from breathingroom.licensure.tests.checking import handed_in
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
from breathingroom.people.models import Member

pytestmark = pytest.mark.django_db

PLACE = {"short_code": "X", "name": "X", "kind": "state", "country": "US", "country_name": "US",
         "primary_time_zone": "UTC"}  # fmt: skip
COVERS = {"covers_online": True, "covers_in_person": True}


def refused(constraint: str) -> Any:
    """The violation names the constraint (PostgreSQL), or its columns (SQLite, for unique ones)."""
    on_sqlite = connection.vendor == "sqlite" and constraint in UNIQUE
    return pytest.raises(IntegrityError, match="UNIQUE constraint failed" if on_sqlite else constraint)


UNIQUE = {"licence_once", "authority_once_everywhere", "authority_once_in_a_jurisdiction",
          "compact_privilege_once", "compact_member_once",
          "verification_one_open_per_licence", "evidence_viewed_once", "licence_granted_once"}  # fmt: skip


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


# -- checks and their files ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("verification_kind_is_known", {"kind": "odd"}),
        ("verification_state_is_known", {"state": "odd"}),
        ("verification_reason_is_known", {"reason": "odd"}),
        ("verification_decided_when_over", {"state": "granted"}),
        ("verification_decided_when_over", {"decided_at": clock.now}),
        ("verification_no_has_a_reason", {"state": "asked"}),
    ],
)
def test_a_check_of_a_licence_is_whole(row: Licence, constraint: str, fields: dict[str, Any]) -> None:
    given = {name: value() if callable(value) else value for name, value in fields.items()}
    with refused(constraint):
        Verification.objects.create(licence=row, **given)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("evidence_kind_is_known", {"kind": "exe"}),
        ("evidence_size_is_bounded", {"size": 0}),
        ("evidence_size_is_bounded", {"size": 9_000_000}),
        ("evidence_purged_with_its_name", {"purged_at": clock.now}),
    ],
)
def test_evidence_is_bounded(row: Licence, constraint: str, fields: dict[str, Any]) -> None:
    check = Verification.objects.create(licence=row)
    given: dict[str, Any] = {"kind": "pdf", "size": 1, "name": "a.pdf"} | fields
    given = {name: value() if callable(value) else value for name, value in given.items()}
    with refused(constraint):
        Evidence.objects.create(verification=check, **given)


def test_one_open_check_a_licence(row: Licence) -> None:
    Verification.objects.create(licence=row)
    with refused("verification_one_open_per_licence"):
        Verification.objects.create(licence=row)


def test_one_view_an_operator(op: Member, row: Licence) -> None:
    file = handed_in(row).evidence.get()
    EvidenceView.objects.create(evidence=file, viewer=op.pk)
    with refused("evidence_viewed_once"):
        EvidenceView.objects.create(evidence=file, viewer=op.pk)


def test_one_mark_a_licence(row: Licence) -> None:
    Licence.objects.update(mark="same")
    with refused("licence_granted_once"):
        licence(member("second@example.org"), mark="same")


def test_no_register_without_a_check(row: Licence) -> None:
    with refused("licence_against_only_when_checked"):
        Licence.objects.update(checked_against="somewhere")
