"""From an id in an address to a listing, or 404: one answer for paused, draft, hidden, and never was."""

from uuid import UUID

from django.http import Http404

from breathingroom.directory.models import Hiding, Listing
from breathingroom.directory.models.listing import ListingQuerySet
from breathingroom.directory.queries import hidden_from
from breathingroom.people.models import Member


def visible(listing_id: UUID, asker: object) -> Listing:
    """A listing that the asker may see: `request.user`, or None for any stranger. Raises Http404."""
    found = _seen_by(asker).select_related("profession", "place").filter(pk=listing_id).first()
    if found is None:
        raise Http404
    return found


def _seen_by(asker: object) -> ListingQuerySet:
    """What is hidden is left out by the same query, so that it takes as long as what never was."""
    return Listing.objects.visible().exclude(pk__in=hidden_from(asker))


def own_or_none(member: Member) -> Listing | None:
    """The member's own listing, in any state."""
    return Listing.objects.select_related("profession", "place").filter(member=member).first()


def own(member: Member) -> Listing:
    """The same. Raises Http404 when they have none."""
    found = own_or_none(member)
    if found is None:
        raise Http404
    return found


def keeper(member: Member) -> Member:
    """The member, if they may keep a list of whom they keep away from. Raises Http404.

    It is for those who can be found: with a listing in any state. Whoever deletes theirs still sees the list.
    """
    if not (Listing.objects.filter(member=member).exists() or Hiding.objects.filter(member=member).exists()):
        raise Http404
    return member


def photo(listing_id: UUID, asker: object) -> str:
    """The name of a photograph that the asker may see: of a visible listing, or their own. Raises Http404."""
    found = _seen_by(asker).filter(pk=listing_id)
    if isinstance(asker, Member):
        found = found | Listing.objects.filter(pk=listing_id, member=asker)
    name = found.exclude(photo="").values_list("photo", flat=True).first()
    if name is None:
        raise Http404
    return str(name)
