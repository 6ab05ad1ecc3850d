"""Find care. Nothing about a search is stored: not here, not in a cache, not in a log."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from breathingroom.directory import index, queries
from breathingroom.directory.forms import SearchForm


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
@cache_control(private=True, no_store=True)
def find(request: HttpRequest) -> HttpResponse:
    """Search. HTMX gets the results and what changes around them; going back gets the whole page."""
    snapshot = index.current()
    address = queries.Address(request.GET)
    form = SearchForm(request.GET, places=snapshot.places)
    asked = form.asked()
    criteria = replace(asked.criteria, without=queries.hidden_from(request.user))
    results = index.search(snapshot, criteria)
    page = queries.find_page(snapshot, criteria, asked.reading, results, address)
    swap = _wants_fragment(request)
    template = "directory/find.html#swap" if swap else "directory/find.html"
    response = render(request, template, {"here": "find", "form": form, "page": page, "swap": swap})
    if swap:
        response["HX-Push-Url"] = f"{reverse('find')}{address}"
    return response


def _wants_fragment(request: HttpRequest) -> bool:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted
