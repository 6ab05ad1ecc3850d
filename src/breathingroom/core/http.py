"""What many views ask of a request."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

MOST = 2000  # characters of an address


def safe_next(request: HttpRequest, default: str) -> str:
    """The page of this house that `next` names, posted or in the address; `default` for anything else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    local = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if local and asked.isprintable() and len(asked) <= MOST else default


def absent_is_404(*errors: type[Exception]) -> Callable[[View[P]], View[P]]:
    """For a view whose row another window may just have taken away: any of `errors` is a 404."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def careful(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except errors as absent:
                raise Http404 from absent

        return careful

    return decorate
