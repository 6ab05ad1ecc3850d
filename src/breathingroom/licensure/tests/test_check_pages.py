"""The pages of a check: the member's own, the staff's queue, and what anybody may read."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.licensure import actions, queries
from breathingroom.licensure.actions import checks
from breathingroom.licensure.models import Evidence, EvidenceView, Licence, Verification
from breathingroom.licensure.tests.checking import PDF, WORDS, handed_in, picture, seen, upload
from breathingroom.licensure.tests.people import days, jurisdiction, licence
from breathingroom.people.models import Member
from breathingroom.safety.tests.staff import member, operator, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora() -> Member:
    return member(name="Nora Quill")


@pytest.fixture
def row(nora: Member) -> Licence:
    return licence(nora, number="PSY 0123", expires_on=clock.today() + days(400))


@pytest.fixture
def browser(nora: Member) -> Client:
    return signed_in(nora)


def page(row: Licence) -> str:
    return f"/licences/{row.pk}/check/"


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def a_file(content: bytes = PDF, name: str = "licence.pdf") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


# -- the member's page ---------------------------------------------------------------------------
def test_a_check_is_asked_for_with_a_file(browser: Client, row: Licence) -> None:
    assert "Have it checked" in text(browser, "/licences/")
    assert "Ask for the check" in text(browser, page(row))
    answer = browser.post(page(row), a_file())
    assert answer["Location"] == page(row)
    assert (Evidence.objects.get().name, Verification.objects.get().state) == ("licence.pdf", "waiting")
    said = text(browser, page(row))
    assert "It came in today" in said
    assert "licence.pdf" in said
    assert "See how the check stands" in text(browser, "/licences/")


def test_a_check_is_asked_for_without_a_file(browser: Client, row: Licence) -> None:
    assert browser.post(page(row), {}).status_code == 302
    assert browser.post(page(row), {}).status_code == 200
    assert Verification.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "a.pdf"), (b"hello", "a.pdf"), (b"<svg/>", "a.svg"), (b"%PDF-", "\0.pdf")]
)
def test_what_cannot_be_read_is_told(browser: Client, row: Licence, content: bytes, name: str) -> None:
    answer = browser.post(page(row), a_file(content, name))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Evidence.objects.exists()


def test_too_large_a_file_is_told(browser: Client, row: Licence) -> None:
    answer = browser.post(page(row), a_file(b"%PDF-" + b"x" * (8 * 1024 * 1024) + b"%%EOF"))
    assert "larger than 8 MB" in answer.content.decode()


def test_no_upload_is_written_to_a_disk_unsealed(browser: Client, row: Licence, monkeypatch: Any) -> None:
    def never(*_a: object, **_k: object) -> None:
        raise AssertionError("an upload went to a temporary file")

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", never)
    big = b"%PDF-1.4 " + b"x" * (5 * 1024 * 1024) + b" %%EOF"
    assert browser.post(page(row), a_file(big)).status_code == 302


def test_without_a_number_the_way_to_it_is_shown(browser: Client, nora: Member) -> None:
    bare = licence(nora)
    assert f"/licences/{bare.pk}/edit/?next=" in browser.get(page(bare)).content.decode()
    assert browser.post(page(bare), a_file()).status_code == 200
    assert not Verification.objects.exists()


def test_a_refusal_is_read_with_its_reason(browser: Client, row: Licence) -> None:
    op, _staff = operator()
    check = handed_in(row)
    checks.refuse(by=op, check=check, seen=seen(check), reason="not_found", note="Is it 0132?")
    said = text(browser, page(row))
    assert "We did not find this number" in said
    assert "Is it 0132?" in said
    assert "Ask for the check" in said


def test_whoever_shares_a_number_learns_of_nobody(browser: Client, row: Licence) -> None:
    """The second of two is told that it takes longer, and not that somebody else is here."""
    op, _staff = operator()
    first = handed_in(licence(member("first@example.org"), number="PSY 0123"))
    checks.grant(by=op, check=first, seen=seen(first), against="x", expires_on=None)
    check = handed_in(row)
    checks.grant(by=op, check=check, seen=seen(check), against="x", expires_on=None)
    said = text(browser, page(row))
    assert "second look" in said
    assert "nothing wrong" in said
    for telling in ("another member", "granted", "first@example.org"):
        assert telling not in said


def test_a_check_is_taken_back(browser: Client, row: Licence) -> None:
    browser.post(page(row), a_file())
    assert browser.post(f"{page(row)}withdraw/").status_code == 302
    assert not Verification.objects.exists()
    assert browser.post(f"{page(row)}withdraw/").status_code == 302


def test_another_members_licence_is_not_there(row: Licence) -> None:
    other = signed_in(member("other@example.org"))
    assert other.get(page(row)).status_code == 404
    assert other.post(page(row), a_file()).status_code == 404
    assert other.post(f"{page(row)}withdraw/").status_code == 404


# -- the queue -----------------------------------------------------------------------------------
def test_the_index_leads_to_the_queue_oldest_first(row: Licence) -> None:
    _op, staff = operator()
    young = licence(member("second@example.org", name="Second"), number="2")
    handed_in(young)
    handed_in(row)
    Verification.objects.filter(licence=row).update(submitted_at=clock.now() - dt.timedelta(days=3))
    assert 'href="/staff/checks/"' in staff.get("/staff/").content.decode()
    said = text(staff, "/staff/checks/")
    assert said.index("Nora") < said.index("Second")
    assert "3 days ago" in said
    assert "PSY" not in said


def test_an_empty_queue_says_so() -> None:
    _op, staff = operator()
    assert "Nothing waits" in text(staff, "/staff/checks/")


def test_one_check_shows_the_number_and_writes_it_down(row: Licence) -> None:
    op, staff = operator()
    check = handed_in(row)
    said = text(staff, f"/staff/checks/{check.pk}/")
    assert "PSY 0123" in said
    assert "Nora" in said
    assert Event.objects.filter(did="licensure.licence.number_seen", actor=op.pk).count() == 1


def decide(staff: Client, check: Verification, **more: str) -> Any:
    given = {"outcome": "grant", "against": "Ohio eLicense", "seen": seen(check), **more}
    return staff.post(f"/staff/checks/{check.pk}/", given)


def test_granting_is_one_form(row: Licence) -> None:
    op, staff = operator()
    check = handed_in(row)
    assert decide(staff, check, expires_on="2099-01-01")["Location"] == "/staff/checks/"
    row.refresh_from_db()
    assert (row.status, row.checked_by) == ("active", op.pk)
    said = text(staff, f"/staff/checks/{check.pk}/")
    assert "Decided by Op" in said
    assert "PSY 0123" not in said
    young = handed_in(licence(member("second@example.org"), number="2"))
    assert 'value="Ohio eLicense"' in staff.get(f"/staff/checks/{young.pk}/").content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"against": ""}, "against"),
        ({"expires_on": "2001-01-01"}, "expires_on"),
        ({"outcome": "refuse"}, "reason"),
        ({"outcome": "ask", "reason": "other"}, "note"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"outcome": "refuse", "reason": "odd"}, "reason"),
        ({"against": "\0"}, "against"),
    ],
)
def test_half_a_decision_stays_in_the_form(row: Licence, more: dict[str, str], field: str) -> None:
    _op, staff = operator()
    answer = decide(staff, handed_in(row), **more)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Verification.objects.get().state == "waiting"


def test_a_change_meanwhile_is_shown_before_anything_is_saved(nora: Member, row: Licence) -> None:
    _op, staff = operator()
    check = handed_in(row)
    old = seen(check)
    actions.change_licence(by=nora, licence=row, number="PSY 777", expires_on=None)
    answer = decide(staff, check, seen=old)
    said = answer.content.decode()
    assert "look again" in said
    assert "PSY 777" in said
    assert 'value="Ohio eLicense"' in said
    again = answer.context["form"].data["seen"]
    assert decide(staff, check, seen=again).status_code == 302


def test_ones_own_licence_is_somebody_elses_to_check() -> None:
    op, staff = operator()
    check = handed_in(licence(op, number="1"))
    assert "is your own" in text(staff, f"/staff/checks/{check.pk}/")
    assert decide(staff, check).status_code == 200
    file = Evidence.objects.get()
    assert staff.post(f"/staff/checks/file/{file.pk}/").status_code == 302
    assert not EvidenceView.objects.exists()


def test_a_file_opens_once_and_then_says_who_opened_it(row: Licence) -> None:
    _op, staff = operator()
    check = handed_in(row)
    file = check.evidence.get()
    address = f"/staff/checks/file/{file.pk}/"
    assert staff.get(address).status_code == 405
    assert address in staff.get(f"/staff/checks/{check.pk}/").content.decode()
    answer = staff.post(address)
    assert answer.content == PDF
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    again = staff.post(address, follow=True)
    assert WORDS not in again.content
    assert "opened this file before" in again.content.decode()
    said = staff.get(f"/staff/checks/{check.pk}/").content.decode()
    assert "Opened by Op" in said
    assert address not in said


def test_a_picture_opens_as_a_picture(row: Licence) -> None:
    _op, staff = operator()
    file = handed_in(row, upload(picture(), "a.jpg", "jpeg")).evidence.get()
    assert staff.post(f"/staff/checks/file/{file.pk}/")["Content-Type"] == "image/jpeg"


def test_a_deleted_file_is_told(row: Licence) -> None:
    _op, staff = operator()
    check = handed_in(row)
    checks.purge_one(number=check.evidence.get().pk)
    answer = staff.post(f"/staff/checks/file/{Evidence.objects.get().pk}/", follow=True)
    assert "This file is deleted" in answer.content.decode()
    assert staff.post("/staff/checks/file/00000000-0000-4000-8000-000000000000/").status_code == 302


def test_members_find_no_queue(row: Licence) -> None:
    check = handed_in(row)
    browser = signed_in(row.member)
    for address in ("/staff/checks/", f"/staff/checks/{check.pk}/"):
        assert browser.get(address).status_code == 404
    assert browser.post(f"/staff/checks/file/{Evidence.objects.get().pk}/").status_code == 404


def test_the_staff_page_of_a_licence_refuses_a_second_grant(row: Licence) -> None:
    op, staff = operator()
    first = licence(member("first@example.org"), number="PSY 0123")
    actions.check_licence(by=op, licence=first, status="active")
    address = f"/staff/licensure/licence/{row.pk}/change/"
    given = {"status": "active", "expires_on": "", "checked_against": "x", "seen": queries.mark(row)}
    answer = staff.post(address, given)
    assert answer.status_code == 200
    assert "found active before" in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "claimed"


# -- in public -----------------------------------------------------------------------------------
def test_anybody_reads_who_checked_what_and_when(row: Licence) -> None:
    op, _staff = operator()
    licence(row.member, jurisdiction=jurisdiction("US-TX"))
    check = handed_in(row)
    checks.grant(by=op, check=check, seen=seen(check), against="Ohio eLicense", expires_on=None)
    Licence.objects.filter(pk=row.pk).update(checked_on=dt.date(2026, 5, 3))
    said = " ".join(strip_tags(_public(row)).split())
    assert "licence checked by this site’s staff on 3 May 2026 against Ohio eLicense" in said or (
        "May 3, 2026 against Ohio eLicense" in said
    )
    assert "nobody here has checked the licence yet" in said
    assert "Op" not in said.replace("Ohio", "")
    assert "PSY" not in said


def _public(row: Licence) -> str:
    return render_to_string("licensure/_checks.html", {"checks": queries.checks_of(row.member_id)})


def test_an_old_check_says_ask(row: Licence) -> None:
    op, _staff = operator()
    actions.check_licence(by=op, licence=row, status="active")
    Licence.objects.update(checked_on=clock.today() - days(366))
    assert "too long ago to count" in _public(row)


@pytest.mark.parametrize("fields", [{"status": "suspended"}, {"expires_on": dt.date(2020, 1, 1)}])
def test_what_does_not_count_is_not_shown(row: Licence, fields: dict[str, Any]) -> None:
    op, _staff = operator()
    actions.check_licence(by=op, licence=row, status="active")
    Licence.objects.update(**fields)
    assert queries.checks_of(row.member_id) == []


# -- how often the database is asked -------------------------------------------------------------
def count(browser: Client, address: str) -> int:
    browser.get(address)  # the first request of a session writes that it was seen
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_the_queue_asks_as_often_for_three_as_for_one(row: Licence) -> None:
    _op, staff = operator()
    handed_in(row)
    one = count(staff, "/staff/checks/")
    for number in range(2):
        handed_in(licence(member(f"more{number}@example.org"), number=str(number)))
    assert count(staff, "/staff/checks/") == one


def test_a_check_asks_as_often_for_three_files_as_for_one(browser: Client, row: Licence) -> None:
    op, staff = operator()
    check = handed_in(row)
    checks.view(by=op, evidence_id=check.evidence.get().pk)
    addresses = [(staff, f"/staff/checks/{check.pk}/"), (browser, page(row)), (browser, "/licences/")]
    before = [count(*each) for each in addresses]
    for name in "ab":
        handed_in(row, upload(name=f"{name}.pdf"))
    assert [count(*each) for each in addresses] == before


def test_checks_of_a_member_are_one_query(row: Licence) -> None:
    licence(row.member, jurisdiction=jurisdiction("US-TX"))
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.checks_of(row.member_id)) == 2
    assert len(asked) == 1
