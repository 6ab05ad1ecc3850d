"""Listings side by side, and a shortlist that the browser makes for itself. Nothing of either is stored."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from breathingroom.directory import access, index
from breathingroom.directory.forms import CompareForm
from breathingroom.directory.forms.compare import AT_MOST
from breathingroom.directory.queries import Address, compare_page


@login_not_required
@require_safe
@cache_control(private=True, no_store=True)
def compare(request: HttpRequest) -> HttpResponse:
    """Up to three people; whoever is not there for the asker is told of as no longer listed."""
    snapshot = index.current()
    form = CompareForm(request.GET, places=snapshot.places)
    criteria = form.question()
    found = access.several(form.ids, request.user)
    page = compare_page(found, min(len(form.sent), AT_MOST), snapshot, criteria, Address(request.GET))
    context = {"here": "find", "form": form, "page": page, "more": len(form.sent) > AT_MOST}
    return render(request, "directory/compare.html", context)


@login_not_required
@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """The same page for everybody: what is on it never leaves the browser."""
    return render(request, "directory/shortlist.html", {"here": "find"})
