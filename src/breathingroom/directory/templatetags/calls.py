"""The part of a listing's page that offers introductory calls."""

from typing import Any

from django import template

from breathingroom.directory.models import Listing
from breathingroom.directory.queries import calls
from breathingroom.people.models import Member

register = template.Library()
SHOWN_FIRST = 4


@register.simple_tag(takes_context=True)
def call_times(context: dict[str, Any], listing: Listing) -> dict[str, Any] | None:
    """What whoever asks may know of a listing's calls; None when none are offered.

    A visitor learns that there are some, in one query; a member the next free times, in three or four.
    """
    asker = context["request"].user
    if not isinstance(asker, Member):
        return {"visitor": True} if calls.has_offers(listing) else None
    if asker.pk == listing.member_id:
        return {"own": True} if calls.has_offers(listing) else None
    zone = calls.zone_of("")
    if call := calls.open_between(asker, listing):
        return {"open": call, "when": calls.said(call.starts_at, zone)}
    free = calls.free(listing)
    if not free and not calls.has_offers(listing):
        return None
    shown = calls.by_day(free[:SHOWN_FIRST], zone)
    return {"days": shown, "zone": calls.zone_name(zone), "more": len(free) > SHOWN_FIRST}
