"""The check of one's own licence: asking for it, adding to it, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from breathingroom.core.http import absent_is_404
from breathingroom.licensure import access, queries
from breathingroom.licensure.actions import checks
from breathingroom.licensure.choices import CheckState
from breathingroom.licensure.forms import CheckForm
from breathingroom.licensure.models import Licence
from breathingroom.people.access import member


@absent_is_404(Licence.DoesNotExist)
def check(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """Where the check of a licence stands, and the form that begins it or adds to it."""
    licence = access.own_licence(member(request), licence_id)
    now = queries.check_of(licence)
    needed = bool(now and now.is_queued)
    form = CheckForm(request.POST or None, request.FILES or None, needed=needed)
    if request.method == "POST":
        form = CheckForm(request.POST, request.FILES, needed=needed)
        if form.is_valid() and _submitted(request, form, licence):
            return redirect("licence_check", licence.pk)
    context = {"here": "account", "licence": licence, "check": now, "form": form, "states": CheckState}
    return render(request, "licensure/check.html", context)


def _submitted(request: HttpRequest, form: CheckForm, licence: Licence) -> bool:
    try:
        checks.submit(by=member(request), licence=licence, upload=form.cleaned_data["file"])
    except checks.NoNumber:
        form.add_error(None, _("Write down the licence number first: without it nothing can be looked up."))
    except checks.NothingNew:
        form.add_error(None, _("There is nothing new to check just now."))
    except checks.TooManyFiles:
        form.add_error("file", _("Three files are as many as one check takes."))
    except checks.TooOften:
        form.add_error(None, _("You have asked five times in 30 days. Wait a little, then ask again."))
    else:
        messages.success(request, _("Handed in. We write to you as soon as somebody has looked."))
        return True
    return False


@require_POST
@absent_is_404(Licence.DoesNotExist)
def withdraw(request: HttpRequest, licence_id: UUID) -> HttpResponse:
    """Take the check back; what was handed in is deleted at once."""
    licence = access.own_licence(member(request), licence_id)
    try:
        checks.withdraw(by=member(request), licence=licence)
        messages.success(request, _("Taken back. What you handed in is deleted."))
    except checks.NotOpen:
        messages.info(request, _("There was nothing to take back: the check is over already."))
    return redirect("licence_check", licence.pk)
