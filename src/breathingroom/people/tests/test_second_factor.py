"""Power hangs on more than one mailbox."""

import datetime as dt

import pytest
import time_machine
from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from tests.laws.passkeys import registered

from breathingroom.core import clock
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import (
    SECRET,
    app_code,
    make_member,
    make_moderator,
    make_operator,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db
OPEN = ("what_we_hold", "terms", "mfa_index", "account_logout")
CLOSED = ("account", "privacy", "account_email", "usersessions_list", "consent")


@pytest.mark.parametrize("power", ["is_staff", "is_moderator"])
def test_whoever_holds_power_sets_one_up_first(client: Client, power: str) -> None:
    sign_in(client, make_member("power@example.org", **{power: True}))
    for name in CLOSED:
        assert client.get(reverse(name))["Location"] == reverse("mfa_index")
    for name in OPEN:
        assert client.get(reverse(name)).status_code == 200
    assert "must not hang on one mailbox" in client.get(reverse("mfa_index")).content.decode()


def test_others_are_not_asked(client: Client) -> None:
    sign_in(client, make_member())
    for name in CLOSED:
        assert client.get(reverse(name)).status_code == 200
    assert "must not hang" not in client.get(reverse("mfa_index")).content.decode()


def test_a_session_from_before_it_was_set_up_is_asked_for_it(client: Client) -> None:
    member = make_member(is_staff=True)
    client.force_login(member)
    with_app(member)
    answer = client.get(reverse("account"))
    assert answer["Location"] == f"{reverse('account_reauthenticate')}?next=%2Faccount%2F"
    answer = client.get(answer["Location"], follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
    answer = client.post(answer.redirect_chain[-1][0], {"code": app_code(), "next": "/account/"})
    assert answer["Location"] == "/account/"
    assert client.get(reverse("account")).status_code == 200


def test_setting_one_up_counts_as_showing_it(client: Client) -> None:
    member = make_member(is_staff=True)
    sign_in(client, member)
    client.get(reverse("mfa_activate_totp"))
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code()})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("account")).status_code == 200


def test_whoever_holds_power_keeps_the_last_one(client: Client) -> None:
    moderator = make_moderator()
    sign_in(client, moderator)
    client.post(reverse("mfa_reauthenticate"), {"code": app_code()})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=moderator, type=Authenticator.Type.TOTP).exists()


def test_others_may_remove_theirs(client: Client) -> None:
    member = with_app(make_member())
    sign_in(client, member)
    client.post(reverse("mfa_reauthenticate"), {"code": app_code()})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=member).exists()


def test_removing_one_asks_again_whether_it_is_you(client: Client) -> None:
    sign_in(client, with_app(make_member()))
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))


def test_secrets_are_sealed_at_rest() -> None:
    member = with_app(make_member())
    stored = [str(row.data) for row in Authenticator.objects.filter(user=member)]
    assert SECRET not in "".join(stored)
    totp = Authenticator.objects.get(user=member, type=Authenticator.Type.TOTP)
    assert get_adapter().decrypt(totp.data["secret"]) == SECRET


def test_with_passkeys_only_the_passkey_is_asked_for_first() -> None:
    member = make_member()
    Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data={})
    Authenticator.objects.create(user=member, type=Authenticator.Type.RECOVERY_CODES, data={})
    first = account_adapter().get_reauthentication_methods(member)[0]
    assert first["url"] == reverse("mfa_reauthenticate_webauthn")


def test_with_an_app_the_app_is_asked_for_first() -> None:
    operator: Member = make_operator()
    first = account_adapter().get_reauthentication_methods(operator)[0]
    assert first["url"] == reverse("mfa_reauthenticate")


def test_whoever_holds_power_keeps_the_last_passkey(client: Client) -> None:
    moderator = make_member(is_moderator=True)
    keys = [
        Authenticator.objects.create(user=moderator, type=Authenticator.Type.WEBAUTHN, data=registered(name))
        for name in ("one", "two")
    ]
    sign_in(client, moderator, proved=True)
    for key in keys:
        page = reverse("mfa_remove_webauthn", args=[key.pk])
        client.get(page)
        answer = client.post(page, follow=True)
    assert "Your role needs a second factor" in answer.content.decode()
    assert list(Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN)) == [keys[1]]


WANTS_YOU = ("account_email", "mfa_activate_totp", "mfa_add_webauthn", "privacy_export", "privacy_erase")
LATER = dt.timedelta(minutes=16)


@pytest.mark.parametrize("name", WANTS_YOU)
def test_without_a_second_factor_one_signs_in_again_after_a_while(client: Client, name: str) -> None:
    sign_in(client, make_member())
    assert client.get(reverse(name)).status_code in {200, 405}
    with time_machine.travel(clock.now() + LATER, tick=False):
        answer = client.post(reverse(name), {"address": "rosa@example.org"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "To be sure that it is you" in answer.content.decode()
    assert Member.objects.exists()


@pytest.mark.parametrize("name", ["privacy_export", "privacy_erase"])
def test_with_one_it_is_shown_again_after_a_while(client: Client, name: str) -> None:
    sign_in(client, with_app(make_member()))
    assert client.get(reverse(name)).status_code in {200, 405}
    with time_machine.travel(clock.now() + LATER, tick=False):
        answer = client.post(reverse(name), {"address": "rosa@example.org"}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
    assert Member.objects.exists()
