"""When somebody sees people: the hours of a week, as clocks show them to whoever reads."""

from breathingroom.core import places, zones
from breathingroom.directory.models import Listing
from breathingroom.people.models import Member


def usual_zone(listing: Listing, member: Member) -> str:
    """The zone that their hours are most likely meant in, before they say one; "" when nothing tells."""
    if zones.known(listing.time_zone):
        return listing.time_zone
    spot = places.spot(listing.spot) if listing.spot else None
    place = listing.place.primary_time_zone if listing.place else ""
    likely = (spot.time_zone if spot else "", place, member.time_zone)
    return next((name for name in likely if zones.known(name)), "")
