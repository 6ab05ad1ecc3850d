"""Answers whose time tells nothing: making a member takes longer than finding one, and nobody may see it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
TICK = 0.1
REFUSED = 429


def evenly(view: View) -> View:
    """Let an answer leave at the next full tick since it was asked for, whatever was done meanwhile.

    The first, empty form is not held up: it knows no address yet. `bench/enumeration.py` measures what
    is left to see. The thread sleeps, so the rate limits of the entrance bound what this costs: a refusal
    by them knows no address either, and leaves at once.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        began = time.monotonic()
        answer = view(request, *args, **kwargs)
        if (
            TICK
            and answer.status_code != REFUSED
            and (request.method == "POST" or not request.session.is_empty())
        ):
            time.sleep(TICK - (time.monotonic() - began) % TICK)
        return answer

    return wrapped
