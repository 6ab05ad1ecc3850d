"""Introductory calls: free times, one's booked calls, and the file for one's calendar."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from breathingroom.core import calendar, clock
from breathingroom.core.http import absent_is_404
from breathingroom.directory import access
from breathingroom.directory.actions import calls
from breathingroom.directory.forms.call import SlotForm, ZoneForm
from breathingroom.directory.models import Call, Listing
from breathingroom.directory.queries import call_pages
from breathingroom.directory.queries import calls as times
from breathingroom.people.access import member

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
def free(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """Every free time of one clinician, by the clock one chooses."""
    return _times(request, access.visible(listing_id, request.user))


def _times(request: HttpRequest, listing: Listing) -> HttpResponse:
    form = ZoneForm(request.GET)
    form.is_valid()
    zone = times.zone_of(form.cleaned_data.get("zone", ""))
    asker = member(request)
    page = {
        "listing": listing,
        "days": times.by_day(times.free(listing), zone),
        "zone": str(zone),
        "zone_name": times.zone_name(zone),
        "form": ZoneForm(initial={"zone": str(zone)}),
        "own": listing.member_id == asker.pk,
        "open": times.open_between(asker, listing),
    }
    return render(request, "directory/call_times.html", {"here": "find", **page})


@require_http_methods(GET_AND_POST)
@absent_is_404(calls.NoListing)
def book(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """One free time: look at it once more, and book it."""
    listing = access.visible(listing_id, request.user)
    form = SlotForm(request.POST or request.GET)
    form.is_valid()  # an unknown clock is one's own; an unknown time is none
    starts_at: dt.datetime | None = form.cleaned_data.get("at")
    if starts_at is None:
        messages.warning(request, _("That is no time we know. Here are those that are free."))
        return _back(listing, form)
    if request.method == "POST":
        return _book(request, listing, starts_at, form)
    slot = next((slot for slot in times.free(listing) if slot.starts_at == starts_at), None)
    if slot is None:
        return _taken(request, listing, form)
    return render(request, "directory/call_book.html", _asked(request, listing, slot, form))


def _asked(request: HttpRequest, listing: Listing, slot: times.Slot, form: SlotForm) -> dict[str, Any]:
    """What stands on the page that asks once more."""
    zone = times.zone_of(form.cleaned_data.get("zone", ""))
    return {
        "here": "find",
        "listing": listing,
        "slot": slot,
        "when": times.said(slot.starts_at, zone),
        "zone": str(zone),
        "terms": listing.call_terms,
        "own": listing.member_id == member(request).pk,
    }


def _book(request: HttpRequest, listing: Listing, starts_at: dt.datetime, form: SlotForm) -> HttpResponse:
    try:
        call = calls.book(by=member(request), listing=listing, starts_at=starts_at)
    except calls.Taken:
        return _taken(request, listing, form)
    except calls.OpenAlready as known:
        messages.info(request, _("You two have a time already: this one. Cancel it to choose another."))
        return redirect("call", known.call.pk)
    except (calls.OwnListing, calls.EnoughOpen, calls.Clash) as refused:
        messages.warning(request, _refusal(refused))
        return _back(listing, form)
    messages.success(request, _("Booked. You both get a file for your calendars by e-mail."))
    return redirect("call", call.pk)


def _taken(request: HttpRequest, listing: Listing, form: SlotForm) -> HttpResponse:
    messages.warning(request, _("That time was just taken. Nothing is booked; these are free:"))
    return _back(listing, form)


def _back(listing: Listing, form: SlotForm) -> HttpResponse:
    """To the free times, by the clock that was chosen."""
    zone = form.cleaned_data.get("zone")
    query = f"?{urlencode({'zone': zone})}" if zone else ""
    return redirect(f"{reverse('listing_calls', args=[listing.pk])}{query}")


def _refusal(refused: Exception) -> str:
    if isinstance(refused, calls.OwnListing):
        return _("This is your own listing.")
    if isinstance(refused, calls.Clash):
        return _("You have another call at that time. Nothing is booked.")
    return ngettext(
        "You have %(n)d call to come. Another can be booked when it is over.",
        "You have %(n)d calls to come. Another can be booked when one of them is over.",
        calls.MOST_OPEN,
    ) % {"n": calls.MOST_OPEN}


# -- one's own -----------------------------------------------------------------------------------
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The calls one has booked, and those booked with oneself."""
    coming, past = call_pages.mine(member(request))
    return render(request, "directory/calls.html", {"here": "account", "coming": coming, "past": past})


@require_safe
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One of them: when, how, with whom."""
    return render(request, "directory/call.html", _shown(request, access.call(call_id, member(request))))


def _shown(request: HttpRequest, found: Call) -> dict[str, Any]:
    return {"here": "account", "booked": call_pages.booked(found, member(request))}


@require_http_methods(GET_AND_POST)
def cancel(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Ask once more, and cancel."""
    found = access.call(call_id, member(request))
    if request.method == "POST":
        try:
            calls.cancel(by=member(request), call=found)
        except calls.TooLate:
            messages.warning(request, _("This call has begun, or is off already. Nothing was changed."))
        else:
            messages.success(
                request, _("Cancelled. The other one hears of it now, without a reason. It happens.")
            )
        return redirect("call", call_id)
    page = _shown(request, found)
    return (
        render(request, "directory/call_cancel.html", page)
        if page["booked"].can_cancel
        else redirect("call", call_id)
    )


@require_safe
def file(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """The calendar file; of a cancelled call, the one that takes it out again."""
    made = calendar.file(access.call(call_id, member(request)).hold(), made_at=clock.now())
    answer = HttpResponse(made.text, content_type=f"{made.type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
