"""allauth's passkey forms in the words of this house. None of them may fall over what a stranger sends."""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from breathingroom.people.forms.entrance import shown, worded


def _judged(judge: Callable[[], Any]) -> Any:
    """What the passkey library makes of an answer; nonsense is a wrong answer, not an error of ours."""
    try:
        return judge()
    except (TypeError, ValueError, KeyError, AttributeError, LookupError) as error:
        raise forms.ValidationError(_("That passkey was not accepted. Nothing has changed.")) from error


class PasskeySignInForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        found: Authenticator = _judged(super().clean_credential)
        return found


class PasskeyFactorForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        found: Authenticator = _judged(super().clean_credential)
        return found


class PasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        found: Authenticator = _judged(super().clean_credential)
        return found


class FirstPasskeyForm(webauthn.SignupWebAuthnForm):  # type: ignore[misc]
    """The passkey that somebody makes while making the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = _judged(super().clean)
        return cleaned


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Adding a passkey, by using it once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["name"])
        worded(
            self.fields["passwordless"],
            _("It may let me in alone, without a code by e-mail"),
            _("It then asks for fingerprint, face or PIN each time."),
        )
        self.initial.setdefault("passwordless", True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = _judged(super().clean)
        if not self.errors:
            shown(context.request, self.user, Authenticator.Type.WEBAUTHN)
        return cleaned


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["name"])


def _named(field: forms.Field) -> None:
    """A passkey's name: short, and told apart on a list."""
    assert isinstance(field, forms.CharField)
    field.max_length = 60
    field.validators.append(MaxLengthValidator(60))
    worded(field, _("Its name"), _("To tell it from others, such as “my phone”."), maxlength="60")
