"""The times a clinician offers for introductory calls."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from breathingroom.core import clock
from breathingroom.core.http import absent_is_404
from breathingroom.directory import access
from breathingroom.directory.actions import call_offers
from breathingroom.directory.actions.listings import NoListing
from breathingroom.directory.forms.call import OfferDoForm, OfferForm, TermsForm
from breathingroom.directory.models import CallOffer, CallTerms, Listing
from breathingroom.directory.queries import call_pages
from breathingroom.people.access import member

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """What one offers, and how it happens."""
    listing = access.own(member(request))
    page = {
        "here": "account",
        "listing": listing,
        "terms": _terms(listing),
        "offers": call_pages.offers(listing),
        "is_published": listing.state == "published",
    }
    return render(request, "directory/call_offers.html", page)


def _terms(listing: Listing) -> CallTerms | None:
    found: CallTerms | None = getattr(listing, "call_terms", None)
    return found


@require_http_methods(GET_AND_POST)
@absent_is_404(NoListing)
def terms(request: HttpRequest) -> HttpResponse:
    """How the calls happen."""
    known = _terms(access.own(member(request)))
    start = {"way": known.by, "reach": known.reach, "notice_hours": known.notice_hours,
             "horizon_days": known.horizon_days} if known else None  # fmt: skip
    form = TermsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        call_offers.set_terms(by=member(request), **form.cleaned_data)
        messages.success(request, _("Saved. Whoever has booked sees it from now on."))
        return redirect("call_offers" if known else "call_add")
    return render(
        request, "directory/call_terms.html", {"here": "account", "form": form, "is_new": not known}
    )


@require_http_methods(GET_AND_POST)
@absent_is_404(NoListing)
def add(request: HttpRequest) -> HttpResponse:
    """Offer one more time."""
    listing = access.own(member(request))
    if _terms(listing) is None:
        return redirect("call_terms")
    zone = listing.time_zone or member(request).time_zone
    form = OfferForm(request.POST or None, initial={"begins_on": clock.today(), "time_zone": zone})
    if request.method == "POST" and form.is_valid() and _offered(request, form):
        messages.success(request, _("Offered. Members who are signed in can book it."))
        return redirect("call_offers")
    return render(request, "directory/call_add.html", {"here": "account", "form": form})


def _offered(request: HttpRequest, form: OfferForm) -> bool:
    """Offer it; what speaks against it is an error in the form."""
    try:
        call_offers.offer(by=member(request), **form.cleaned_data)
    except call_offers.OfferedAlready:
        form.add_error("at", _("You offer this time already."))
    except call_offers.TooManyOffers:
        form.add_error(None, _("You offer 30 times. Take one back before you add another."))
    except call_offers.NoTerms:
        form.add_error(None, _("Say first how the calls happen."))
    return not form.errors


@require_http_methods(GET_AND_POST)
@absent_is_404(NoListing, call_offers.NoOffer)
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One offer: its next days, each of which can be left out; pause, resume, take back."""
    found = access.call_offer(offer_id, member(request))
    if request.method == "POST":
        form = OfferDoForm(request.POST)
        if form.is_valid():
            return _do(request, found, form)
        messages.warning(request, _("That is nothing we could do here. Nothing was changed."))
    page = {"here": "account", "offer": call_pages.offered(found), "coming": call_pages.coming(found)}
    return render(request, "directory/call_offer.html", page)


def _do(request: HttpRequest, found: CallOffer, form: OfferDoForm) -> HttpResponse:
    by, do, day = member(request), form.cleaned_data["do"], form.cleaned_data["day"]
    if do == "withdraw":
        call_offers.withdraw(by=by, offer=found)
        messages.success(request, _("Taken back. What is booked already stays; cancel it under your calls."))
        return redirect("call_offers")
    if do in {"pause", "resume"}:
        call_offers.pause(by=by, offer=found, paused=do == "pause")
        messages.success(request, _("Paused.") if do == "pause" else _("Offered again."))
    else:
        call_offers.skip(by=by, offer=found, on=day, skipped=do == "skip")
        messages.success(request, _("That day is left out.") if do == "skip" else _("That day is back in."))
    return redirect("call_offer", found.pk)
