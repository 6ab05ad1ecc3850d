"""Writing to a clinician, by a member or a visitor, and what both read afterwards."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breathingroom.core.http import absent_is_404
from breathingroom.directory import access
from breathingroom.directory.actions import enquiries as actions
from breathingroom.directory.forms.enquiry import EnquiryForm, LinkForm
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries import words
from breathingroom.people.access import member
from breathingroom.people.models import Member
from breathingroom.safety.actions import limits

REFUSED = (actions.Already, actions.Excluded, actions.NotOffered, limits.TooMany)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@absent_is_404(actions.Gone)
def write(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """The form, and sending it: at once as a member, after confirming an address as a visitor."""
    listing = access.visible(listing_id, request.user)
    by = request.user if isinstance(request.user, Member) else None
    if by and by.pk == listing.member_id:
        raise Http404
    roles = queries.roles(listing)
    form = EnquiryForm(request.POST or None, roles=roles, is_member=bool(by), name=by.name if by else "")
    if request.method == "POST" and form.is_valid() and _went(request, listing, form):
        return redirect("enquiries_sent" if by else "enquiry_look")
    page = {"here": "find", "listing": listing, "title": words.title(listing), "form": form, "roles": roles}
    return render(request, "directory/enquiry_write.html", page)


def _went(request: HttpRequest, listing: Listing, form: EnquiryForm) -> bool:
    """Send what is in the form, or say in it why not; what was typed is kept."""
    try:
        if isinstance(request.user, Member):
            row = actions.send(by=request.user, listing=listing, **form.cleaned_data)
            messages.success(request, _sent(queries.as_sent(row)))
        else:
            where = get_adapter(request).get_client_ip(request)
            actions.draft(listing=listing, where=where, **form.cleaned_data)
    except REFUSED as refusal:
        form.add_error(None, refused(refusal))
        return False
    return True


def _sent(row: queries.Sent) -> str:
    if row.is_held:
        return _("Sent. Many people wrote to them today, so it reaches them tomorrow.")
    return _("Sent. You hear from us when they answer.")


def refused(refusal: Exception) -> str:
    """Why it was not sent, and what to do."""
    if isinstance(refusal, actions.Excluded):
        return excluded(refusal)
    if isinstance(refusal, limits.TooMany):
        again = time_format(localtime(refusal.again_at), "TIME_FORMAT")
        return _("That is as many as one can send in a while. You can go on at {time}.").format(time=again)
    if isinstance(refusal, actions.Already):
        return _("You wrote to them already, and it waits for their answer.")
    return _("Choose what they offer.")


def excluded(refusal: actions.Excluded) -> str:
    """The rule about two roles with one person."""
    return _(
        "With any one person you are therapist or supervisor, never both. You two have agreed on {role}."
    ).format(role=str(refusal.standing.label).lower())


@login_not_required
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """The same page for every visitor who wrote, whatever becomes of it."""
    return render(request, "directory/enquiry_look.html", {"here": "find"})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What the member wrote, and the answers."""
    rows = queries.sent(member(request))
    return render(request, "directory/enquiries_sent.html", {"here": "account", "rows": rows})


@require_POST
@absent_is_404(actions.Gone)
def withdraw(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Take one back."""
    actions.withdraw(by=member(request), enquiry=access.enquiry_sent(enquiry_id, member(request)))
    messages.success(request, _("Erased, on their side too."))
    return redirect("enquiries_sent")


# -- by link -------------------------------------------------------------------------------------
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """What a mailed link opens. Opening changes nothing, for machines open links, too; a button does."""
    found = access.enquiry_by_link(token)
    if found is None or not queries.can_be_opened(found):
        return render(request, "directory/enquiry_gone.html", {"here": "find"}, status=404)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _act(request, token, form.cleaned_data["then"])
        if done:
            return done
    page: dict[str, Any] = {"here": "find", "row": queries.as_sent(found), "enquiry": found}
    return render(request, "directory/enquiry_link.html", page)


def _act(request: HttpRequest, token: str, then: str) -> HttpResponse | None:
    """Send it or erase it; None when it is refused, and the page says why."""
    try:
        if then == "erase":
            actions.throw_away(token=token)
            return redirect("enquiry_erased")
        row = queries.as_sent(actions.confirm(token=token))
        messages.success(request, _sent(row))
        return redirect("enquiry_on_its_way")
    except actions.Gone:
        return render(request, "directory/enquiry_gone.html", {"here": "find"}, status=404)
    except REFUSED as refusal:
        messages.warning(request, refused(refusal))
        return None


@login_not_required
@require_safe
def on_its_way(request: HttpRequest) -> HttpResponse:
    """After a visitor sent something."""
    return render(request, "directory/enquiry_done.html", {"here": "find", "is_sent": True})


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """After a visitor threw something away."""
    return render(request, "directory/enquiry_done.html", {"here": "find", "is_sent": False})
