"""From an id in an address to a listing, or 404: the same for what is paused, a draft, or never was."""

from uuid import UUID

from django.http import Http404

from breathingroom.directory.models import Listing
from breathingroom.people.models import Member


def visible(listing_id: UUID) -> Listing:
    """A listing that anybody may see. Raises Http404."""
    found = Listing.objects.visible().select_related("profession", "place").filter(pk=listing_id).first()
    if found is None:
        raise Http404
    return found


def own_or_none(member: Member) -> Listing | None:
    """The member's own listing, in any state."""
    return Listing.objects.select_related("profession", "place").filter(member=member).first()


def own(member: Member) -> Listing:
    """The same. Raises Http404 when they have none."""
    found = own_or_none(member)
    if found is None:
        raise Http404
    return found


def photo(listing_id: UUID, asker: object) -> str:
    """The name of a photograph that the asker may see: of a visible listing, or their own. Raises Http404."""
    found = Listing.objects.visible().filter(pk=listing_id)
    if isinstance(asker, Member):
        found = found | Listing.objects.filter(pk=listing_id, member=asker)
    name = found.exclude(photo="").values_list("photo", flat=True).first()
    if name is None:
        raise Http404
    return str(name)
