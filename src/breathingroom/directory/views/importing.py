"""Bringing in a listing that one already has elsewhere: given, looked at, and only then taken."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breathingroom.core.http import absent_is_404
from breathingroom.directory import access, queries
from breathingroom.directory.actions import listings, prefill
from breathingroom.directory.choices import State
from breathingroom.directory.forms import importing, steps
from breathingroom.licensure import npi
from breathingroom.people.access import member
from breathingroom.safety.actions import limits

WHY: dict[type[Exception], Any] = {
    limits.TooMany: lazy("You have asked ten times within the hour. Fill it in by hand, or come back later."),
    npi.Unavailable: lazy("The register does not answer just now. Fill it in by hand."),
    npi.AnOrganisation: lazy("This number is an organisation’s. Use your own."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Where it comes from; once given, field by field what would be taken. Nothing is saved here."""
    form = importing.SourceForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form)
    listing = access.own_or_none(member(request))
    own = listing.name if listing else member(request).name
    try:
        raw = importing.read(form.source(), own)
    except importing.Unreadable as problem:
        form.add_error("file" if request.FILES else "text", problem.why)
        return _asked(request, form)
    return _preview(request, importing.meant(raw), raw.left)


@require_POST
@absent_is_404(listings.NoListing)
def take(request: HttpRequest) -> HttpResponse:
    """Save what was chosen into the listing, or a new draft. Nothing is published by it."""
    form = importing.TakeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("listing_import")
    chosen = form.chosen()
    if not chosen:
        messages.info(request, _("Nothing was chosen, so nothing was changed."))
        return redirect("listing_import")
    problems = _apply(request, chosen)
    if problems:
        held = {key: importing.Meant(values) for key, values in form.cleaned_data["held"].items()}
        return _preview(request, held, [], problems)
    messages.success(request, _("Taken over. Look through it: all of it can be changed."))
    return redirect("listing_review")


def _apply(request: HttpRequest, chosen: Mapping[str, Any]) -> list[str]:
    """Save it; what stands in the way, in words, and then nothing was saved."""
    by = member(request)
    forms = importing.forms_for(chosen, queries.facts(access.own_or_none(by), by))
    wrong = [str(error) for form in forms for errors in form.errors.values() for error in errors]
    if wrong:
        return wrong
    fields, collections = importing.together(forms)
    try:
        listings.start(by=by)
        listings.change(by=by, fields=fields, **collections)
    except listings.Incomplete as problem:
        return [str(steps.mending(need).words) for need in problem.missing]
    return []


def _asked(request: HttpRequest, form: importing.SourceForm) -> HttpResponse:
    return render(request, "directory/import.html", {"here": "account", "form": form})


def _preview(
    request: HttpRequest,
    found: Mapping[str, importing.Meant],
    left: list[str],
    problems: list[str] | None = None,
) -> HttpResponse:
    by = member(request)
    listing = access.own_or_none(by)
    page = importing.preview(found, left, queries.facts(listing, by))
    context = {
        "here": "account",
        "page": page,
        "held": json.dumps({each.key: each.values for each in page.taken}),
        "live": listing is not None and listing.state == State.PUBLISHED,
        "problems": problems,
    }
    return render(request, "directory/import_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """What the public register says under one's NPI, as proposals; the number is not kept, nor the answer."""
    form = importing.NpiForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and npi.is_on():
        try:
            said = prefill.ask_register(by=member(request), number=form.cleaned_data["number"])
        except (limits.TooMany, npi.Unavailable, npi.AnOrganisation) as problem:
            form.add_error("number", str(WHY[type(problem)]))
        else:
            if said:
                return _preview(request, importing.proposed(said), [])
            form.add_error("number", _("The register knows no such number, or it was given back."))
    context = {
        "here": "account",
        "form": form,
        "is_on": npi.is_on(),
        "fits": form.is_bound and form.is_valid(),
    }
    return render(request, "directory/npi.html", context)


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """The CSV to fill in."""
    answer = HttpResponse("\ufeff" + importing.table.template(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="listing.csv"'
    return answer
