"""Doors that open to somebody who came in a moment ago: an unlocked computer must not be enough."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from breathingroom.people import access, queries

View = Callable[..., HttpResponseBase]


def still_you(back_to: str) -> Callable[[View], View]:
    """Ask again before `view` whoever signed in, or showed a second factor, more than 15 minutes ago.

    With a second factor they show it; without one they sign in again, by the code in their mail.
    Afterwards they are at the page named `back_to`.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated or queries.came_in_lately(request):
                return view(request, *args, **kwargs)
            return _ask(request, back_to)

        return wrapped

    return wrap


def _ask(request: HttpRequest, back_to: str) -> HttpResponseBase:
    onward = urlencode({"next": reverse(back_to)})
    if queries.has_second_factor(access.member(request)):
        return redirect(f"{reverse('account_reauthenticate')}?{onward}")
    logout(request)
    messages.info(request, _("You came in a while ago. To be sure that it is you, sign in once more."))
    return redirect(f"{reverse('account_login')}?{onward}")
