"""One click without signing in: what was asked about by mail is still right.

GET shows one button and changes nothing, for mail programs open links before people do.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from breathingroom.directory.actions import expiry
from breathingroom.directory.queries import words

GONE = 404


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def still(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or what became of it."""
    try:
        listing = expiry.asked_about(token)
        if request.method == "POST":
            expiry.confirm(token=token)
    except expiry.Worthless:
        return _page(request, "gone", status=GONE)
    if request.method == "POST":
        return _page(request, "done")
    return _page(request, "asked", openings=words.openings(listing), on=listing.openings_confirmed_on)


def _page(request: HttpRequest, state: str, *, status: int = 200, **shown: object) -> HttpResponse:
    return render(request, "directory/still.html", {"state": state, **shown}, status=status)
