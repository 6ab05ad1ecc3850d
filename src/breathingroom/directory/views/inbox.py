"""What a clinician does with enquiries: read, answer, keep somebody away, report."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breathingroom.core.http import absent_is_404
from breathingroom.directory import access
from breathingroom.directory.actions import answers
from breathingroom.directory.actions.enquiries import Excluded, Gone
from breathingroom.directory.forms.enquiry import AnswerForm, BlockForm
from breathingroom.directory.models import Enquiry
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries import words
from breathingroom.directory.views.enquiries import excluded, refused
from breathingroom.people.access import member
from breathingroom.safety.actions import limits, reports
from breathingroom.safety.forms import ReportForm


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What came, and whom the member keeps away."""
    who = member(request)
    listing = access.own_or_none(who)
    record = queries.response_record(listing.pk) if listing else None
    page = {"here": "account", "inbox": queries.inbox(who), "listing": listing, "response": record}
    return render(request, "directory/enquiries.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@absent_is_404(Gone)
def one(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """One enquiry, and its answer."""
    who = member(request)
    row = access.enquiry_got(enquiry_id, who)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answers.answer(by=who, enquiry_id=row.pk, **form.cleaned_data)
        except Excluded as refusal:
            form.add_error(None, excluded(refusal))
        else:
            messages.success(request, _("Answered. They are told that something waits for them."))
            return redirect("enquiries")
    page = {"here": "account", "got": queries.received(row), "form": form, "standing": _standing(row)}
    return render(request, "directory/enquiry.html", page)


def _standing(row: Enquiry) -> str:
    """The role that these two have agreed on, if it forbids this one."""
    standing = queries.excluded_by(row.listing.member, queries.sender(row), row.role)
    return str(standing.label).lower() if standing else ""


@require_POST
@absent_is_404(Gone)
def block(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Nothing more from this sender."""
    who = member(request)
    answers.block(by=who, enquiry=access.enquiry_got(enquiry_id, who))
    messages.success(request, _("You will not hear from them again. They are not told."))
    return redirect("enquiries")


@require_POST
@absent_is_404(Gone)
def let_in(request: HttpRequest) -> HttpResponse:
    """End a block."""
    form = BlockForm(request.POST)
    if form.is_valid():
        answers.let_in(by=member(request), block_id=form.cleaned_data["block"])
        messages.success(request, _("They can write to you again."))
    return redirect("enquiries")


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Put an enquiry before the moderators."""
    row = access.enquiry_got(enquiry_id, member(request))
    what, back = _("An enquiry from {name}").format(name=row.name), reverse("enquiry", args=[row.pk])
    return _reporting(request, "directory.enquiry", row.pk, what, back)


@require_http_methods(["GET", "HEAD", "POST"])
def report_listing(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Put a listing before the moderators."""
    who = member(request)
    listing = access.visible(listing_id, who)
    if listing.member_id == who.pk:
        raise Http404
    return _reporting(
        request, "directory.listing", listing.pk, words.title(listing), reverse("listing", args=[listing.pk])
    )


def _reporting(request: HttpRequest, kind: str, pk: UUID, what: str, back: str) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reports.report(by=member(request), kind=kind, object_id=pk, **form.cleaned_data)
        except reports.Gone as gone:
            raise Http404 from gone
        except limits.TooMany as refusal:
            form.add_error(None, refused(refusal))
        else:
            messages.success(request, _("Thank you. The moderators have it."))
            return redirect(back)
    page = {"here": "find", "form": form, "what": what, "back": back}
    return render(request, "safety/report.html", page)
