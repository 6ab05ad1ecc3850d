"""The crisis page: for anybody, in any state of the house. And the staff pages behind it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from breathingroom.audit.models import Event
from breathingroom.safety import facts
from breathingroom.safety.models import CrisisLine
from breathingroom.safety.tests.staff import operator


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks the database, for whatever, is turned away."""

    def down(*_args: Any, **_options: Any) -> None:
        raise ConnectionError("the database is down")

    monkeypatch.setattr(type(connections["default"]), "ensure_connection", down)
    monkeypatch.setattr(type(connections["default"]), "cursor", down)


@pytest.mark.usefixtures("no_database")
def test_it_answers_with_the_database_down_and_somebody_signed_in(client: Client, settings: Any) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    page = client.get("/crisis/")
    assert page.status_code == 200
    assert 'href="tel:988"' in page.content.decode()


def test_the_emergency_number_comes_first(client: Client) -> None:
    html = client.get("/crisis/").content.decode()
    assert html.index('href="tel:911"') < html.index('href="tel:988"') < html.index("Physician Support Line")


def test_whose_emergency_number_it_is_reads_well_for_every_country(client: Client) -> None:
    assert "Emergency number: United States. Call it" in client.get("/crisis/?country=US").content.decode()


def test_another_country_by_its_address(client: Client) -> None:
    html = client.get("/crisis/?country=GB").content.decode()
    assert 'href="tel:116123"' in html
    assert 'href="tel:988"' not in html
    assert '<option value="GB" selected>' in html


@pytest.mark.parametrize("strange", ["FR", "", "%00", "US" * 500, "*%27", "<script>"])
def test_a_strange_country_is_answered_like_none(client: Client, strange: str) -> None:
    page = client.get(f"/crisis/?country={strange}")
    assert page.status_code == 200
    assert "911" in page.content.decode()


def test_elsewhere_has_the_directory_and_says_whom_to_call(client: Client) -> None:
    html = client.get("/crisis/?country=*").content.decode()
    assert "findahelpline.com" in html
    assert "emergency number of the country you are in" in html


def test_what_is_not_confirmed_says_so(client: Client) -> None:
    html = client.get("/crisis/").content.decode()
    line = html.split("Crisis Text Line")[1].split("</li>")[0]
    assert "Check the number" in line
    assert "not verified" in line
    assert "do not work from abroad" in html


@pytest.mark.django_db
def test_no_query_runs(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/crisis/")


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/crisis/").status_code == 405


@pytest.mark.django_db
def test_an_operator_hides_a_line_and_every_page_follows(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    facts.load(by=None)
    _who, client = operator()
    address = "/staff/safety/crisisline/us-dv/change/"
    form = client.get(address).context["adminform"].form
    given = {name: value for name, value in form.initial.items() if value is not None}
    given |= {"languages": "[]", "hidden": "on", "as_of": "2026-11-22"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, given)
    assert answer.status_code == 302
    assert CrisisLine.objects.get(slug="us-dv").edited_on
    assert "National Domestic Violence" not in client.get("/crisis/").content.decode()
    assert Event.objects.filter(did="safety.crisisline.changed", on_id="us-dv").exists()


@pytest.mark.django_db
def test_staff_lists_and_searches() -> None:
    facts.load(by=None)
    _who, client = operator()
    assert b"Trevor" in client.get("/staff/safety/crisisline/?q=trevor").content
    assert client.get("/staff/safety/crisisline/?country=GB&hidden__exact=1").status_code == 200
    assert client.get("/staff/safety/emergencynumber/").status_code == 200


@pytest.mark.django_db
def test_a_deleted_line_leaves_the_pages(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    facts.load(by=None)
    _who, client = operator()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/staff/safety/crisisline/us-dv/delete/", {"post": "yes"})
        chosen = {"action": "delete_selected", "_selected_action": ["us-ctl"], "post": "yes"}
        client.post("/staff/safety/crisisline/", chosen)
    html = client.get("/crisis/").content.decode()
    assert "Domestic Violence" not in html
    assert "Crisis Text Line" not in html
