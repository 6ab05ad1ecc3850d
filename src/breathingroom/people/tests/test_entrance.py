"""Coming in: by a code, with a second factor, and never by a password."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from tests.laws.passkeys import registered

from breathingroom.notify.models import Mail
from breathingroom.people.models import Consent, Member
from breathingroom.people.tests.actors import app_code, make_member, make_operator, sign_in, with_app
from breathingroom.people.tests.post import last_code, last_mail

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP = "/account/login/", "/account/signup/"
NEW = "new@example.org"


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask_for_code(client: Client, email: str) -> None:
    answer = client.post(LOGIN, {"login": email})
    assert answer["Location"] == reverse("account_confirm_login_code")


def test_signing_up_takes_an_address_an_agreement_and_a_code(client: Client) -> None:
    answer = client.post(SIGNUP, {"email": "New@Example.org", "agree": "on"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not signed_in(client)
    answer = client.post(answer["Location"], {"code": last_code(NEW)})
    assert signed_in(client)
    assert answer["Location"] == f"{reverse('account')}?welcome"
    member = Member.objects.get(email=NEW)
    assert EmailAddress.objects.get(user=member).verified
    assert set(Consent.objects.filter(member=member).values_list("kind", "version")) == {
        ("terms", 1),
        ("privacy", 1),
    }
    assert client.get("/account/").status_code == 200


def test_nobody_signs_up_without_agreeing(client: Client) -> None:
    answer = client.post(SIGNUP, {"email": NEW})
    assert answer.status_code == 200
    assert "Nothing has been saved" in answer.content.decode()
    assert 'value="new@example.org"' in answer.content.decode()
    assert not Member.objects.exists()


def test_whoever_has_just_signed_up_is_not_asked_again(client: Client) -> None:
    client.post(SIGNUP, {"email": NEW, "agree": "on"})
    client.post(reverse("account_email_verification_sent"), {"code": last_code(NEW)})
    for name in ("mfa_add_webauthn", "mfa_activate_totp", "account_email", "privacy_erase"):
        assert client.get(reverse(name)).status_code == 200


def test_of_two_who_sign_up_at_once_the_second_finds_the_account_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_member(NEW)
    unseen = "allauth.account.internal.flows.manage_email.email_already_exists"
    monkeypatch.setattr(unseen, lambda email, **_: (email, False))
    answer = client.post(SIGNUP, {"email": NEW, "agree": "on"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "There is one already" in last_mail(NEW).body
    assert Member.objects.count() == 1


def test_signing_in_takes_a_code(client: Client) -> None:
    member = make_member()
    ask_for_code(client, "Rosa@example.org")
    client.post(reverse("account_confirm_login_code"), {"code": last_code(member.email)})
    assert signed_in(client)


def test_a_code_may_be_typed_without_its_dash(client: Client) -> None:
    member = make_member()
    ask_for_code(client, member.email)
    client.post(
        reverse("account_confirm_login_code"), {"code": f" {last_code(member.email).replace('-', ' ')} "}
    )
    assert signed_in(client)


def test_a_wrong_code_is_refused_and_three_end_the_attempt(client: Client) -> None:
    member = make_member()
    ask_for_code(client, member.email)
    page = reverse("account_confirm_login_code")
    code = last_code(member.email)
    assert client.post(page, {"code": "0000-0000"}).status_code == 200
    client.post(page, {"code": "0000-0000"})
    client.post(page, {"code": "0000-0000"})
    client.post(page, {"code": code})
    assert not signed_in(client)


def test_another_code_can_be_asked_for(client: Client) -> None:
    member = make_member()
    ask_for_code(client, member.email)
    first, page = last_code(member.email), reverse("account_confirm_login_code")
    client.post(page, {"action": "resend"})
    assert last_code(member.email) != first
    client.post(page, {"code": first})
    assert not signed_in(client)
    client.post(page, {"code": last_code(member.email)})
    assert signed_in(client)


def test_signing_in_gives_the_session_a_new_number(client: Client) -> None:
    member = make_member()
    ask_for_code(client, member.email)
    before = client.session.session_key
    client.post(reverse("account_confirm_login_code"), {"code": last_code(member.email)})
    assert client.session.session_key != before


def test_a_second_factor_is_asked_for_after_the_code(client: Client) -> None:
    member = with_app(make_member())
    ask_for_code(client, member.email)
    answer = client.post(reverse("account_confirm_login_code"), {"code": last_code(member.email)})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": app_code()})
    assert signed_in(client)


def test_a_suspended_member_is_told_so_by_mail_and_stays_outside(client: Client) -> None:
    member = make_member(is_active=False)
    ask_for_code(client, member.email)
    assert "closed for now" in last_mail(member.email).body
    client.post(reverse("account_confirm_login_code"), {"code": ""})
    assert not signed_in(client)


def test_somebody_suspended_between_code_and_door_stays_outside(client: Client) -> None:
    member = make_member()
    ask_for_code(client, member.email)
    Member.objects.update(is_active=False)
    answer = client.post(reverse("account_confirm_login_code"), {"code": last_code(member.email)})
    assert answer["Location"] == reverse("account_inactive")
    assert not signed_in(client)


def test_signing_out_is_asked_for_by_a_form_only(client: Client) -> None:
    sign_in(client, make_member())
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)


@pytest.mark.parametrize(
    "page", [LOGIN, SIGNUP, "/account/signup/passkey/", "/account/inactive/", "/privacy/", "/terms/"]
)
def test_a_visitor_may_open(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_from_key",
    ],
)
def test_there_is_no_address_about_passwords(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_no_address_at_all_speaks_of_passwords() -> None:
    def walk(resolver: object, before: str = "") -> list[str]:
        found = []
        for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
            here = before + str(pattern.pattern)
            found += walk(pattern, here) if hasattr(pattern, "url_patterns") else [here]
        return found

    assert [address for address in walk(get_resolver()) if "password" in address] == []


def test_no_page_shows_a_password_field(client: Client) -> None:
    for page in (LOGIN, SIGNUP):
        assert b'type="password"' not in client.get(page).content
    sign_in(client, make_operator())
    assert client.get("/staff/password_change/").status_code in {302, 404}


def test_too_many_requests_from_one_place_get_a_page_of_ours() -> None:
    answers = [Client().post(LOGIN, {"login": f"m{number}@example.org"}) for number in range(35)]
    assert answers[-1].status_code == 429
    assert "A little slower, please" in answers[-1].content.decode()


def test_an_address_changes_when_its_code_is_entered_and_not_before(client: Client) -> None:
    member = make_member()
    sign_in(client, member)
    client.post(reverse("account_email"), {"action_add": "1", "email": "Other@Example.org"})
    member.refresh_from_db()
    assert member.email == "rosa@example.org"
    client.post(reverse("account_email_verification_sent"), {"code": last_code("other@example.org")})
    member.refresh_from_db()
    assert member.email == "other@example.org"
    assert [row.email for row in EmailAddress.objects.all()] == ["other@example.org"]
    assert "new address" in last_mail("rosa@example.org").body


def test_too_many_codes_to_one_address_are_refused() -> None:
    make_member()
    answers = [Client().post(LOGIN, {"login": "rosa@example.org"}) for _ in range(5)]
    assert answers[0].status_code == 302
    assert "Location" not in answers[-1]
    assert Mail.objects.count() == 3


@pytest.mark.parametrize("typed", ["\x00", "a" * 5000, "a@b", "☃@☃", "' OR 1=1", "\x00@example.org"])
@pytest.mark.parametrize(("page", "field"), [(LOGIN, "login"), (SIGNUP, "email")])
def test_whatever_is_typed_is_answered_in_the_form(client: Client, page: str, field: str, typed: str) -> None:
    answer = client.post(page, {field: typed, "agree": "on"})
    assert answer.status_code in {200, 302}


NONSENSE = [
    "",
    "null",
    "[]",
    "{}",
    '"x"',
    "7",
    '{"id": "\\u0000"}',
    '{"response": []}',
    "\x00",
    '{"id": "AA", "rawId": "AA"}',
]
SHAPED = (
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"attestationObject": "oA", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}'
)


def answers(client: Client, page: str, accept: str = "text/html") -> Iterator[tuple[str, int]]:
    """Each nonsense, and how the page answers it."""
    for typed in [*NONSENSE, SHAPED]:
        cache.clear()  # so often may nobody try
        assert client.get(page, headers={"accept": accept}).status_code == 200, typed
        yield typed, client.post(page, {"credential": typed, "name": "x"}).status_code


@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_whatever_a_passkey_answers_is_no_error_of_ours(client: Client, name: str) -> None:
    if name != "mfa_login_webauthn":
        member = with_app(make_member())
        Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data=registered("key"))
        sign_in(client, member, proved=True)
    for typed, status in answers(client, reverse(name), accept="application/json"):
        assert status in {200, 302}, typed


def test_whatever_a_passkey_answers_at_the_second_step_is_no_error_of_ours(client: Client) -> None:
    member = with_app(make_member())
    ask_for_code(client, member.email)
    client.post(reverse("account_confirm_login_code"), {"code": last_code(member.email)})
    for typed, status in answers(client, reverse("mfa_authenticate")):
        assert status == 200, typed
        assert not signed_in(client), typed


def test_whatever_a_first_passkey_answers_is_no_error_of_ours(client: Client) -> None:
    client.post("/account/signup/passkey/", {"email": NEW, "agree": "on"})
    answer = client.post(reverse("account_email_verification_sent"), {"code": last_code(NEW)})
    assert answer["Location"] == reverse("mfa_signup_webauthn")
    for typed, status in answers(client, answer["Location"]):
        assert status == 200, typed
        assert not signed_in(client), typed


@pytest.mark.parametrize("name", ["", "x" * 61, "\x00"])
def test_a_passkey_gets_a_short_name(client: Client, name: str) -> None:
    member = make_member()
    key = Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data=registered("key"))
    sign_in(client, member, proved=True)
    page = reverse("mfa_edit_webauthn", args=[key.pk])
    assert client.post(page, {"name": name}).status_code == 200
    assert client.post(page, {"name": "my phone"}).status_code == 302
    assert "my phone" in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_nobody_renames_or_removes_anothers_passkey(client: Client) -> None:
    other = make_member("vera@example.org")
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data=registered("key"))
    sign_in(client, with_app(make_member()), proved=True)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404


def test_passkeys_are_numbered_until_they_have_a_name() -> None:
    member = make_member()
    assert get_adapter().generate_authenticator_name(member, Authenticator.Type.WEBAUTHN) == "Passkey 1"
