"""allauth's forms in the words of this house."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breathingroom.people.forms.address import bounded
from breathingroom.people.models import Member

ADDRESS = _("E-mail address")
CODE = _("Code")


def worded(field: forms.Field, label: str | Promise, help_text: str | Promise = "", **attrs: str) -> None:
    """Label and help instead of a placeholder, which goes away as soon as one types."""
    field.label, field.help_text = label, help_text  # type: ignore[assignment]
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _code(fields: Mapping[str, forms.Field]) -> None:
    worded(fields["code"], CODE, autocomplete="one-time-code", autocapitalize="off", spellcheck="false")
    fields["code"].widget.attrs["maxlength"] = "64"


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["login"], ADDRESS, autocomplete="username webauthn")
        bounded(self.fields["login"])


class JoinForm(account.SignupForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(
            self.fields["email"],
            ADDRESS,
            _("Take one that only you read, rather than your employer’s."),
            autocomplete="email",
        )
        bounded(self.fields["email"])

    def try_save(self, request: HttpRequest) -> Any:
        """The account is made whole or not at all; of two who sign up at once, the second finds it there."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class CodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields)


class AddressCodeForm(account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields)


class NewAddressForm(account.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self.fields["email"], _("New e-mail address"), autocomplete="email")
        bounded(self.fields["email"])


class FactorForm(factor.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields)


class FactorAgainForm(factor.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields)


def shown(request: HttpRequest, member: Member, kind: Authenticator.Type) -> None:
    """Setting a second factor up shows it as well as being asked for it does."""
    record_authentication(request, member, "mfa", type=str(kind), reauthenticated=True)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """Setting up an authenticator app, by a code it shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        shown(context.request, self.user, Authenticator.Type.TOTP)
        return code
