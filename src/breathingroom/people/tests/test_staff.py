"""Staff power is lent for a while, for a reason, and written down."""

import datetime as dt
import html
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import Http404, HttpRequest
from django.test import Client
from django.utils.html import strip_tags

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.people import access, actions, queries
from breathingroom.people.models import Consent, Member, StaffSession
from breathingroom.people.staff import FactAdmin, site
from breathingroom.people.tests.actors import (
    enter_staff,
    make_member,
    make_moderator,
    make_operator,
    sign_in,
)
from breathingroom.people.tests.test_sessions import come_in, is_in

pytestmark = pytest.mark.django_db
INDEX, ENTER, LEAVE = "/staff/", "/staff/enter/", "/staff/leave/"
MEMBERS = "/staff/people/member/"


@pytest.fixture
def operator() -> Member:
    return make_operator()


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(MEMBERS, follow=True)
    assert unquote(answer.redirect_chain[-1][0]) == f"/account/login/?next={MEMBERS}"


@pytest.mark.parametrize("make", [make_member, make_moderator])
@pytest.mark.parametrize("page", [INDEX, ENTER, MEMBERS, "/staff/login/", "/staff/nothing/"])
def test_for_others_there_is_nothing_here(client: Client, make: Any, page: str) -> None:
    sign_in(client, make())
    assert client.get(page).status_code == 404


def test_an_operator_gives_a_reason_first(client: Client, operator: Member) -> None:
    sign_in(client, operator)
    answer = client.get(MEMBERS, follow=True)
    assert answer.redirect_chain[-1][0] == f"{ENTER}?next=%2Fstaff%2Fpeople%2Fmember%2F"
    form = {"reason": "somebody cannot sign in", "minutes": "15", "next": MEMBERS}
    assert client.post(ENTER, form)["Location"] == MEMBERS
    page = client.get(MEMBERS)
    assert page.status_code == 200
    assert "somebody cannot sign in" in page.content.decode()
    session = StaffSession.objects.get()
    assert (session.member, session.minutes) == (operator, 15)
    line = Event.objects.get(did="people.staff_session.began")
    assert (line.on_type, line.on_id) == ("people.staffsession", str(session.pk))


@pytest.mark.parametrize(
    "form", [{}, {"reason": "", "minutes": "15"}, {"reason": "a reason", "minutes": "600"}]
)
def test_without_a_reason_or_for_longer_nothing_opens(
    client: Client, operator: Member, form: dict[str, str]
) -> None:
    sign_in(client, operator)
    assert client.post(ENTER, form).status_code == 200
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize("onward", ["https://evil.example/", "/account/", "//evil.example/staff/"])
def test_onward_leads_to_staff_pages_only(client: Client, operator: Member, onward: str) -> None:
    sign_in(client, operator)
    form = {"reason": "a reason", "minutes": "15", "next": onward}
    assert client.post(ENTER, form)["Location"] == INDEX


def test_it_is_over_by_itself(client: Client, operator: Member) -> None:
    session = enter_staff(client, operator)
    assert client.get(INDEX).status_code == 200
    with time_machine.travel(session.ends_at + dt.timedelta(seconds=1), tick=False):
        assert client.get(INDEX).status_code == 302


def test_it_can_be_ended(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    client.post(LEAVE)
    assert client.get(INDEX).status_code == 302
    assert StaffSession.objects.get().ended_at is not None
    assert Event.objects.filter(did="people.staff_session.ended").count() == 1


def test_it_opens_nothing_in_another_browser(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    assert sign_in(Client(), operator).get(INDEX).status_code == 302


def test_it_is_worth_nothing_to_another_operator(client: Client, operator: Member) -> None:
    session = enter_staff(client, operator)
    other = sign_in(Client(), make_operator("other@example.org"))
    kept = other.session
    kept["staff_session"] = str(session.pk)
    kept.save()
    assert other.get(INDEX).status_code == 302


def test_it_needs_the_second_factor_shown_here(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    assert client.get(INDEX)["Location"].startswith("/account/reauthenticate/")


def test_members_are_found_by_name_and_address(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    make_member("vera@example.org", name="Vera")
    make_member("rosa@example.org", name="Rosa")
    page = client.get(MEMBERS, {"q": "vera"}).content.decode()
    assert "vera@example.org" in page
    assert "rosa@example.org" not in page
    for odd in ("\x00", '"', "%", "x" * 3000):
        assert client.get(MEMBERS, {"q": odd}, follow=True).status_code == 200


def test_staff_see_who_a_member_is_and_nothing_else_of_theirs(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    member = make_member("vera@example.org", name="Vera", time_zone="Pacific/Auckland", language="es")
    page = client.get(f"{MEMBERS}{member.pk}/change/").content.decode()
    assert "Vera" in page
    assert "Pacific/Auckland" not in page
    assert client.post(f"{MEMBERS}{member.pk}/change/", {"name": "Another"}).status_code == 403


def act(client: Client, action: str, *members: Member) -> None:
    client.post(MEMBERS, {"action": action, "_selected_action": [str(member.pk) for member in members]})


def test_suspending_ends_sessions_and_leaves_a_line(client: Client, operator: Member) -> None:
    session = enter_staff(client, operator, reason="harm was done")
    member = make_member()
    theirs = come_in(member)
    act(client, "suspend", member)
    assert not is_in(theirs)
    line = Event.objects.get(did="people.member.is_active.off")
    assert (line.actor, line.on_id, line.why) == (
        operator.pk,
        str(member.pk),
        f"people.staffsession {session.pk}",
    )
    act(client, "restore", member)
    member.refresh_from_db()
    assert member.is_active


@pytest.mark.parametrize(
    ("give", "take", "power"),
    [
        ("make_moderator", "unmake_moderator", "is_moderator"),
        ("make_operator", "unmake_operator", "is_staff"),
    ],
)
def test_power_is_given_and_taken(client: Client, operator: Member, give: str, take: str, power: str) -> None:
    enter_staff(client, operator)
    member = make_member()
    act(client, give, member)
    member.refresh_from_db()
    assert getattr(member, power)
    act(client, take, member)
    member.refresh_from_db()
    assert not getattr(member, power)
    assert Event.objects.filter(did__startswith=f"people.member.{power}").count() == 2


@pytest.mark.parametrize("action", ["suspend", "unmake_operator", "make_moderator"])
def test_nobody_changes_their_own_power(client: Client, operator: Member, action: str) -> None:
    enter_staff(client, operator)
    act(client, action, operator)
    operator.refresh_from_db()
    assert (operator.is_active, operator.is_staff, operator.is_moderator) == (True, True, False)


def test_the_log_can_be_read_and_not_written(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    assert "people.staff_session.began" in client.get("/staff/audit/event/").content.decode()
    line = Event.objects.first()
    assert line
    assert client.get("/staff/audit/event/add/").status_code == 403
    assert client.post(f"/staff/audit/event/{line.pk}/delete/", {"post": "yes"}).status_code == 403


def test_there_is_no_page_about_passwords(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    for page in ("password_change/", "password_change/done/"):
        assert client.get(f"/staff/{page}", follow=True).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_members_costs_the_same_for_any_number(
    client: Client, operator: Member, count: int, django_assert_num_queries: Any
) -> None:
    enter_staff(client, operator)
    for number in range(count):
        make_member(f"m{number}@example.org")
    client.get(MEMBERS)
    with django_assert_num_queries(5):  # session, operator, staff session, count, rows
        client.get(MEMBERS)


class ConsentAdmin(FactAdmin):
    """Something to edit; no room's page."""


def test_every_save_and_delete_of_a_fact_leaves_a_line(operator: Member) -> None:
    request = HttpRequest()
    request.user = operator
    page, row = ConsentAdmin(Consent, site), Consent.objects.filter(member=operator).first()
    assert isinstance(row, models.Model)
    page.log_addition(request, row, [{"added": {}}])
    page.log_change(request, row, [{"changed": {"fields": ["Version", "Kind"]}}])
    page.log_deletions(request, Consent.objects.filter(pk=row.pk))
    page.log_deletion(request, row, str(row))
    lines = Event.objects.filter(on_type="people.consent").order_by("id").values_list("did", "why")
    assert list(lines) == [
        ("people.consent.added", ""),
        ("people.consent.changed", "Kind, Version"),
        ("people.consent.deleted", ""),
        ("people.consent.deleted", ""),
    ]


def test_the_history_of_a_fact_is_the_log(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    answer = client.get(f"{MEMBERS}{operator.pk}/history/")
    assert answer["Location"] == f"/staff/audit/event/?on_type=people.member&on_id={operator.pk}"
    assert client.get(answer["Location"]).status_code == 200


def test_old_staff_sessions_are_erased_after_a_year(operator: Member) -> None:
    actions.begin_staff_session(by=operator, reason="a reason", minutes=15)
    with time_machine.travel(clock.now() + dt.timedelta(days=366), tick=False):
        actions.forget_old()
    assert not StaffSession.objects.exists()


def test_the_log_that_is_kept_for_good_holds_no_word_of_a_reason(client: Client, operator: Member) -> None:
    enter_staff(client, operator, reason="Vera was hurt")
    member = make_member()
    act(client, "suspend", member)
    act(client, "restore", member)
    act(client, "make_moderator", member)
    client.post(LEAVE)
    assert Event.objects.filter(did__contains="staff_session").count() == 2
    assert not Event.objects.filter(why__contains="Vera").exists()


def test_closing_twice_writes_one_line(operator: Member) -> None:
    session = actions.begin_staff_session(by=operator, reason="a reason", minutes=15)
    actions.end_staff_session(by=operator, session=session)
    actions.end_staff_session(by=operator, session=session)
    assert Event.objects.filter(did="people.staff_session.ended").count() == 1


def test_what_is_so_already_writes_no_line(operator: Member) -> None:
    actions.restore(by=operator, member=make_member())
    assert not Event.objects.filter(did__startswith="people.member.is_active").exists()


def test_opening_and_closing_twice_is_no_error(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    assert client.get(ENTER)["Location"] == INDEX
    client.post(LEAVE)
    assert client.post(LEAVE)["Location"] == "/"


def test_signing_out_and_the_index_of_a_room(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    assert client.get("/staff/logout/")["Location"] == "/account/logout/"
    assert client.get("/staff/people/").status_code == 200
    assert client.get("/staff/people/member/nobody/change/").status_code == 404


def crumbs(client: Client, page: str) -> list[str]:
    shown = client.get(page).content.decode().partition('class="breadcrumbs">')[2].partition("</div>")[0]
    return [html.unescape(strip_tags(crumb)).strip() for crumb in shown.split("&rsaquo;")]


def test_crumbs_say_where_one_is_with_capital_letters(client: Client, operator: Member) -> None:
    enter_staff(client, operator)
    assert crumbs(client, MEMBERS) == ["Staff pages", "Accounts", "Members"]
    page = f"{MEMBERS}{operator.pk}/change/"
    assert crumbs(client, page) == ["Staff pages", "Accounts", "Members", operator.email]
    assert crumbs(client, "/staff/licensure/compact/add/")[1:] == ["Licensing", "Compacts", "Add compact"]
    assert f'href="{MEMBERS}"' in client.get(page).content.decode()


def test_nobody_is_a_member_before_signing_in() -> None:
    request = HttpRequest()
    request.user = AnonymousUser()
    with pytest.raises(Http404):
        access.member(request)
    assert not queries.showed_second_factor(request)


def test_the_words_of_rows() -> None:
    member = make_member()
    opened = actions.begin_staff_session(by=make_operator(), reason="a reason", minutes=15)
    assert str(opened).endswith("a reason")
    assert str(Consent.objects.filter(member=member, kind="terms").get()) == "terms 1"
