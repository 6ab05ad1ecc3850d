"""The cast of our tests: members of each kind, and how they come in."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from breathingroom.people import access, actions
from breathingroom.people.consents import KINDS
from breathingroom.people.models import Consent, Member, StaffSession

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP, LATE = 30, 3  # seconds for which a code is good, and that somebody may take to type it


def make_member(email: str = "rosa@example.org", **fields: Any) -> Member:
    """A member with a confirmed address who has agreed to everything."""
    member = Member.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    agree(member)
    return member


def agree(member: Member) -> None:
    """They have agreed to everything, some time ago: nothing of it stands in the log."""
    Consent.objects.bulk_create(
        Consent(member=member, kind=text.kind, version=text.version) for text in KINDS.values()
    )


def make_operator(email: str = "operator@example.org", **fields: Any) -> Member:
    return with_app(make_member(email, is_staff=True, **fields))


def make_moderator(email: str = "moderator@example.org", **fields: Any) -> Member:
    return with_app(make_member(email, is_moderator=True, **fields))


def with_app(member: Member) -> Member:
    """The same with an authenticator app and recovery codes."""
    TOTP.activate(member, SECRET)
    RecoveryCodes.activate(member)
    return member


def app_code(step: int = 0) -> str:
    """What the app shows now, or `step` half-minutes from now."""
    return str(format_hotp_value(hotp_value(SECRET, this_step() + step)))


def this_step() -> int:
    """The number of this half-minute; of the next, waited for, when this one is all but over."""
    left = STEP - time.time() % STEP
    if left < LATE:
        time.sleep(left)
    return int(time.time()) // STEP


def sign_in(client: Client, member: Member, *, proved: bool = False) -> Client:
    """Signed in, as after the whole way through the door: the second factor shown, if there is one.

    `proved`: and just now asked again whether it is still them.
    """
    client.force_login(member)
    shown: dict[str, Any] = {"method": "code", "at": time.time()}
    if Authenticator.objects.filter(user=member).exists():
        shown = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": proved}
    session = client.session
    session["account_authentication_methods"] = [shown]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def enter_staff(client: Client, operator: Member, reason: str = "for a test") -> StaffSession:
    """Signed in with the staff pages open."""
    sign_in(client, operator)
    opened = actions.begin_staff_session(by=operator, reason=reason, minutes=30)
    session = client.session
    session[access.STAFF_KEY] = str(opened.pk)
    session.save()
    return opened
