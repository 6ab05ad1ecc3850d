"""The moderators' desk, and the page on which a member reads what was decided about them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breathingroom.core.http import absent_is_404
from breathingroom.people.access import member
from breathingroom.safety import access, queries
from breathingroom.safety.actions import reports
from breathingroom.safety.forms import DecisionForm, LiftForm


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a decision."""
    access.moderator(request)
    return render(request, "safety/desk.html", {"here": "desk", "desk": queries.desk()})


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report, and what can be decided about it."""
    moderator = access.moderator(request)
    found = queries.case(access.report(report_id), moderator)
    form = DecisionForm(request.POST or None, possible=found.possible, hides=found.hides)
    if request.method == "POST" and form.is_valid():
        return _decided(request, form, report_id)
    return render(request, "safety/case.html", {"here": "desk", "case": found, "form": form})


def _decided(request: HttpRequest, form: DecisionForm, report_id: UUID) -> HttpResponse:
    try:
        reports.decide(by=access.moderator(request), report_id=report_id, **form.cleaned_data)
    except (reports.Gone, reports.NotPossible):
        messages.warning(request, _("Somebody else has decided this meanwhile."))
        return redirect("desk_case", report_id)
    messages.success(request, _("Decided. It is in the log."))
    return redirect("desk")


@require_POST
@absent_is_404(reports.Gone)
def lift(request: HttpRequest) -> HttpResponse:
    """End a sanction."""
    moderator = access.moderator(request)
    form = LiftForm(request.POST)
    if form.is_valid():
        reports.lift(by=moderator, sanction_id=form.cleaned_data["sanction"])
        messages.success(request, _("Lifted. The member can bring it back themselves."))
    return redirect("desk")


@require_safe
def said(request: HttpRequest) -> HttpResponse:
    """What moderators wrote to the member who reads."""
    return render(request, "safety/said.html", {"here": "account", "rows": queries.said_to(member(request))})
