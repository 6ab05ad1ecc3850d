"""Headers every answer carries, and pages that must stand when all else has fallen."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Next = Callable[[HttpRequest], HttpResponse]

STAND_ALONE = ("/crisis/", "/leave/")
FOR_STRANGERS = re.compile(r"/api/v\d+/.")
LONGEST_BODY = 10 * 1024 * 1024


class BoundedBody:
    """No body longer than a photograph needs, and none of unknown length, is read at all."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return render(request, "errors/413.html", status=411)
        if not length.isdigit() or int(length) > LONGEST_BODY:
            return render(request, "errors/413.html", status=413)
        return self.get_response(request)


class PrivateByDefault:
    """Nothing that was made for a signed-in person may stay in a cache, theirs included."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class StandAlone:
    """Pages for the worst moment take no session, so that they answer with the database down."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(STAND_ALONE):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)


class ForStrangers:
    """The API takes no cookie, whoever asks: its answers are the same for everybody, and say so to caches."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not FOR_STRANGERS.match(request.path):
            return self.get_response(request)
        request.COOKIES.clear()
        response = self.get_response(request)
        varies = (name.strip() for name in response.get("Vary", "").split(","))
        response["Vary"] = ", ".join(name for name in varies if name.lower() != "cookie")
        return response
