"""Where somebody is signed in: listed, ended, and over by itself."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from breathingroom.core import clock
from breathingroom.people import actions
from breathingroom.people.choices import ABSOLUTE, IDLE, IDLE_WITH_POWER
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member, make_moderator, sign_in
from breathingroom.people.tests.post import last_code

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def come_in(member: Member, agent: str = FIREFOX) -> Client:
    """In by the front door, so that the session is listed."""
    client = Client(HTTP_USER_AGENT=agent)
    client.post("/account/login/", {"login": member.email})
    client.post("/account/login/code/confirm/", {"code": last_code(member.email)})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_what_is_kept_of_a_session_is_two_words_and_no_address() -> None:
    come_in(make_member())
    row = UserSession.objects.get()
    assert (row.user_agent, row.ip) == ("Firefox, Linux", "0.0.0.0")


def test_they_are_listed_with_the_one_here_marked() -> None:
    member = make_member()
    come_in(member, "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1")
    page = come_in(member).get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert page.count("here, now") == 1


def test_one_can_be_ended_and_it_is_over_at_once() -> None:
    member = make_member()
    here, there = come_in(member), come_in(member)
    number = UserSession.objects.get(session_key=there.session.session_key).pk
    here.post(reverse("session_end"), {"session": number})
    assert is_in(here)
    assert not is_in(there)


def test_all_others_can_be_ended() -> None:
    member = make_member()
    here, others = come_in(member), [come_in(member) for _ in range(2)]
    here.post(reverse("session_end"), {})
    assert is_in(here)
    assert not any(is_in(other) for other in others)
    assert UserSession.objects.count() == 1


def test_nobody_ends_anothers() -> None:
    rosa, vera = make_member(), make_member("vera@example.org")
    rosas, veras = come_in(rosa), come_in(vera)
    number = UserSession.objects.get(user=vera).pk
    rosas.post(reverse("session_end"), {"session": number})
    assert is_in(veras)


@pytest.mark.parametrize("typed", ["x", "-1", "9" * 40, "\x00"])
def test_a_bad_number_ends_nothing(typed: str) -> None:
    client = come_in(make_member())
    assert client.post(reverse("session_end"), {"session": typed}).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(count: int, django_assert_num_queries: object) -> None:
    member = make_member()
    clients = [come_in(member) for _ in range(count)]
    clients[0].get(reverse("usersessions_list"))
    with django_assert_num_queries(3):  # type: ignore[operator]
        clients[0].get(reverse("usersessions_list"))


def test_an_idle_session_ends(client: Client) -> None:
    sign_in(client, make_member())
    assert is_in(client)
    with time_machine.travel(clock.now() + IDLE + dt.timedelta(minutes=1), tick=False):
        assert not is_in(client)
        assert "You were signed out after a while" in client.get("/account/login/").content.decode()


def test_with_power_it_ends_sooner(client: Client) -> None:
    sign_in(client, make_moderator())
    assert is_in(client)
    with time_machine.travel(clock.now() + IDLE_WITH_POWER + dt.timedelta(minutes=1), tick=False):
        assert not is_in(client)


def test_a_session_in_use_ends_all_the_same_one_day(client: Client) -> None:
    sign_in(client, make_member())
    start, step = clock.now(), dt.timedelta(days=5)
    assert is_in(client)
    for days in range(1, 3):
        with time_machine.travel(start + days * step, tick=False):
            assert is_in(client)
    with time_machine.travel(start + ABSOLUTE + dt.timedelta(minutes=1), tick=False):
        assert not is_in(client)


def test_when_it_was_last_seen_is_noted_now_and_then() -> None:
    client = come_in(make_member())
    is_in(client)
    with time_machine.travel(clock.now() + dt.timedelta(hours=1), tick=False):
        is_in(client)
        row = UserSession.objects.get()
        assert abs(row.last_seen_at - clock.now()) < dt.timedelta(seconds=1)


def test_what_is_over_is_erased() -> None:
    come_in(make_member())
    with time_machine.travel(clock.now() + dt.timedelta(days=15), tick=False):
        actions.forget_old()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_an_account_whose_address_nobody_confirmed_is_erased_after_three_days() -> None:
    keeps = make_member()
    Client().post("/account/signup/", {"email": "new@example.org", "agree": "on"})
    assert actions.forget_unverified() == 0
    with time_machine.travel(clock.now() + dt.timedelta(days=3, minutes=1), tick=False):
        actions.forget_unverified()
    assert list(Member.objects.all()) == [keeps]


def test_attempts_that_have_run_out_are_forgotten() -> None:
    """On the cache that a house without Redis has, not on the one of the tests."""
    own = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    with override_settings(CACHES={"default": own}):
        call_command("createcachetable", verbosity=0)
        caches["default"].set("203.0.113.9", 1, timeout=60)
        caches["default"].set("203.0.113.7", 1, timeout=600)
        with time_machine.travel(clock.now() + dt.timedelta(minutes=5)):
            assert actions.forget_attempts() == 1
        assert caches["default"].get("203.0.113.7") == 1
        with time_machine.travel(clock.now() + dt.timedelta(minutes=20)):
            assert actions.forget_attempts() == 1


def test_other_caches_forget_by_themselves() -> None:
    assert actions.forget_attempts() == 0
