"""A browser in which an operator has opened a staff session."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.test import Client

from breathingroom.people import access, actions
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import agree

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def member(email: str = "nora@example.org", **fields: Any) -> Member:
    """A member who has agreed to all that is asked."""
    found = Member.objects.create_user(email, **fields)
    agree(found)
    return found


def signed_in(who: Member) -> Client:
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


def operator(email: str = "op@example.org") -> tuple[Member, Client]:
    """An operator who showed a second factor and gave a reason to be there."""
    who = member(email, name="Op", is_staff=True)
    Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    client = signed_in(who)
    session = client.session
    request = HttpRequest()
    request.session, request.user = session, who
    record_authentication(request, who, method="mfa")
    opened = actions.begin_staff_session(by=who, reason="checking licences", minutes=30)
    session[access.STAFF_KEY] = str(opened.pk)
    session.save()
    return who, client
