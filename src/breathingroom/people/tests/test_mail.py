"""No mail tells anybody who looks over a shoulder, or runs a mail server, what this place is about."""

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

import breathingroom.people
from breathingroom.notify.models import Mail
from breathingroom.people import actions
from breathingroom.people.tests.actors import make_member
from breathingroom.people.tests.post import CODE, last_mail

pytestmark = pytest.mark.django_db

TEMPLATES = Path(breathingroom.people.__file__).parent / "templates"
PREFIXES = sorted(
    str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
    for path in TEMPLATES.glob("*/email/*_subject.txt")
)
FORBIDDEN = re.compile(
    r"breathing|room\b|therap|clinic|psych|counsel|mental|health|care\b|burnout|trauma|supervis|licen[cs]e|"
    r"listing|circle|community|journal|crisis|member|colleague|patient|client|password|"
    r"terap|clínic|psic|consej|salud|cuidad|agotamiento|supervis|licencia|contraseña|"
    r"IP\b|browser|navegador|user.agent|Firefox|127\.0\.0\.1|https?:",
    re.IGNORECASE,
)


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def send(prefix: str, to: str) -> Mail:
    request = RequestFactory().get("/", HTTP_USER_AGENT="Firefox/140", REMOTE_ADDR="127.0.0.1")
    request.user = AnonymousUser()
    words = {"code": "1234-5678", "signup_url": "http://x/", "ip": "127.0.0.1", "user_agent": "Firefox/140"}
    with context.request_context(request):
        get_adapter().send_mail(prefix, to, {**words, "from_email": to, "to_email": to, "deleted_email": to})
    return last_mail(to)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_mail_is_neutral(prefix: str, language: str) -> None:
    mail = send(prefix, make_member("x@example.org", name="X", language=language).email)
    said = f"{mail.subject}\n{mail.body}"
    assert not FORBIDDEN.search(said), FORBIDDEN.search(said)
    assert settings.SITE_NAME not in said
    assert "<" not in said
    assert "{" not in said
    assert "x@example.org" not in said


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_mail_speaks_the_language_of_whoever_gets_it(prefix: str) -> None:
    said = [send(prefix, make_member(f"{code}@example.org", language=code).email) for code in ("en", "es")]
    assert said[0].subject != said[1].subject
    assert said[0].body != said[1].body


def test_the_farewell_speaks_it_too() -> None:
    member = make_member(language="es")
    actions.erase(by=member)
    assert not last_mail(member.email).body.startswith("Hello")


def test_every_mail_of_the_library_is_ours() -> None:
    import allauth

    theirs = Path(allauth.__file__).parent / "templates"
    used = {
        str(path.relative_to(theirs)).removesuffix("_message.txt")
        for app in ("account", "mfa")
        for path in (theirs / app / "email").glob("*_message.txt")
        if not re.search("password|base_", path.name)
    }
    assert used <= set(PREFIXES)


@pytest.mark.parametrize("name", ["login_code", "email_confirmation", "email_confirmation_signup"])
def test_a_code_stands_on_a_line_of_its_own_and_is_forgotten_soon(name: str) -> None:
    mail = send(f"account/email/{name}", "x@example.org")
    assert CODE.search(mail.body)
    assert (mail.forget_at - mail.created_at).total_seconds() <= 3601


def test_a_notice_carries_no_address_and_no_agent() -> None:
    member = make_member()
    request = RequestFactory().get("/", HTTP_USER_AGENT="Firefox/140")
    request.user = member
    with context.request_context(request):
        get_adapter(request).send_notification_mail("mfa/email/totp_activated", member)
    assert "app was set up" in last_mail(member.email).body


def test_the_farewell_is_neutral_and_comes_last() -> None:
    member = make_member()
    actions.erase(by=member)
    mail = Mail.objects.get(to=member.email)
    assert mail.subject == "Your account is closed"
    assert not FORBIDDEN.search(mail.subject + mail.body)
