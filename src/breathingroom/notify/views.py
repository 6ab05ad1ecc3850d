"""The demo's mail page: what would have been sent, for a house that nobody's mail leaves."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from breathingroom.notify import queries


@login_not_required
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails with their codes, and the codes that the demo's authenticator apps would show now."""
    if not settings.DEMO:
        raise Http404
    page = {"mails": queries.newest(), "apps": queries.demo_app_codes()}
    return render(request, "notify/demo_mail.html", page)
