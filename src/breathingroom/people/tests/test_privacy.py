"""The privacy centre: what is held, taken along, erased, agreed to and withdrawn."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from breathingroom.audit.models import Event
from breathingroom.core import clock
from breathingroom.notify import actions as notify
from breathingroom.notify.actions import post
from breathingroom.notify.models import Mail
from breathingroom.people import actions, consents, middleware, queries
from breathingroom.people.models import Consent, Member
from breathingroom.people.stewards import Kept, Steward, all_stewards
from breathingroom.people.tests.actors import SECRET, make_member, make_operator, sign_in, with_app
from breathingroom.people.tests.post import last_mail
from breathingroom.people.tests.test_sessions import come_in, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member(name="Rosa", time_zone="America/Denver")


@pytest.fixture
def rosa(client: Client, member: Member) -> Client:
    return sign_in(client, member)


def test_every_room_says_what_it_holds(rosa: Client, member: Member) -> None:
    page = rosa.get(reverse("privacy")).content.decode()
    for steward in all_stewards():
        for holding in steward.holds(member):
            assert str(holding.what).split("’")[0].split("'")[0][:40] in page


def test_the_public_page_names_every_table(client: Client) -> None:
    page = client.get(reverse("what_we_hold")).content.decode().lower()
    for room in queries.tables_in_words():
        for table in room.tables:
            assert str(table.name).lower() in page


def test_every_steward_speaks_for_tables_that_are_declared() -> None:
    for room in queries.tables_in_words():
        for table in room.tables:
            assert table.keep
            assert table.readers


def archive(rosa: Client) -> dict[str, Any]:
    answer = rosa.post(reverse("privacy_export"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_what_is_taken_along_is_json_room_by_room(rosa: Client, member: Member) -> None:
    post(to=member.email, subject="Hello", body="Words")
    archive(rosa)
    files = archive(rosa)  # the log has a line now
    assert {"README.txt", "people.json", "audit.json", "notify.json"} <= set(files)
    people = json.loads(files["people.json"])
    assert people["you"]["email"] == member.email
    assert people["you"]["time_zone"] == "America/Denver"
    assert {row["kind"] for row in people["consents"]} == {"terms", "privacy"}
    assert json.loads(files["notify.json"])["messages"][0]["subject"] == "Hello"
    assert Event.objects.filter(did="people.member.exported", actor=member.pk).exists()


def test_nothing_that_opens_the_account_is_in_it(client: Client, member: Member) -> None:
    come_in(member)
    sign_in(client, with_app(member))
    said = "".join(archive(client).values())
    row = UserSession.objects.get()
    stored = Authenticator.objects.get(user=member, type=Authenticator.Type.TOTP).data["secret"]
    assert not any(secret in said for secret in (SECRET, stored, row.session_key, member.password))


def test_pictures_come_along_beside_the_words(rosa: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    steward = next(steward for steward in all_stewards() if steward.room == "people")
    monkeypatch.setattr(
        type(steward), "files", lambda self, member: {"face.png": b"a picture"}, raising=False
    )
    assert archive(rosa)["people/face.png"] == "a picture"


def test_what_others_did_to_an_account_comes_along(rosa: Client, member: Member) -> None:
    operator = make_operator()
    actions.set_power(by=operator, member=member, power="is_moderator", on=True)
    actions.withdraw(by=member, kind="terms")
    actions.agree(by=member, kinds=("terms",))
    sign_in(rosa, with_app(member))
    lines = json.loads(archive(rosa)["audit.json"])["lines"]
    by_you = {line["did"]: line["by_you"] for line in lines}
    assert (by_you["people.member.is_moderator.on"], by_you["people.consent.given"]) == (False, True)
    assert str(operator.pk) not in json.dumps(lines)


def test_nobody_takes_anothers_along(rosa: Client) -> None:
    make_member("vera@example.org")
    assert "vera@example.org" not in "".join(archive(rosa).values())


def test_erasing_takes_the_address_typed(rosa: Client, member: Member) -> None:
    page = rosa.get(reverse("privacy_erase")).content.decode()
    assert "What stays, and why" in page
    answer = rosa.post(reverse("privacy_erase"), {"address": "another@example.org"})
    assert "Nothing has been erased" in answer.content.decode()
    assert Member.objects.filter(pk=member.pk).exists()


def test_what_stays_is_not_said_to_go(rosa: Client, member: Member) -> None:
    page = rosa.get(reverse("privacy_erase")).content.decode()
    goes = page.partition("What goes")[2].partition("What stays")[0]
    assert "Your e-mail address" in goes
    assert "a random number" not in goes
    for steward in all_stewards():
        assert all(str(held.what) not in goes for held in steward.holds(member) if held.stays)


def test_how_long_is_said_in_words_that_fit(rosa: Client) -> None:
    assert "Kept: until you erase your account." in rosa.get(reverse("privacy")).content.decode()


def test_the_public_page_says_that_operators_can_read_what_is_private(client: Client) -> None:
    page = client.get(reverse("what_we_hold")).content.decode()
    assert "whom they chose and, with power over the server, its operator" in page


def test_erasing_erases_and_says_what_stays(member: Member) -> None:
    client, elsewhere = come_in(member), come_in(member)
    post(to=member.email, subject="Hello", body="Words")
    answer = client.post(reverse("privacy_erase"), {"address": " ROSA@example.org "})
    assert "a random number that no longer leads to you" in answer.content.decode()
    assert not is_in(client)
    assert not is_in(elsewhere)
    for model in (Member, EmailAddress, Consent, UserSession, Authenticator):
        assert not model._default_manager.exists()
    assert [mail.subject for mail in Mail.objects.all()] == ["Your account is closed"]
    assert Event.objects.filter(did="people.member.erased", actor=member.pk).exists()


def test_the_last_message_is_said_to_stay_and_is_gone_within_the_hour(member: Member) -> None:
    farewell = actions.erase(by=member)
    assert any("last message" in str(kept.what) for kept in farewell.kept)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=61), tick=False):
        notify.forget()
    assert not Mail.objects.exclude(to="", subject="", body="").exists()


def test_mail_to_every_address_of_theirs_goes_and_to_nobody_elses(member: Member) -> None:
    make_member("vera@example.org")
    for address in ("new@example.org", "vera@example.org"):
        EmailAddress.objects.create(user=member, email=address, verified=False, primary=False)
        post(to=address, subject="Hello", body="Words")
    actions.erase(by=member)
    assert set(Mail.objects.values_list("to", flat=True)) == {member.email, "vera@example.org"}


def test_no_row_anywhere_holds_the_address_afterwards(member: Member) -> None:
    come_in(member)
    actions.erase(by=member)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=61), tick=False):
        notify.forget()
    from django.apps import apps

    for model in apps.get_models():
        if model._meta.app_label == "sessions":
            continue
        for row in model._default_manager.all().values():
            assert member.email not in str(row), model


def test_erasing_happens_whole_or_not_at_all(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> list[Kept]:
        raise RuntimeError

    monkeypatch.setattr(all_stewards()[-1], "erase", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.erase(by=member)
    assert Member.objects.filter(pk=member.pk).exists()
    assert EmailAddress.objects.exists()


def test_whoever_runs_the_house_hands_it_over_first(client: Client) -> None:
    operator = make_operator()
    sign_in(client, operator)
    assert "Hand that over" in client.get(reverse("privacy_erase")).content.decode()
    client.post(reverse("privacy_erase"), {"address": operator.email})
    assert Member.objects.filter(pk=operator.pk).exists()
    with pytest.raises(actions.StillStaff):
        actions.erase(by=operator)


def test_the_farewell_speaks_the_members_language(member: Member) -> None:
    actions.erase(by=member)
    assert last_mail(member.email).body.startswith("Hello")


def test_withdrawing_says_what_it_does_and_signs_out_everywhere(member: Member) -> None:
    client, elsewhere = come_in(member), come_in(member)
    page = client.get(reverse("consent_withdraw"), {"kind": "terms"}).content.decode()
    assert "signs you out everywhere" in page
    client.post(reverse("consent_withdraw"), {"kind": "terms"})
    assert not is_in(client)
    assert not is_in(elsewhere)
    assert Consent.objects.get(kind="terms").withdrawn_at is not None
    assert Event.objects.filter(did="people.consent.withdrawn", why="terms").exists()


@pytest.mark.parametrize("kind", ["", "x", "\x00", "9" * 5000])
def test_an_unknown_kind_leads_back(rosa: Client, kind: str) -> None:
    assert rosa.post(reverse("consent_withdraw"), {"kind": kind})["Location"] == reverse("privacy")


def test_after_withdrawing_it_is_asked_again_before_anything_else(client: Client, member: Member) -> None:
    actions.withdraw(by=member, kind="terms")
    sign_in(client, member)
    answer = client.get(reverse("account"))
    assert answer["Location"] == f"{reverse('consent')}?next=%2Faccount%2F"
    assert client.get(reverse("privacy")).status_code == 200
    answer = client.post(reverse("consent"), {"agree": "on", "next": "/account/"})
    assert answer["Location"] == "/account/"
    assert client.get(reverse("account")).status_code == 200


def test_when_a_text_changes_everybody_is_asked_again(
    client: Client, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    newer = (replace(consents.TERMS, version=2), consents.PRIVACY)
    monkeypatch.setattr(queries, "TEXTS", newer)
    monkeypatch.setattr(middleware, "TEXTS", newer)
    monkeypatch.setitem(consents.KINDS, "terms", newer[0])
    sign_in(client, member)
    assert client.get(reverse("account")).status_code == 302
    client.post(reverse("consent"), {"agree": "on"})
    assert client.get(reverse("account")).status_code == 200
    assert set(Consent.objects.filter(kind="terms").values_list("version", flat=True)) == {1, 2}


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_onward_never_leads_off_the_site(rosa: Client, onward: str) -> None:
    Consent.objects.all().delete()
    assert rosa.post(reverse("consent"), {"agree": "on", "next": onward})["Location"] == "/"


def test_agreeing_twice_writes_one_line(member: Member) -> None:
    before = Event.objects.count()
    actions.agree(by=member, kinds=("terms",))
    assert Event.objects.count() == before


def test_being_asked_costs_one_query_a_session(rosa: Client, django_assert_num_queries: Any) -> None:
    rosa.get(reverse("terms"))
    rosa.get(reverse("account"))
    with django_assert_num_queries(3):  # session, member, second factor
        rosa.get(reverse("account"))


def test_suspending_reaches_every_room(member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    for steward in all_stewards():
        monkeypatch.setattr(steward, "suspend", lambda *, member, steward=steward: seen.append(steward.room))
    actions.suspend(by=make_operator(), member=member)
    assert seen == [steward.room for steward in all_stewards()]
    member.refresh_from_db()
    assert not member.is_active
    assert Event.objects.filter(did="people.member.is_active.off", on_id=str(member.pk)).exists()


def test_withdrawing_takes_what_is_theirs_out_of_sight_in_every_room(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    for steward in all_stewards():
        monkeypatch.setattr(steward, "suspend", lambda *, member, steward=steward: seen.append(steward.room))
    actions.withdraw(by=member, kind="privacy")
    assert seen == [steward.room for steward in all_stewards()]


def test_a_suspended_member_is_out_at_once(member: Member) -> None:
    client = come_in(member)
    actions.suspend(by=make_operator(), member=member)
    assert not is_in(client)


def test_what_a_steward_is() -> None:
    for steward in all_stewards():
        assert isinstance(steward.room, str)
        assert all(issubclass(table, models.Model) for table in steward.tables)
        checked: Steward = steward
        assert checked


def test_withdrawing_twice_writes_one_line(member: Member) -> None:
    actions.withdraw(by=member, kind="terms")
    actions.withdraw(by=member, kind="terms")
    assert Event.objects.filter(did="people.consent.withdrawn").count() == 1
