"""The staff pages where licences are checked and facts are edited."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from breathingroom.audit.models import Event
from breathingroom.audit.queries import positions
from breathingroom.licensure import facts
from breathingroom.licensure.models import Authority, CompactMember, CompactPrivilege, Licence, Mobility
from breathingroom.licensure.tests.browsing import GIVEN, listed, text
from breathingroom.people.models import Member
from breathingroom.safety.tests.staff import member, operator, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def nora() -> Member:
    return member()


@pytest.fixture
def browser(nora: Member) -> Client:
    return signed_in(nora)


def test_an_operator_checks_a_licence(browser: Client, nora: Member) -> None:
    row = listed(nora)
    op, staff = operator()
    address = f"/staff/licensure/licence/{row.pk}/change/"
    assert "P.1234" in text(staff, address)
    assert Event.objects.filter(did="licensure.licence.number_seen", actor=op.pk).count() == 1
    staff.post(address, found(staff, row))
    row.refresh_from_db()
    assert (row.status, row.checked_by) == ("active", op.pk)
    assert "active" in text(browser, "/licences/")
    assert not Event.objects.filter(on_id=str(row.pk)).exists()


def found(staff: Client, row: Licence) -> dict[str, str]:
    """What an operator posts who found the licence active, from the page as they have it open."""
    form = staff.get(f"/staff/licensure/licence/{row.pk}/change/").context["adminform"].form
    return {"status": "active", "expires_on": "2028-06-30", "seen": form["seen"].value()}


@pytest.mark.parametrize(
    "change", [{"number": "P.9999"}, {"expires_on": "2031-01-31"}], ids=["number", "end"]
)
def test_a_check_is_of_what_the_operator_saw(browser: Client, nora: Member, change: dict[str, str]) -> None:
    row = listed(nora)
    _op, staff = operator()
    address, opened = f"/staff/licensure/licence/{row.pk}/change/", found(staff, row)
    browser.post(f"/licences/{row.pk}/edit/", GIVEN | change)
    for stale in (opened, {**opened, "seen": ""}):
        page = staff.post(address, stale)
        assert "so nothing was saved" in page.content.decode()
        assert next(iter(change.values())) in page.content.decode()
        row.refresh_from_db()
        assert (row.status, row.checked_by) == ("claimed", None)
    staff.post(address, {**opened, "seen": page.context["adminform"].form["seen"].value()})
    row.refresh_from_db()
    assert row.status == "active"


def test_the_way_up_begins_with_a_capital() -> None:
    _op, staff = operator()
    assert ">Licensing</a>" in text(staff, "/staff/licensure/licence/")
    assert ">Safety</a>" in text(staff, "/staff/safety/crisisline/")


def test_no_licence_is_checked_from_the_list(nora: Member) -> None:
    row = listed(nora)
    _op, staff = operator()
    staff.post("/staff/licensure/licence/", {"action": "found_active", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.status == "claimed"


def test_the_list_unseals_no_number(nora: Member) -> None:
    listed(nora)
    _op, staff = operator()
    with CaptureQueriesContext(connection) as asked:
        text(staff, "/staff/licensure/licence/")
    assert not [query for query in asked.captured_queries if '"licensure_licence"."number"' in query["sql"]]


def test_the_history_of_a_fact_is_found_though_its_code_has_an_underscore() -> None:
    _op, staff = operator()
    answer = staff.get("/staff/licensure/profession/addiction_5Fcounselor/history/")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?on_type=licensure.profession&on_id=addiction_counselor")


def test_the_history_of_what_is_held_is_that_of_the_member(nora: Member) -> None:
    row = listed(nora)
    _op, staff = operator()
    page = staff.get(f"/staff/licensure/licence/{row.pk}/history/")
    assert page["Location"] == f"/staff/audit/event/?on_type=people.member&on_id={nora.pk}"
    assert staff.get(f"/staff/licensure/licence/{Member().pk}/history/").status_code == 404


def test_the_number_is_in_no_list(nora: Member) -> None:
    listed(nora)
    _op, staff = operator()
    html = text(staff, "/staff/licensure/licence/?q=nora&status__exact=claimed")
    assert "Ohio" in html
    assert "P.1234" not in html


def test_many_authorities_are_checked_at_once(browser: Client, nora: Member) -> None:
    row = listed(nora)
    telehealth = CompactPrivilege.objects.get(kind="telehealth")
    browser.post(f"/licences/{row.pk}/authority/", {"what": f"{telehealth.pk}:"})
    held = Authority.objects.get()
    op, staff = operator()
    staff.post("/staff/licensure/authority/", {"action": "found_held", "_selected_action": [held.pk]})
    held.refresh_from_db()
    assert held.checked_by == op.pk
    assert text(browser, "/licences/").count("✓") == 1


def test_an_operator_checks_an_authority_and_takes_it_back(browser: Client, nora: Member) -> None:
    row = listed(nora)
    telehealth = CompactPrivilege.objects.get(kind="telehealth")
    browser.post(f"/licences/{row.pk}/authority/", {"what": f"{telehealth.pk}:"})
    held = Authority.objects.get()
    op, staff = operator()
    address = f"/staff/licensure/authority/{held.pk}/change/"
    staff.post(address, {"found": "on"})
    held.refresh_from_db()
    assert held.checked_by == op.pk
    staff.post(address, {})
    held.refresh_from_db()
    assert held.checked_by is None


def test_operators_neither_add_nor_delete_what_members_hold(nora: Member) -> None:
    row = listed(nora)
    _op, staff = operator()
    assert staff.get("/staff/licensure/licence/add/").status_code == 403
    assert staff.post(f"/staff/licensure/licence/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.get(f"/staff/licensure/licence/{Member().pk}/change/").status_code == 404


def test_an_edited_fact_is_marked_logged_and_moves_the_position() -> None:
    row = CompactMember.objects.get(compact="counseling", jurisdiction="US-VA")
    _op, staff = operator()
    address = f"/staff/licensure/compactmember/{row.pk}/change/"
    given = {
        name: value or "" for name, value in staff.get(address).context["adminform"].form.initial.items()
    }
    before = positions("licensure")["licensure"].value
    staff.post(address, given | {"status": "operational", "as_of": "2026-11-22"})
    row.refresh_from_db()
    assert row.status == "operational"
    assert row.edited_on
    assert positions("licensure")["licensure"].value == before + 1
    assert Event.objects.get(did="licensure.compactmember.changed").on_id == str(row.pk)
    assert facts.load(by=None).kept == 1


def test_a_deleted_fact_moves_the_position() -> None:
    _op, staff = operator()
    before = positions("licensure")["licensure"].value
    staff.post("/staff/licensure/mobility/cfta/delete/", {"post": "yes"})
    assert not Mobility.objects.filter(slug="cfta").exists()
    assert positions("licensure")["licensure"].value == before + 1


@pytest.mark.parametrize(
    "table",
    ["nucccode", "profession", "title", "jurisdiction", "registration", "compact", "compactprivilege",
     "compactmember", "mobility", "licence", "authority"],
)  # fmt: skip
def test_every_table_has_its_staff_page(table: str) -> None:
    _op, staff = operator()
    text(staff, f"/staff/licensure/{table}/?q=ohio")
