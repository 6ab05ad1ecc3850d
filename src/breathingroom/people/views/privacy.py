"""The privacy centre: see, take along, erase, agree and withdraw."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from breathingroom.core.http import safe_next
from breathingroom.people import access, actions, archive, queries
from breathingroom.people.consents import KINDS, TEXTS
from breathingroom.people.forms.own import ConsentForm, EraseForm, KindForm


def privacy(request: HttpRequest) -> HttpResponse:
    """What each room holds about the member, and what they agreed to."""
    member = access.member(request)
    page = {"here": "account", "rooms": queries.holdings(member), "consents": queries.consents(member)}
    return render(request, "people/privacy.html", page)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """A zip with one JSON file a room."""
    member = access.member(request)
    answer = HttpResponse(archive.pack(member), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    answer["Cache-Control"] = "private, no-store"
    actions.note_export(by=member)
    return answer


def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask for the address, and erase."""
    member = access.member(request)
    form = EraseForm(request.POST or None, member=member)
    if request.method == "POST" and not member.needs_second_factor and form.is_valid():
        farewell = actions.erase(by=member)
        logout(request)
        return render(request, "people/erased.html", {"kept": farewell.kept})
    page = {"here": "account", "form": form, "member": member, "rooms": queries.holdings(member)}
    return render(request, "people/erase.html", page)


def consent(request: HttpRequest) -> HttpResponse:
    """Ask for what the member has not agreed to yet, because it is new."""
    member = access.member(request)
    asked, onward = queries.consents_missing(member), safe_next(request, "/")
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.agree(by=member, kinds=tuple(text.kind for text in asked))
        return redirect(onward)
    return render(request, "people/consent.html", {"texts": asked, "form": form, "next": onward})


def withdraw(request: HttpRequest) -> HttpResponse:
    """Say what withdrawing does, then do it."""
    member = access.member(request)
    form = KindForm(request.POST or request.GET)
    if not form.is_valid():
        return redirect("privacy")
    kind = form.cleaned_data["kind"]
    if request.method != "POST":
        return render(request, "people/withdraw.html", {"here": "account", "text": KINDS[kind]})
    actions.withdraw(by=member, kind=kind)
    logout(request)
    messages.success(request, _("Withdrawn. You are signed out everywhere."))
    return redirect("home")


@login_not_required
def what_we_hold(request: HttpRequest) -> HttpResponse:
    """For anybody: every table that touches a person, in words."""
    return render(request, "people/what_we_hold.html", {"rooms": queries.tables_in_words()})


@login_not_required
def terms(request: HttpRequest) -> HttpResponse:
    """For anybody: the texts that members agree to."""
    return render(request, "people/terms.html", {"texts": TEXTS})
