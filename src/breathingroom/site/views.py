"""Pages that belong to the house and to no single room."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from breathingroom.licensure import queries as licensure
from breathingroom.site import gallery


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: say where you will be and what you carry, and go straight to Find care."""
    return render(request, "site/home.html", {"places": licensure.spoken(licensure.jurisdiction_choices())})


@login_not_required
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds here."""
    return render(request, "site/design.html", gallery.everything())


@login_not_required
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Away at once. The other site learns nothing of where the person was."""
    response = HttpResponseRedirect(settings.QUICK_EXIT_URL)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _error(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """Error pages stand on bare.html alone: no member, no session, no database."""
    return render(request, f"errors/{name}.html", status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, "400", 400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, "403", 403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, "404", 404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, "500", 500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: say what is safe and what to do."""
    return _error(request, "403_csrf", 403)
