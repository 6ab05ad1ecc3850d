"""A member's own page, and the language and zone it speaks."""

import pytest
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from breathingroom.config import environment
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.fixture
def rosa(client: Client, member: Member) -> Client:
    return sign_in(client, member)


def test_somebody_new_is_told_what_to_do_next_and_others_are_not(rosa: Client) -> None:
    page = rosa.get(f"{reverse('account')}?welcome").content.decode()
    welcome = page.partition("Your account is ready.")[2].partition("</p>")[0]
    for name in ("find", "listing_mine", "mfa_index"):
        assert f'href="{reverse(name)}"' in welcome
    assert "Your account is ready." not in rosa.get(reverse("account")).content.decode()


def test_the_ways_onward_come_before_the_settings(rosa: Client) -> None:
    page = rosa.get(reverse("account")).content.decode()
    assert page.index('class="door"') < page.index('name="time_zone"')


def test_name_language_and_zone_can_be_said(rosa: Client, member: Member) -> None:
    said = {"name": "Rosa", "language": "es", "time_zone": "America/Denver"}
    assert rosa.post(reverse("account"), said)["Location"] == reverse("account")
    member.refresh_from_db()
    assert (member.name, member.language, member.time_zone) == ("Rosa", "es", "America/Denver")


@pytest.mark.parametrize(
    "said",
    [
        {"name": "x" * 121},
        {"language": "xx"},
        {"time_zone": "Mars/Olympus"},
        {"name": "\x00"},
        {"time_zone": "\x00"},
    ],
)
def test_what_cannot_be_is_said_in_the_form_and_the_page_greets_as_before(
    rosa: Client, member: Member, said: dict[str, str]
) -> None:
    answer = rosa.post(reverse("account"), said)
    assert answer.status_code == 200
    assert "Not saved yet" in answer.content.decode() or "errors" in answer.content.decode()
    member.refresh_from_db()
    assert member.name == ""


def test_nobody_makes_themselves_staff(rosa: Client, member: Member) -> None:
    rosa.post(
        reverse("account"), {"name": "Rosa", "is_staff": "on", "is_moderator": "on", "email": "x@example.org"}
    )
    member.refresh_from_db()
    assert (member.is_staff, member.is_moderator, member.email) == (False, False, "rosa@example.org")


def test_pages_speak_the_members_language_and_zone(client: Client) -> None:
    sign_in(client, make_member("ana@example.org", language="es", time_zone="America/Denver"))
    answer = client.get(reverse("account"))
    assert '<html lang="es">' in answer.content.decode()
    assert answer["Content-Language"] == "es"
    assert translation.get_language() == "en"
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_switch_in_the_footer_is_for_good_for_a_member(rosa: Client, member: Member) -> None:
    rosa.post(reverse("set_language"), {"language": "es", "next": "/terms/"})
    member.refresh_from_db()
    assert member.language == "es"


def test_a_visitor_switches_with_a_cookie(client: Client) -> None:
    answer = client.post(reverse("set_language"), {"language": "es", "next": "/terms/"})
    assert answer["Location"] == "/terms/"
    assert '<html lang="es">' in client.get("/terms/").content.decode()


@pytest.mark.parametrize("typed", ["xx", "", "\x00", "e" * 5000])
def test_an_unknown_language_changes_nothing(rosa: Client, member: Member, typed: str) -> None:
    assert rosa.post(reverse("set_language"), {"language": typed, "next": typed}).status_code in {204, 302}
    member.refresh_from_db()
    assert member.language == ""


@pytest.mark.parametrize(
    "name", ["account", "privacy", "privacy_erase", "consent", "usersessions_list", "account_email"]
)
def test_a_visitor_is_sent_to_the_door(client: Client, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith("/account/login/")


def test_a_demo_never_opens_to_the_world() -> None:
    with override_settings(DEMO=True, BASE_URL="https://rooms.example.org"):
        assert "people.E001" in {found.id for found in run_checks()}
    with override_settings(DEMO=True, BASE_URL="http://127.0.0.1:8000"):
        assert "people.E001" not in {found.id for found in run_checks()}


def test_a_demo_that_is_open_to_the_world_does_not_start() -> None:
    with pytest.raises(environment.ConfigurationError, match="every sign-in code"):
        environment.read({"DEMO": "yes", "BASE_URL": "https://rooms.example.org"})
    assert environment.read({"DEMO": "yes"})["DEMO"]


def test_a_zone_that_the_world_has_dropped_locks_nobody_out(client: Client) -> None:
    sign_in(client, make_member("ana@example.org", time_zone="Atlantis/Central"))
    assert client.get("/account/").status_code == 200
