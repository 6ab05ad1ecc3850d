"""Supervision both ways: saying that one seeks it, and, for verified supervisors, who does."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breathingroom.core import clock
from breathingroom.core.http import absent_is_404, safe_next
from breathingroom.directory import access
from breathingroom.directory.actions import supervision as actions
from breathingroom.directory.forms.supervision import SeekersForm, WishForm
from breathingroom.directory.queries import supervision, words
from breathingroom.people.access import member


# -- for supervisors -----------------------------------------------------------------------------
@require_safe
def seekers(request: HttpRequest) -> HttpResponse:
    """Who seeks supervision; there is no such page for anybody but verified supervisors."""
    listing = access.supervisor(member(request))
    form = SeekersForm(request.GET)
    chosen, number = form.asked()
    page = supervision.page(listing, chosen, number)
    links = {"previous": _page_link(chosen, page.number - 1), "next": _page_link(chosen, page.number + 1)}
    context = {"here": "account", "page": page, "form": form, "links": links}
    return render(request, "directory/supervision.html", context)


def _page_link(chosen: supervision.Chosen, number: int) -> str:
    return "?" + urlencode(
        {**{name: sorted(codes) for name, codes in chosen.items()}, "page": number}, doseq=True
    )


@require_POST
@absent_is_404(actions.NotVerified, actions.NoWish)
def offer(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """ "I would like to supervise you": a neutral notice, with the listing behind it."""
    try:
        actions.offer(by=member(request), wish_id=wish_id)
    except actions.EnoughToday:
        messages.warning(request, _("That is as many as one day allows. Nothing was sent; go on tomorrow."))
    else:
        messages.success(request, _("They are told that you would like to, and see your listing."))
    return redirect(safe_next(request, "/supervision/"))


# -- for whoever seeks ---------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def seeking(request: HttpRequest) -> HttpResponse:
    """One's own wish: said, changed, and what came of it."""
    by = member(request)
    wish = supervision.own_wish(by)
    form = WishForm(request.POST if request.method == "POST" else None, wish=wish)
    if request.method == "POST" and form.is_valid():
        actions.seek(by=by, fields=form.fields_of_wish())
        messages.success(request, _("Verified supervisors can see it now, without your name."))
        return redirect("supervision_seeking")
    shown = {
        "wish": wish,
        "is_open": bool(wish and wish.is_open(clock.now().date())),
        "hours": supervision.hours_left(wish) if wish else "",
        "offers": [(row, words.title(row.listing)) for row in supervision.offers(by)] if wish else [],
    }
    return render(request, "directory/seeking.html", {"here": "account", "form": form, **shown})


@require_POST
@absent_is_404(actions.NoWish)
def renew(request: HttpRequest) -> HttpResponse:
    """It still holds."""
    actions.renew(by=member(request))
    messages.success(request, _("It holds for another 60 days."))
    return redirect("supervision_seeking")


@require_POST
@absent_is_404(actions.NoWish)
def stop(request: HttpRequest) -> HttpResponse:
    """Take it back."""
    actions.stop(by=member(request))
    messages.success(request, _("Taken back. Nobody sees it any more, and nothing of it is left."))
    return redirect("supervision_seeking")


@require_POST
@absent_is_404(actions.NoOffer)
def decline(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Put an offer away."""
    actions.decline(by=member(request), offer_id=offer_id)
    messages.success(request, _("Put away. They are not told."))
    return redirect("supervision_seeking")


@require_safe
def waiting(_request: HttpRequest) -> HttpResponse:
    """Where the link of a mail leads: its address names no topic."""
    return redirect("supervision_seeking")
