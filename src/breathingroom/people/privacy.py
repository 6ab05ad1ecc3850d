"""What each table of the libraries we stand on is, in privacy terms."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from breathingroom.core.privacy import declare

_UNUSED = _("always empty: this house does not use the table")
_HARMLESS = _("as long as the house stands; tells nothing about anybody")
_SIGNED_IN = _("until signed out, at most 14 days")

_TABLES: dict[type[Model], dict[str, Any]] = {
    EmailAddress: {
        "keep": _("until the member erases the account; three days when never confirmed"),
        "private": "id user email verified primary",
    },
    EmailConfirmation: {"keep": _UNUSED, "private": "id email_address created sent", "secret": "key"},
    Authenticator: {
        "keep": _("until the member removes it or erases the account"),
        "private": "id user type created_at last_used_at",
        "secret": "data",
    },
    UserSession: {
        "keep": _SIGNED_IN,
        "private": "id user created_at ip last_seen_at user_agent data",
        "secret": "session_key",
    },
    Session: {"keep": _SIGNED_IN, "private": "expire_date", "secret": "session_key session_data"},
    LogEntry: {
        "keep": _UNUSED,
        "private": "id action_time user content_type object_id object_repr action_flag change_message",
    },
    ContentType: {"keep": _HARMLESS, "public": "id app_label model"},
    Permission: {"keep": _HARMLESS, "public": "id name content_type codename"},
    Group: {"keep": _UNUSED, "public": "id name permissions"},
}


def declare_all() -> None:
    """Declare them; called once when the house starts."""
    for model, classes in _TABLES.items():
        declare(model, **classes)
