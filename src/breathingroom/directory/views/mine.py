"""One's own listing: the hub, the steps, and each thing that can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breathingroom.core.http import absent_is_404
from breathingroom.directory import access, queries
from breathingroom.directory.actions import listings
from breathingroom.directory.choices import State
from breathingroom.directory.forms import DeleteForm, steps
from breathingroom.directory.forms.editor import StepForm
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import supervision
from breathingroom.directory.views.listing import shown
from breathingroom.licensure import npi
from breathingroom.people.access import member


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """Where the listing stands, what is missing, and what can be done."""
    listing = access.own_or_none(member(request))
    if listing is None:
        return render(request, "directory/mine_none.html", {"here": "account"})
    shown = {**_editor(listing), "supervises": supervision.is_verified(listing)}
    return render(request, "directory/mine.html", shown)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    listings.start(by=member(request))
    return redirect("listing_step", steps.STEPS[0].slug)


@require_http_methods(["GET", "HEAD", "POST"])
@absent_is_404(listings.NoListing)
def edit(request: HttpRequest, step: str) -> HttpResponse:
    """One step: shown, or saved at once."""
    listing, here = access.own(member(request)), _step(step)
    live, posted = listing.state != State.DRAFT, request.method == "POST"
    data = {"data": request.POST, "files": request.FILES} if posted else {}
    form = here.form(**data, facts=queries.facts(listing, member(request)), live=live)
    if posted and form.is_valid() and _save(request, form):
        return redirect(_next(request, step))
    context = {**_editor(listing), "step": here, "form": form, "asks_register": npi.is_on()}
    return render(request, "directory/step.html", context)


def _editor(listing: Listing) -> dict[str, Any]:
    """What every page of the editor shows."""
    mine = queries.mine(listing)
    missing = [steps.mending(need) for need in mine.missing]
    return {"here": "account", "mine": mine, "missing": missing, "trail": steps.trail()}


def _step(slug: str) -> steps.Step:
    if slug not in steps.BY_SLUG:
        raise Http404
    return steps.BY_SLUG[slug]


def _save(request: HttpRequest, form: StepForm) -> bool:
    """Save the step; what a live listing would lose is an error in the form."""
    by = member(request)
    try:
        listing = listings.change(by=by, fields=form.fields_changed(), **form.collections())
    except listings.Incomplete as problem:
        for need in problem.missing:
            form.add_error(None, str(steps.mending(need).words))
        return False
    if picture := form.cleaned_data.get("picture"):
        listings.set_photo(by=by, picture=picture)
    messages.success(request, _saved(listing))
    return True


def _saved(listing: Listing) -> str:
    return {
        State.DRAFT: _("Saved in your draft. Only you can see it."),
        State.PUBLISHED: _("Saved. Your listing is published, so this shows now."),
        State.PAUSED: _("Saved. Your listing is paused, so nobody sees it yet."),
    }[State(listing.state)]


def _next(request: HttpRequest, slug: str) -> str:
    if request.POST.get("then") == "hub":
        return reverse("listing_mine")
    following = steps.after(slug)
    return (
        reverse("listing_review") if following == steps.REVIEW else reverse("listing_step", args=[following])
    )


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The last step: what is missing, how it looks, and the button that publishes."""
    return render(request, "directory/review.html", _editor(access.own(member(request))))


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The listing as a stranger would see it, in any state."""
    listing = access.own(member(request))
    context = {**shown(request, listing), "mine": True, "lapsed": queries.lapsed(listing)}
    return render(request, "directory/listing.html", context)


@require_POST
@absent_is_404(listings.NoListing)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish, or come back from a pause."""
    try:
        listings.publish(by=member(request))
    except listings.Incomplete:
        messages.warning(request, _("Not published yet: something is missing. Nothing you wrote is lost."))
        return redirect("listing_review")
    except listings.Withheld:
        messages.warning(request, _("A moderator keeps it out of sight for now. They wrote to you why."))
        return redirect("listing_mine")
    messages.success(request, _("Published. Colleagues can find you now."))
    return redirect("listing_mine")


@require_POST
@absent_is_404(listings.NoListing, listings.WrongState)
def pause(request: HttpRequest) -> HttpResponse:
    """Out of sight, with everything kept."""
    listings.pause(by=member(request))
    messages.success(request, _("Paused. Nobody can find you until you resume; everything is kept."))
    return redirect("listing_mine")


@require_POST
@absent_is_404(listings.NoListing, listings.WrongState)
def confirm(request: HttpRequest) -> HttpResponse:
    """The openings are still as listed."""
    listings.confirm_openings(by=member(request))
    messages.success(request, _("Thank you. Your openings count as confirmed today."))
    return redirect("listing_mine")


@require_POST
@absent_is_404(listings.NoListing)
def remove_photo(request: HttpRequest) -> HttpResponse:
    """Back to the ring picture."""
    listings.remove_photo(by=member(request))
    messages.success(request, _("The photograph is deleted. Your ring picture shows instead."))
    return redirect("listing_step", "words")


@require_http_methods(["GET", "HEAD", "POST"])
@absent_is_404(listings.NoListing)
def delete(request: HttpRequest) -> HttpResponse:
    """Delete for good, once the name is typed back."""
    listing = access.own(member(request))
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            listings.delete(by=member(request), typed=form.cleaned_data["typed"])
        except listings.NotTyped:
            form.add_error("typed", _("This is not the same. Nothing was deleted."))
        else:
            messages.success(request, _("Deleted, the photograph too. Nothing of your listing is left."))
            return redirect("listing_mine")
    context = {"here": "account", "form": form, "phrase": listings.phrase(listing)}
    return render(request, "directory/delete.html", context)
