"""How allauth behaves in this house: neutral mail, and nothing kept that nobody needs."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from breathingroom.core.mail import FORGET_MINUTES
from breathingroom.people import rules
from breathingroom.people.models import Member

UNKNOWN, CLOSED = "account/email/unknown_account", "account/email/account_closed"
CODES = {"login_code", "email_confirmation", "email_confirmation_signup"}
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for an IP address that we do not store
WRONG_CODE = _("That code is not right. Look again, or ask for another one.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's account behaviour, with what must differ."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "duplicate_email": _("That is your address already."),
        "too_many_login_attempts": _(
            "That was tried too often. Wait a few minutes, then ask for a new code."
        ),
        "rate_limited": _("That was tried several times in a short while. Wait a minute, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail speaks the receiver's language, as far as it is known to be theirs."""
        known = Member.objects.filter(email=email.lower()).values_list("language", "is_active").first()
        language, may_sign_in = known or ("", True)
        if template_prefix == UNKNOWN and not may_sign_in:
            template_prefix = CLOSED
        with override(language or get_language()):
            super().send_mail(template_prefix, email, context)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Any:
        """A code is worthless after minutes, so its words are forgotten sooner than others."""
        name = template_prefix.rpartition("/")[2]
        brief = {FORGET_MINUTES: "60"} if name in CODES else {}
        return super().render_mail(template_prefix, email, context, {**(headers or {}), **brief})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Somebody signed up with a known address: tell its owner, who may have forgotten, to sign in."""
        self.send_mail("account/email/account_already_exists", email, {})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """allauth's, without the IP address and the user agent that it adds."""
        to = email or user.email
        self.send_mail(template_prefix, to, context or {})

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Somebody new is led to their own pages, which say what to do next."""
        return f"{reverse('account')}?welcome"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The app first for whoever has one, else the passkey; a recovery code is for emergencies."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        words = {"mfa_reauthenticate": _("Use a code"), "mfa_reauthenticate:webauthn": _("Use a passkey")}
        worded = [{**method, "description": words.get(method["id"], "")} for method in methods]
        has_app = bool(worded) and user.authenticator_set.filter(type=Authenticator.Type.TOTP).exists()
        return worded if has_app else worded[::-1]

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """allauth now stores where the session is: let it store words, not the address and the raw agent."""
        request.META["HTTP_USER_AGENT"] = rules.device(request.META.get("HTTP_USER_AGENT", ""))
        request.META["breathingroom.no_address"] = True
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def get_client_ip(self, request: HttpRequest) -> str:
        """For rate limits only; what would be stored is a stand-in."""
        if request.META.get("breathingroom.no_address"):
            return NO_ADDRESS
        address: str = super().get_client_ip(request)
        return address
