"""How every address of the API is entered and left: methods, limits, headers and errors, in one place."""

import datetime as dt
import hashlib
import ipaddress
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from breathingroom.core import clock
from breathingroom.safety.actions import limits

P = ParamSpec("P")
Answering = Callable[Concatenate[HttpRequest, P], Mapping[str, Any]]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

METHODS = ("GET", "HEAD", "OPTIONS")
MINUTE = dt.timedelta(minutes=1)
KEPT_FOR = 60  # seconds for which anybody may keep an answer


class Bad(Exception):
    """Parameters that cannot be read: what is wrong with each, by its name."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def open_to_all(answer: Answering[P]) -> View[P]:
    """The view of an address of the API, from a function that gives the body of its answer.

    `answer` may raise Bad (400) and Http404. No cookie is looked at and none is set, so there is nothing
    that a forged request could use and no token to ask for.
    """

    @csrf_exempt
    @login_not_required
    @wraps(answer)
    def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _shared(HttpResponse(status=204))
        if request.method not in METHODS:
            return _refused(405, _("This address can only be read."))
        try:
            _count(request)
            return _given(request, answer(request, *args, **kwargs))
        except limits.TooMany as many:
            return _too_many(many)
        except Bad as bad:
            return _refused(400, _("Some of it could not be read."), fields=bad.fields)
        except Http404:
            return _refused(404, _("There is nothing here."))

    return view


def _count(request: HttpRequest) -> None:
    """One more request from this address. Raises limits.TooMany."""
    limits.take(what="api.request", who=_asker(request), most=settings.API_PER_MINUTE, within=MINUTE)


def _asker(request: HttpRequest) -> str:
    """The address, as far as proxies of ours vouch for it; of IPv6 the network, for one house has it all."""
    try:
        found = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (ValueError, PermissionDenied):
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _given(request: HttpRequest, body: Mapping[str, Any]) -> HttpResponseBase:
    """The answer, or that it is still the one they have."""
    response = _shared(
        JsonResponse(body, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    )
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    still = get_conditional_response(request, etag=etag, response=response)
    return _shared(still) if isinstance(still, HttpResponse) else response


def _too_many(many: limits.TooMany) -> HttpResponse:
    response = _refused(429, _("Too many requests. Please wait a moment, then go on."))
    response["Retry-After"] = str(max(1, int((many.again_at - clock.now()).total_seconds()) + 1))
    return response


def _refused(status: int, words: str, **more: Any) -> HttpResponse:
    response = _shared(JsonResponse({"error": words, **more}, status=status))
    if status == 405:
        response["Allow"] = ", ".join(METHODS)
    response["Cache-Control"] = "no-store"
    return response


def _shared(response: HttpResponse) -> HttpResponse:
    """Any page of any site may read it, as a stranger."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if response.status_code == 204:
        response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
    patch_vary_headers(response, ["Accept-Language"])
    return response
