"""How second factors behave in this house."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from breathingroom.core import fields
from breathingroom.people import queries
from breathingroom.people.choices import KEEP_ONE


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's, with secrets sealed at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Look again, or wait for the next one."),
        "cannot_delete_authenticator": KEEP_ONE,
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        return fields.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever holds power keeps at least one."""
        if (
            not authenticator.user.needs_second_factor
            or authenticator.type == Authenticator.Type.RECOVERY_CODES
        ):
            return True
        return queries.has_second_factor(authenticator.user, beside=authenticator.pk)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
