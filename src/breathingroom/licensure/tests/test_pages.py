"""The pages where members list what they hold."""

from typing import Any

import pytest
from django.test import Client

from breathingroom.licensure import access
from breathingroom.licensure.models import Authority, CompactPrivilege, Licence
from breathingroom.licensure.tests.browsing import GIVEN, listed, text
from breathingroom.people.models import Member
from breathingroom.safety.tests.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def nora() -> Member:
    return member()


@pytest.fixture
def browser(nora: Member) -> Client:
    return signed_in(nora)


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


def test_twice_the_same_is_told(browser: Client, nora: Member) -> None:
    listed(nora)
    page = browser.post("/licences/add/", GIVEN)
    assert "already" in page.content.decode()


def test_too_many_is_told(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breathingroom.licensure.actions.held.MOST", 0)
    assert "as many licences" in browser.post("/licences/add/", GIVEN).content.decode()


def test_number_and_date_are_changed(browser: Client, nora: Member) -> None:
    row = listed(nora)
    address = f"/licences/{row.pk}/edit/"
    assert 'value="P.1234"' in text(browser, address)
    browser.post(address, {"number": "P.9", "expires_on": ""})
    row.refresh_from_db()
    assert (row.number, row.expires_on) == ("P.9", None)
    assert "Nothing changed" in browser.post(address, {"number": "P.9"}, follow=True).content.decode()


def test_a_licence_is_removed_after_a_question(browser: Client, nora: Member) -> None:
    row = listed(nora)
    assert "Remove this licence?" in text(browser, f"/licences/{row.pk}/remove/")
    assert Licence.objects.exists()
    browser.post(f"/licences/{row.pk}/remove/")
    assert not Licence.objects.exists()


def test_what_is_held_under_a_compact(browser: Client, nora: Member) -> None:
    row = listed(nora)
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


def test_a_privilege_of_one_state_names_it(browser: Client, nora: Member) -> None:
    row = listed(nora, profession="professional_counselor")
    privilege = CompactPrivilege.objects.get(kind="privilege_to_practice")
    browser.post(f"/licences/{row.pk}/authority/", {"what": f"{privilege.pk}:US-GA"})
    assert Authority.objects.get().jurisdiction_id == "US-GA"
    assert "Compact privilege: Georgia" in text(browser, "/licences/")


@pytest.mark.parametrize("what", ["", "1", ":", "999:US-GA", "\0", "x" * 3000])
def test_what_is_not_offered_is_refused(browser: Client, nora: Member, what: str) -> None:
    row = listed(nora)
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
    browser: Client, nora: Member, profession: str, jurisdiction: str, said: str
) -> None:
    listed(nora, profession=profession, jurisdiction=jurisdiction)
    assert said in text(browser, "/licences/")


def test_compacts_of_another_country_are_not_mentioned(browser: Client, nora: Member) -> None:
    row = listed(nora, jurisdiction="GB-ENG")
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
def test_another_members_licence_is_not_there(nora: Member, page: str) -> None:
    row = listed(nora)
    stranger = signed_in(member("other@example.org"))
    assert stranger.get(f"/{page.format(row.pk)}").status_code == 404
    assert stranger.post(f"/{page.format(row.pk)}").status_code == 404
    assert Licence.objects.exists()


@pytest.mark.parametrize("page", ["edit", "remove", "authority"])
def test_what_another_window_removed_meanwhile_is_no_error(
    browser: Client, nora: Member, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    row = listed(nora)
    telehealth = CompactPrivilege.objects.get(kind="telehealth")
    monkeypatch.setattr(access, "own_licence", lambda _member, _id: row)
    Licence.objects.filter(pk=row.pk).delete()
    posted = {"number": "P.2", "what": f"{telehealth.pk}:"}
    answer = browser.post(f"/licences/{row.pk}/{page}/", posted)
    assert answer.status_code == (302 if page == "remove" else 404)
    assert not Authority.objects.exists()


def test_the_list_takes_a_constant_number_of_queries(
    browser: Client, nora: Member, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    listed(nora)
    browser.get("/licences/")
    with django_assert_max_num_queries(20) as one:
        browser.get("/licences/")
    count = len(one)
    listed(nora, jurisdiction="US-TX")
    listed(nora, profession="professional_counselor", jurisdiction="US-GA")
    with django_assert_num_queries(count):
        browser.get("/licences/")
