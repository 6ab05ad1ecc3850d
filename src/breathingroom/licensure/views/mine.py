"""A member's own licences and what they hold under compacts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from breathingroom.core.http import absent_is_404, safe_next
from breathingroom.licensure import access, actions, queries
from breathingroom.licensure.forms import AuthorityForm, LicenceForm, NumberForm
from breathingroom.licensure.models import Licence
from breathingroom.people.access import member


def licences(request: HttpRequest) -> HttpResponse:
    """All that the member listed, what was checked, and what more they could hold."""
    rows = list(queries.licences_of(member(request)))
    standings = queries.standings(rows)
    listed = [(row, standings[row.pk], queries.newest_check(row)) for row in rows]
    return _page(request, "licences", {"listed": listed})


def add(request: HttpRequest) -> HttpResponse:
    """List a further licence."""
    form = LicenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim_licence(by=member(request), **form.cleaned_data)
        except actions.AlreadyListed:
            form.add_error(None, _("You have listed this profession in this place already."))
        except actions.TooMany:
            form.add_error(None, _("You have listed as many licences as one member may. Remove one first."))
        else:
            return _back(request, _("Listed. Now ask for it to be checked."))
    return _page(request, "licence_add", {"form": form, "professions": queries.professions_explained()})


@absent_is_404(Licence.DoesNotExist)
def edit(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """Correct the number or the end of a licence."""
    licence = access.own_licence(member(request), licence_id)
    now = {"number": licence.number, "expires_on": licence.expires_on}
    form = NumberForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_licence(by=member(request), licence=licence, **form.cleaned_data)
        return _back(
            request, _("Saved. Ask for it to be checked anew.") if changed else _("Nothing changed.")
        )
    return _page(request, "licence_edit", {"form": form, "licence": licence})


def remove(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """Ask, then remove a licence."""
    licence = access.own_licence(member(request), licence_id)
    if request.method == "POST":
        actions.remove_licence(by=member(request), licence=licence)
        return _back(request, _("Removed."))
    return _page(request, "licence_remove", {"licence": licence})


@absent_is_404(Licence.DoesNotExist)
def add_authority(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """List what the member holds under a compact."""
    licence = access.own_licence(member(request), licence_id)
    form = AuthorityForm(request.POST or None, licence=licence)
    if request.method == "POST" and form.is_valid():
        privilege, place = form.chosen()
        given = {"privilege": privilege, "jurisdiction": place, "expires_on": form.cleaned_data["expires_on"]}
        try:
            actions.claim_authority(by=member(request), licence=licence, **given)
            return _back(request, _("Listed. An operator has yet to check it."))
        except actions.AlreadyListed:
            form.add_error("what", _("You have listed this already."))
    standings = queries.standings([licence])[licence.pk]
    return _page(request, "authority_add", {"form": form, "licence": licence, "standings": standings})


def remove_authority(request: HttpRequest, authority_id: UUID) -> HttpResponse:
    """Ask, then remove what was held under a compact."""
    authority = access.own_authority(member(request), authority_id)
    if request.method == "POST":
        actions.remove_authority(by=member(request), authority=authority)
        return _back(request, _("Removed."))
    return _page(request, "authority_remove", {"authority": authority})


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    there = safe_next(request, "")
    query = f"?{urlencode({'next': there})}" if there else ""
    return render(
        request, f"licensure/{name}.html", {**context, "here": "account", "next": there, "query": query}
    )


def _back(request: HttpRequest, message: str) -> HttpResponse:
    """To the member's licences, which lead on to where they came from."""
    messages.success(request, message)
    there = safe_next(request, "")
    return redirect(reverse("licences") + (f"?{urlencode({'next': there})}" if there else ""))
