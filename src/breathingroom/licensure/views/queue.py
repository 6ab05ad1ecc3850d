"""The queue of licences to check: what waits, one of them, and a file that each of the staff opens once."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from breathingroom.core import clock
from breathingroom.licensure import access, actions, queries
from breathingroom.licensure.actions import checks
from breathingroom.licensure.choices import CheckState
from breathingroom.licensure.evidence import TYPES
from breathingroom.licensure.forms import DecisionForm
from breathingroom.licensure.models import Evidence, Verification
from breathingroom.people import access as people

View = Callable[..., HttpResponse]
CHANGED = _("The member changed this licence, or somebody else decided, while you looked. Please look again.")
VIEWER_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def staff_only(view: View) -> View:
    """An operator without an open staff session is asked for a reason first; others find nothing."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people.operator(request)
        if people.staff_session(request) is None:
            onward = request.path if request.method == "GET" else reverse("staff_checks")
            return redirect(f"{reverse('staff_enter')}?{urlencode({'next': onward})}")
        return view(request, *args, **kwargs)

    return careful


@require_safe
@staff_only
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the staff, oldest first."""
    return _page(request, "queue", {"queue": queries.queue()})


@staff_only
def one(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """One check: what to compare, where, and the decision. Opening it shows the number, and is logged."""
    by, check = access.checker(request), access.check(check_id)
    form = DecisionForm(request.POST or None, initial=queries.decision_begins(check.licence))
    if request.method == "POST" and form.is_valid():
        if _decided(request, form, check):
            return redirect("staff_checks")
        check = access.check(check_id)
    number = actions.open_number(by=by, licence=check.licence) if check.is_open else ""
    context = {"desk": queries.desk(check, by), "form": form, "number": number, "mine": by.pk}
    return _page(request, "queue_one", context)


def _decided(request: HttpRequest, form: DecisionForm, check: Verification) -> bool:
    """Whether it was saved; what stood in the way is said in the form."""
    try:
        done = _decide(request, form.cleaned_data, check)
    except (checks.NotOpen, actions.ChangedSince):
        form.data = {**request.POST.dict(), "seen": queries.mark(access.check(check.pk).licence)}
        form.add_error(None, CHANGED)
    except checks.OwnLicence:
        form.add_error(None, _("This licence is your own. Somebody else checks it."))
    except checks.NoNumber:
        form.add_error(None, _("There is no number to compare. Ask the member for it."))
    else:
        _say(request, done)
        return True
    return False


def _decide(request: HttpRequest, given: dict[str, Any], check: Verification) -> Verification:
    by, seen = access.checker(request), given["seen"]
    if given["outcome"] == DecisionForm.GRANT:
        found = {"against": given["against"], "expires_on": given["expires_on"]}
        return checks.grant(by=by, check=check, seen=seen, **found)
    act = checks.ask if given["outcome"] == DecisionForm.ASK else checks.refuse
    return act(by=by, check=check, seen=seen, reason=given["reason"], note=given["note"])


def _say(request: HttpRequest, done: Verification) -> None:
    if done.state == CheckState.SECOND_LOOK:
        words = _(
            "Not saved as checked: another member’s licence with this number was found active before. "
            "It stays in the queue for a second look; the member is told only that it takes longer."
        )
        messages.warning(request, words)
    else:
        messages.success(request, _("Saved. The member is told that there is something to read."))


@require_POST
@staff_only
def open_file(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """A file that was handed in, once for each of the staff."""
    by = access.checker(request)
    try:
        kind, content = checks.view(by=by, evidence_id=evidence_id)
    except checks.ViewedAlready:
        return _back(request, evidence_id, _("You have opened this file before. Each of the staff may once."))
    except checks.OwnLicence:
        return _back(request, evidence_id, _("This licence is your own. Somebody else checks it."))
    except (checks.Gone, checks.NotOpen):
        return _back(request, evidence_id, _("This file is deleted."))
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'inline; filename="evidence.{kind}"'
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = VIEWER_POLICY
    return answer


def _back(request: HttpRequest, evidence_id: UUID, words: str) -> HttpResponse:
    messages.info(request, words)
    row = Evidence.objects.filter(pk=evidence_id).first()
    return redirect("staff_check", row.verification_id) if row else redirect("staff_checks")


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    session = people.staff_session(request)
    left = session.minutes_left(clock.now()) if session else 0
    bar = {"here": "staff", "staff_session": session, "staff_minutes_left": left}
    return render(request, f"licensure/{name}.html", {**bar, **context})
