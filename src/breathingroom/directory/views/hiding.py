"""Whom one keeps away from: the list, adding to it, and taking somebody off it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from breathingroom.core.http import absent_is_404
from breathingroom.directory import access
from breathingroom.directory.actions import hiding
from breathingroom.directory.forms.hiding import AwayForm, PersonForm, PracticeForm
from breathingroom.directory.queries.hiding import own
from breathingroom.people.access import member


@require_http_methods(["GET", "HEAD", "POST"])
def distance(request: HttpRequest) -> HttpResponse:
    """The list, and a form each for a person and a practice."""
    by = access.keeper(member(request))
    asked = [form(member=by) for form in (PersonForm, PracticeForm)]
    if request.method == "POST":
        which = 1 if request.POST.get("kind") == PracticeForm.kind else 0
        asked[which] = form = type(asked[which])(request.POST, member=by)
        if form.is_valid() and _add(request, form):
            return redirect("distance")
    person, practice = asked
    context = {"here": "account", "person": person, "practice": practice, "entries": own(by)}
    return render(request, "directory/distance.html", context)


def _add(request: HttpRequest, form: AwayForm) -> bool:
    """Add what the form holds; said in the same words whoever it is, if anybody."""
    try:
        hiding.add(by=member(request), kind=form.kind, words=form.cleaned_data["words"])
    except hiding.ListFull:
        form.add_error("words", _("Your list is full. Take somebody off it first."))
    except hiding.EnoughToday:
        form.add_error("words", _("That is as many as one day allows. Go on tomorrow; nothing was added."))
    else:
        messages.success(request, _("Added. From now on neither of you finds the other while signed in."))
        return True
    return False


@require_POST
@absent_is_404(hiding.NotListed)
def remove(request: HttpRequest, hiding_id: UUID) -> HttpResponse:
    """Take one off the list."""
    hiding.remove(by=member(request), hiding_id=hiding_id)
    messages.success(request, _("Taken off your list."))
    return redirect("distance")
