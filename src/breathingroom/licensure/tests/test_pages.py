"""A member's own pages, and the staff pages where licences are checked."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from breathingroom.audit.models import Event
from breathingroom.audit.queries import positions
from breathingroom.licensure import access, facts
from breathingroom.licensure.models import Authority, CompactMember, CompactPrivilege, Licence, Mobility
from breathingroom.people.models import Member
from breathingroom.safety.tests.staff import member, operator, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def nora() -> Member:
    return member()


@pytest.fixture
def browser(nora: Member) -> Client:
    return signed_in(nora)


GIVEN = {
    "profession": "psychologist",
    "jurisdiction": "US-OH",
    "number": "P.1234",
    "expires_on": "2028-06-30",
}


def listed(browser: Client, **more: str) -> Licence:
    browser.post("/licences/add/", GIVEN | more)
    return Licence.objects.latest("pk") if not more else Licence.objects.get(**_by(more))


def _by(more: dict[str, str]) -> dict[str, str]:
    return {f"{name}_id": value for name, value in more.items() if name in {"profession", "jurisdiction"}}


def text(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_an_empty_page_says_what_to_do(browser: Client) -> None:
    html = text(browser, "/licences/")
    assert "No licence listed yet" in html
    assert 'href="/licences/add/"' in html
    assert '<p class="small"><a href="/account/">Your account</a></p>' in html


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/licences/").status_code == 302


def test_a_licence_is_listed(browser: Client, nora: Member) -> None:
    answer = browser.post("/licences/add/", GIVEN)
    assert answer["Location"] == "/licences/"
    row = Licence.objects.get()
    assert (row.member, row.number, row.status) == (nora, "P.1234", "claimed")
    html = text(browser, "/licences/")
    assert "Ohio, United States" in html
    assert "Not checked yet" in html
    assert "P.1234" not in html


def test_the_form_helps_to_find_the_profession(browser: Client) -> None:
    html = text(browser, "/licences/add/")
    assert "LICSW" in html
    assert "1041C0700X" in html
    assert "CORU" in html


@pytest.mark.parametrize(
    "wrong",
    [
        {"profession": "coach"},
        {"jurisdiction": "US-XX"},
        {"profession": ""},
        {"number": "x" * 41},
        {"number": "a\0b"},
        {"expires_on": "yesterday"},
        {"expires_on": "0001-01-01"},
        {"expires_on": "9999-12-31"},
        {"profession": "\0"},
        {"jurisdiction": "x" * 5000},
    ],
)
def test_what_is_wrong_stays_in_the_form(browser: Client, wrong: dict[str, str]) -> None:
    page = browser.post("/licences/add/", GIVEN | wrong)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not Licence.objects.exists()


def test_twice_the_same_is_told(browser: Client) -> None:
    listed(browser)
    page = browser.post("/licences/add/", GIVEN)
    assert "already" in page.content.decode()


def test_too_many_is_told(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breathingroom.licensure.actions.held.MOST", 0)
    assert "as many licences" in browser.post("/licences/add/", GIVEN).content.decode()


def test_number_and_date_are_changed(browser: Client) -> None:
    row = listed(browser)
    address = f"/licences/{row.pk}/edit/"
    assert 'value="P.1234"' in text(browser, address)
    browser.post(address, {"number": "P.9", "expires_on": ""})
    row.refresh_from_db()
    assert (row.number, row.expires_on) == ("P.9", None)
    assert "Nothing changed" in browser.post(address, {"number": "P.9"}, follow=True).content.decode()


def test_a_licence_is_removed_after_a_question(browser: Client) -> None:
    row = listed(browser)
    assert "Remove this licence?" in text(browser, f"/licences/{row.pk}/remove/")
    assert Licence.objects.exists()
    browser.post(f"/licences/{row.pk}/remove/")
    assert not Licence.objects.exists()


def test_what_is_held_under_a_compact(browser: Client) -> None:
    row = listed(browser)
    telehealth = CompactPrivilege.objects.get(kind="telehealth")
    address = f"/licences/{row.pk}/authority/"
    assert "APIT" in text(browser, address)
    browser.post(address, {"what": f"{telehealth.pk}:"})
    assert "already" in browser.post(address, {"what": f"{telehealth.pk}:"}).content.decode()
    held = Authority.objects.get()
    assert "APIT" in text(browser, "/licences/")
    assert "Remove this?" in text(browser, f"/licences/authority/{held.pk}/remove/")
    browser.post(f"/licences/authority/{held.pk}/remove/")
    assert not Authority.objects.exists()


def test_a_privilege_of_one_state_names_it(browser: Client) -> None:
    row = listed(browser, profession="professional_counselor")
    privilege = CompactPrivilege.objects.get(kind="privilege_to_practice")
    browser.post(f"/licences/{row.pk}/authority/", {"what": f"{privilege.pk}:US-GA"})
    assert Authority.objects.get().jurisdiction_id == "US-GA"
    assert "Compact privilege: Georgia" in text(browser, "/licences/")


@pytest.mark.parametrize("what", ["", "1", ":", "999:US-GA", "\0", "x" * 3000])
def test_what_is_not_offered_is_refused(browser: Client, what: str) -> None:
    row = listed(browser)
    page = browser.post(f"/licences/{row.pk}/authority/", {"what": what})
    assert page.context["form"].errors


@pytest.mark.parametrize(
    ("profession", "jurisdiction", "said"),
    [
        ("marriage_family_therapist", "US-OH", "No compact can be used for this profession yet"),
        ("psychiatrist", "US-OH", "List each full licence by itself"),
        ("occupational_therapist_mh", "US-OH", "Which places belong to it is not known here"),
        ("psychologist", "US-CA", "California is not a member"),
        ("clinical_social_worker", "US-OH", "law passed, not usable yet"),
    ],
)
def test_the_page_says_which_compacts_apply(
    browser: Client, profession: str, jurisdiction: str, said: str
) -> None:
    listed(browser, profession=profession, jurisdiction=jurisdiction)
    assert said in text(browser, "/licences/")


def test_compacts_of_another_country_are_not_mentioned(browser: Client) -> None:
    row = listed(browser, jurisdiction="GB-ENG")
    assert "PSYPACT" not in text(browser, "/licences/")
    assert "Nothing to add here" in text(browser, f"/licences/{row.pk}/authority/")


@pytest.mark.parametrize(
    ("asked", "given"),
    [("/find/?role=therapist", True), ("https://elsewhere.example/", False), ("//elsewhere.example", False),
     ("javascript:alert(1)", False), ("/\\elsewhere.example", False), ("", False)],
)  # fmt: skip
def test_the_way_back_stays_in_this_house(browser: Client, asked: str, given: bool) -> None:
    page = browser.post("/licences/add/", GIVEN | {"next": asked}, follow=True)
    assert page.context["next"] == (asked if given else "")
    assert ("Back to where you were" in page.content.decode()) is given


@pytest.mark.parametrize("page", ["licences/{0}/edit/", "licences/{0}/remove/", "licences/{0}/authority/"])
def test_another_members_licence_is_not_there(browser: Client, page: str) -> None:
    row = listed(browser)
    stranger = signed_in(member("other@example.org"))
    assert stranger.get(f"/{page.format(row.pk)}").status_code == 404
    assert stranger.post(f"/{page.format(row.pk)}").status_code == 404
    assert Licence.objects.exists()


@pytest.mark.parametrize("page", ["edit", "remove", "authority"])
def test_what_another_window_removed_meanwhile_is_no_error(
    browser: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    row = listed(browser)
    telehealth = CompactPrivilege.objects.get(kind="telehealth")
    monkeypatch.setattr(access, "own_licence", lambda _member, _id: row)
    Licence.objects.filter(pk=row.pk).delete()
    posted = {"number": "P.2", "what": f"{telehealth.pk}:"}
    answer = browser.post(f"/licences/{row.pk}/{page}/", posted)
    assert answer.status_code == (302 if page == "remove" else 404)
    assert not Authority.objects.exists()


def test_the_list_takes_a_constant_number_of_queries(
    browser: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    listed(browser)
    with django_assert_max_num_queries(20) as one:
        browser.get("/licences/")
    count = len(one)
    listed(browser, jurisdiction="US-TX")
    listed(browser, profession="professional_counselor", jurisdiction="US-GA")
    with django_assert_num_queries(count):
        browser.get("/licences/")


# -- staff ---------------------------------------------------------------------------------------
def test_an_operator_checks_a_licence(browser: Client) -> None:
    row = listed(browser)
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
def test_a_check_is_of_what_the_operator_saw(browser: Client, change: dict[str, str]) -> None:
    row = listed(browser)
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


def test_no_licence_is_checked_from_the_list(browser: Client) -> None:
    row = listed(browser)
    _op, staff = operator()
    staff.post("/staff/licensure/licence/", {"action": "found_active", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.status == "claimed"


def test_the_list_unseals_no_number(browser: Client) -> None:
    listed(browser)
    _op, staff = operator()
    with CaptureQueriesContext(connection) as asked:
        text(staff, "/staff/licensure/licence/")
    assert not [query for query in asked.captured_queries if '"licensure_licence"."number"' in query["sql"]]


def test_the_history_of_what_is_held_is_that_of_the_member(browser: Client, nora: Member) -> None:
    row = listed(browser)
    _op, staff = operator()
    page = staff.get(f"/staff/licensure/licence/{row.pk}/history/")
    assert page["Location"] == f"/staff/audit/event/?on_type=people.member&on_id={nora.pk}"
    assert staff.get(f"/staff/licensure/licence/{Member().pk}/history/").status_code == 404


def test_the_number_is_in_no_list(browser: Client) -> None:
    listed(browser)
    _op, staff = operator()
    html = text(staff, "/staff/licensure/licence/?q=nora&status__exact=claimed")
    assert "Ohio" in html
    assert "P.1234" not in html


def test_many_authorities_are_checked_at_once(browser: Client) -> None:
    row = listed(browser)
    telehealth = CompactPrivilege.objects.get(kind="telehealth")
    browser.post(f"/licences/{row.pk}/authority/", {"what": f"{telehealth.pk}:"})
    held = Authority.objects.get()
    op, staff = operator()
    staff.post("/staff/licensure/authority/", {"action": "found_held", "_selected_action": [held.pk]})
    held.refresh_from_db()
    assert held.checked_by == op.pk
    assert text(browser, "/licences/").count("✓") == 1


def test_an_operator_checks_an_authority_and_takes_it_back(browser: Client) -> None:
    row = listed(browser)
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


def test_operators_neither_add_nor_delete_what_members_hold(browser: Client) -> None:
    row = listed(browser)
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
