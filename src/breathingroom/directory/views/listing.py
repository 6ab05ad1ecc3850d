"""One listing, as a stranger sees it, and its photograph."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from breathingroom.directory import access, index, photos, queries
from breathingroom.directory.forms import PlaceForm, ZoneForm
from breathingroom.directory.models import Listing

YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_safe
@cache_control(private=True, no_store=True)
def listing(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """A published listing; `?where=` and `?format=` ask whether they may see someone there."""
    return render(request, "directory/listing.html", shown(request, access.visible(listing_id, request.user)))


def shown(request: HttpRequest, found: Listing) -> dict[str, Any]:
    """What the page of a listing is made from, for a stranger and for the owner's preview alike."""
    snapshot = index.current()
    form, clock = PlaceForm(request.GET, places=snapshot.places), ZoneForm(request.GET)
    form.is_valid()
    clock.is_valid()
    zone = str(clock.cleaned_data.get("zone") or getattr(request.user, "time_zone", ""))
    page = queries.listing_page(found, snapshot, **form.cleaned_data, zone=zone)
    return {"here": "find", "form": form, "clock": clock, "page": page}


@login_not_required
@require_safe
@cache_control(private=True, max_age=YEAR, immutable=True)
def photo(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """The photograph; its address changes with it, so a browser may keep it, and nobody in between."""
    picture = photos.read(access.photo(listing_id, request.user))
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/webp")
