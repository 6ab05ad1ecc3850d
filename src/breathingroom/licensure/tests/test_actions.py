"""What members and operators do with licences, and what the privacy centre answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404

from breathingroom.audit.models import Event
from breathingroom.audit.queries import positions
from breathingroom.core import clock
from breathingroom.licensure import access, actions, queries
from breathingroom.licensure.adapters import LicensureSteward
from breathingroom.licensure.models import Authority, Licence
from breathingroom.licensure.tests.people import (
    DAY,
    LONG,
    authority_row,
    compact,
    jurisdiction,
    licence,
    member,
    profession,
)
from breathingroom.people import stewards
from breathingroom.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def nora() -> Member:
    return member()


@pytest.fixture
def op() -> Member:
    return member("op@example.org", is_staff=True)


def claim(by: Member, where: str = "US-OH", **more: Any) -> Licence:
    profession(), jurisdiction(where)
    return actions.claim_licence(by=by, profession="psychologist", jurisdiction=where, **more)


def position() -> int:
    return positions("licensure")["licensure"].value


def did() -> list[str]:
    return list(Event.objects.order_by("id").values_list("did", flat=True))


def test_a_claim_is_not_checked(nora: Member) -> None:
    row = claim(nora, number="P.1", expires_on=LONG)
    assert (row.status, row.created_on, row.checked_on, row.number) == ("claimed", DAY, None, "P.1")
    assert did() == ["licensure.licence.claimed"]
    assert position() == 1


def test_twice_the_same_is_refused_and_leaves_no_trace(nora: Member) -> None:
    claim(nora)
    with pytest.raises(actions.AlreadyListed):
        claim(nora)
    assert (Licence.objects.count(), position(), len(did())) == (1, 1, 1)


def test_nobody_lists_without_end(nora: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.held, "MOST", 1)
    claim(nora)
    with pytest.raises(actions.TooMany):
        claim(nora, "US-TX")
    assert Licence.objects.count() == 1


def test_a_check_says_who_and_when(nora: Member, op: Member) -> None:
    row = actions.check_licence(by=op, licence=claim(nora), status="active", expires_on=LONG)
    row.refresh_from_db()
    assert (row.status, row.checked_on, row.checked_by, row.expires_on) == ("active", DAY, op.pk, LONG)
    assert Event.objects.get(did="licensure.licence.checked").why == "active"


def test_a_check_can_be_taken_back(nora: Member, op: Member) -> None:
    row = actions.check_licence(by=op, licence=claim(nora), status="suspended")
    actions.check_licence(by=op, licence=row, status="claimed")
    row.refresh_from_db()
    assert (row.status, row.checked_on, row.checked_by) == ("claimed", None, None)
    assert did()[-1] == "licensure.licence.unchecked"


def test_a_change_drops_the_check(nora: Member, op: Member) -> None:
    row = actions.check_licence(by=op, licence=claim(nora, number="P.1"), status="active")
    assert actions.change_licence(by=nora, licence=row, number="P.2", expires_on=None)
    row.refresh_from_db()
    assert (row.number, row.status, row.checked_by) == ("P.2", "claimed", None)


def test_no_change_keeps_it(nora: Member, op: Member) -> None:
    row = actions.check_licence(by=op, licence=claim(nora, number="P.1"), status="active")
    before = position()
    assert not actions.change_licence(by=nora, licence=row, number="P.1", expires_on=None)
    row.refresh_from_db()
    assert (row.status, position()) == ("active", before)


def test_removing_takes_the_authorities_along(nora: Member) -> None:
    row = claim(nora)
    authority_row(row, compact("psypact", "authority", "US-OH").privileges.get())
    actions.remove_licence(by=nora, licence=row)
    assert not Licence.objects.exists()
    assert not Authority.objects.exists()
    assert did()[-1] == "licensure.licence.removed"


def test_an_authority_is_claimed_checked_and_removed(nora: Member, op: Member) -> None:
    row, privilege = claim(nora), compact("psypact", "authority", "US-OH").privileges.get()
    held = actions.claim_authority(by=nora, licence=row, privilege=privilege)
    with pytest.raises(actions.AlreadyListed):
        actions.claim_authority(by=nora, licence=row, privilege=privilege)
    actions.check_authority(by=op, authority=held, expires_on=LONG)
    held.refresh_from_db()
    assert (held.checked_on, held.checked_by, held.expires_on) == (DAY, op.pk, LONG)
    actions.check_authority(by=op, authority=held, found=False)
    held.refresh_from_db()
    assert (held.checked_on, held.checked_by) == (None, None)
    actions.remove_authority(by=nora, authority=held)
    assert did()[-4:] == [
        "licensure.authority.claimed", "licensure.authority.checked", "licensure.authority.unchecked",
        "licensure.authority.removed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "covers", "where"),
    [("authority", "psychologist", "US-TX"), ("privilege", "psychologist", None),
     ("privilege", "psychologist", "US-OH"), ("authority", "art_therapist", None)],
)  # fmt: skip
def test_an_authority_must_fit_the_licence(nora: Member, model: str, covers: str, where: str | None) -> None:
    row = claim(nora)
    privilege = compact("c", model, "US-OH", "US-TX", covers=covers).privileges.get()
    with pytest.raises(actions.NotUnderThisLicence):
        actions.claim_authority(by=nora, licence=row, privilege=privilege, jurisdiction=where)


def test_the_log_names_the_member_and_never_a_licence(nora: Member, op: Member) -> None:
    row, privilege = claim(nora), compact("psypact", "authority", "US-OH").privileges.get()
    held = actions.claim_authority(by=nora, licence=row, privilege=privilege)
    actions.change_licence(by=nora, licence=row, number="P.2", expires_on=None)
    actions.check_licence(by=op, licence=row, status="active")
    actions.check_authority(by=op, authority=held)
    actions.open_number(by=op, licence=row)
    actions.remove_authority(by=nora, authority=held)
    actions.remove_licence(by=nora, licence=row)
    lines = Event.objects.filter(did__startswith="licensure.")
    assert lines.count() == 8
    assert set(lines.values_list("on_type", "on_id")) == {("people.member", str(nora.pk))}


def test_looking_at_a_number_is_written_down(nora: Member, op: Member) -> None:
    assert actions.open_number(by=op, licence=claim(nora, number="P.1")) == "P.1"
    assert Event.objects.get(did="licensure.licence.number_seen").actor == op.pk


@pytest.mark.parametrize("reach", [access.own_licence, access.own_authority])
def test_another_members_is_not_there(nora: Member, op: Member, reach: Callable[..., Any]) -> None:
    row = claim(nora)
    held = authority_row(row, compact("psypact", "authority", "US-OH").privileges.get())
    found = row if reach is access.own_licence else held
    assert reach(nora, found.pk) == found
    with pytest.raises(Http404):
        reach(op, found.pk)
    with pytest.raises(Http404):
        reach(nora, op.pk)


def test_what_is_held_is_read_in_three_queries_for_any_number(django_assert_num_queries: Any) -> None:
    row = compact("psypact", "authority", "US-OH")
    members = [member(f"{n}@example.org") for n in range(3)]
    for one in members[:2]:
        authority_row(licence(one), row.privileges.get())
    for some in (members[:1], members):
        with django_assert_num_queries(3):
            found = queries.held_by([one.pk for one in some])
    assert [len(found[one.pk]) for one in members] == [1, 1, 0]
    assert found[members[0].pk][0].authorities[0].compact == "psypact"
    assert set(queries.held_by_all()) == {members[0].pk, members[1].pk}


def test_the_steward_tells_exports_and_erases(nora: Member, op: Member) -> None:
    steward = LicensureSteward()
    assert steward.holds(nora) == []
    row = claim(nora, number="P.1")
    authority_row(
        row, compact("psypact", "authority", "US-OH").privileges.get(), jurisdiction=jurisdiction("US-TX")
    )
    claim(op)
    assert len(steward.holds(nora)) == 1
    exported = steward.export(nora)["licences"]
    assert (exported[0]["number"], exported[0]["listed_on"]) == ("P.1", DAY)
    assert exported[0]["authorities"][0]["where"] == "Place US-TX, US"
    steward.suspend(member=nora)
    before = position()
    assert steward.erase(member=nora) == []
    assert [found.member for found in Licence.objects.all()] == [op]
    assert position() == before + 1
    steward.erase(member=nora)
    assert position() == before + 1
    assert Authority in set(stewards.tables())
    assert steward.export(op)["licences"][0]["valid_until"] is None
