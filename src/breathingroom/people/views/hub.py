"""A member's own pages: who they are here, and where they are signed in."""

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from breathingroom.people import access, actions, queries
from breathingroom.people.choices import KEEP_ONE
from breathingroom.people.forms.own import AboutYouForm, SessionForm
from breathingroom.people.models import Member


def account(request: HttpRequest) -> HttpResponse:
    """The hub: name, language and time zone, and the way to everything else of the member's own."""
    member = access.member(request)
    form = AboutYouForm(request.POST or None, instance=access.fresh(member))
    if request.method == "POST" and form.is_valid():
        actions.describe(by=member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    secured, is_new = queries.has_second_factor(member), "welcome" in request.GET
    page = {"here": "account", "form": form, "second_factor": secured, "is_new": is_new}
    return render(request, "people/account.html", page)


def sessions(request: HttpRequest) -> HttpResponse:
    """Where the member is signed in."""
    member = access.member(request)
    listed = queries.sessions(member, request.session.session_key or "")
    return render(request, "people/sessions.html", {"here": "account", "sessions": listed})


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the member's other sessions, or all of them."""
    member = access.member(request)
    form = SessionForm(request.POST)
    if form.is_valid():
        only = form.cleaned_data["session"]
        count = actions.end_sessions(member=member, but=request.session.session_key or "", only=only)
        messages.success(request, _("Signed out there.") if count else _("Nothing was left to sign out of."))
    return redirect("usersessions_list")


@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages: for a visitor in a cookie, for a member for good."""
    code = request.POST.get("language", "")
    if isinstance(request.user, Member) and code in dict(settings.LANGUAGES):
        actions.speak(by=request.user, language=code)
    answer: HttpResponse = set_language(request)
    return answer


def prove(request: HttpRequest) -> HttpResponse:
    """Send the member to the best way they have of showing that it is still them."""
    methods = get_adapter(request).get_reauthentication_methods(access.member(request))
    where = methods[0]["url"] if methods else reverse("mfa_index")
    return redirect(f"{where}?{request.GET.urlencode()}")


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """allauth's page, but whoever holds power keeps at least one second factor."""
    member = access.member(request)
    if member.needs_second_factor and not queries.has_second_factor(member, beside=pk):
        messages.warning(request, KEEP_ONE)
        return redirect("mfa_list_webauthn")
    answer: HttpResponseBase = webauthn.remove_webauthn(request, pk=pk)
    return answer
