"""The rule by which people are ordered, in full."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from breathingroom.directory.choices import CONFIRMED_FOR_DAYS, SHOWN_FOR_DAYS
from breathingroom.directory.index import PAGE


@login_not_required
@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """In the words of the page, and in the numbers of the code."""
    numbers = {"page": PAGE, "confirmed": CONFIRMED_FOR_DAYS, "shown": SHOWN_FOR_DAYS}
    return render(request, "directory/order.html", {"here": "find", **numbers})
