"""The door to the staff pages: a reason in, and out again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from breathingroom.core.http import safe_next
from breathingroom.people import access, actions
from breathingroom.people.forms.own import StaffEnterForm


def enter(request: HttpRequest) -> HttpResponse:
    """Ask an operator for a reason, and open the staff pages for a while."""
    operator = access.operator(request)
    if access.staff_session(request):
        return redirect(_onward(request))
    form = StaffEnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        session = actions.begin_staff_session(by=operator, **form.cleaned_data)
        request.session[access.STAFF_KEY] = str(session.pk)
        return redirect(_onward(request))
    return render(request, "people/staff_enter.html", {"form": form, "next": _onward(request)})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the staff session."""
    operator = access.operator(request)
    session = access.staff_session(request)
    if session:
        actions.end_staff_session(by=operator, session=session)
        del request.session[access.STAFF_KEY]
        messages.success(request, _("Your staff session is over."))
    return redirect("home")


def _onward(request: HttpRequest) -> str:
    to = safe_next(request, "/staff/")
    return to if to.startswith("/staff/") else "/staff/"
