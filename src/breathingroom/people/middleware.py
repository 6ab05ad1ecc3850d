"""Who is asking: is the session still good, in which words and zone, with which proof and agreement."""

import datetime as dt
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from breathingroom.core import clock, zones
from breathingroom.people import actions, queries, rules
from breathingroom.people.choices import SEEN_EVERY
from breathingroom.people.consents import TEXTS
from breathingroom.people.models import Member

Next = Callable[[HttpRequest], HttpResponse]

ALWAYS = {"account_logout", "set_language", "crisis", "leave", "what_we_hold", "terms"}
BEFORE_PROOF = ALWAYS | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
}
BEFORE_CONSENT = BEFORE_PROOF | {"consent", "privacy", "privacy_export", "privacy_erase", "consent_withdraw"}


class SessionLimits:
    """A session ends after a while unused, and after a while altogether; sooner with power."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Member):
            self._judge(request, request.user)
        return self.get_response(request)

    def _judge(self, request: HttpRequest, member: Member) -> None:
        now = clock.now()
        began, seen = (_moment(request, key, now) for key in ("began_at", "seen_at"))
        power = member.needs_second_factor
        if rules.session_is_over(began_at=began, seen_at=seen, now=now, power=power):
            actions.end_sessions(member=member, key=request.session.session_key)
            logout(request)
            messages.info(request, _("You were signed out after a while, to keep your account safe."))
        elif now - seen >= SEEN_EVERY:
            request.session["seen_at"] = now.timestamp()
            actions.see(key=request.session.session_key or "")


def _moment(request: HttpRequest, key: str, now: dt.datetime) -> dt.datetime:
    """When this session began or was last seen; from now on, if it does not say."""
    return dt.datetime.fromtimestamp(request.session.setdefault(key, now.timestamp()), dt.UTC)


class OwnZone:
    """Times are shown in the member's own zone, words in the member's own language."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        zone = zones.known(user.time_zone) if isinstance(user, Member) else None
        language = user.language if isinstance(user, Member) else ""
        with timezone.override(zone), translation.override(language) if language else nullcontext():
            if not language:
                return self.get_response(request)
            request.LANGUAGE_CODE = language
            answer = self.get_response(request)
            answer.headers.setdefault("Content-Language", language)
            return answer


class SecondFactor:
    """Staff and moderators go nowhere before they have shown a second factor in this session."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, Member) or not user.needs_second_factor or _named(request, BEFORE_PROOF):
            return None
        if queries.showed_second_factor(request):
            return None
        if not queries.has_second_factor(user):
            return redirect("mfa_index")
        return _ask(request, "account_reauthenticate")


class Consents:
    """When a text has changed, members are asked again before they go on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
        if not isinstance(request.user, Member) or _named(request, BEFORE_CONSENT):
            return None
        current = [f"{text.kind} {text.version}" for text in TEXTS]
        if request.session.get("agreed") == current:
            return None
        if queries.consents_missing(request.user):
            return _ask(request, "consent")
        request.session["agreed"] = current
        return None


def _named(request: HttpRequest, names: set[str]) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name in names)


def _ask(request: HttpRequest, name: str) -> HttpResponse:
    """Send them to a page that asks something, and back here afterwards."""
    here = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse(name)}?{urlencode({'next': here})}")
