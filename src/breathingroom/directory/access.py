"""From an id in an address to a listing, or 404: one answer for paused, draft, hidden, and never was."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404

from breathingroom.directory.models import Call, CallOffer, Enquiry, Hiding, Listing, SupervisionWish
from breathingroom.directory.models.listing import ListingQuerySet
from breathingroom.directory.queries import enquiries, hidden_from, supervision
from breathingroom.people.models import Member


def visible(listing_id: UUID, asker: object) -> Listing:
    """A listing that the asker may see: `request.user`, or None for any stranger. Raises Http404."""
    found = _seen_by(asker).select_related("profession", "place").filter(pk=listing_id).first()
    if found is None:
        raise Http404
    return found


def several(ids: Sequence[UUID], asker: object) -> list[Listing]:
    """Those of the listings that the asker may see, in the order of `ids`."""
    rows = _seen_by(asker).select_related("profession", "place").filter(pk__in=ids)
    found = {listing.pk: listing for listing in rows}
    return [found[id] for id in dict.fromkeys(ids) if id in found]


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

    It is for those who can be found: with a listing in any state, or a wish for supervision. Whoever has
    neither any more still sees the list.
    """
    if not any(rows.objects.filter(member=member).exists() for rows in (Listing, SupervisionWish, Hiding)):
        raise Http404
    return member


def supervisor(member: Member) -> Listing:
    """The member's listing as that of a verified supervisor. Raises Http404."""
    found = supervision.supervisor(member)
    if found is None:
        raise Http404
    return found


def photo(listing_id: UUID, asker: object) -> str:
    """The name of a photograph that the asker may see: of a visible listing, or their own. Raises Http404."""
    found = _seen_by(asker).filter(pk=listing_id)
    if isinstance(asker, Member):
        found = found | Listing.objects.filter(pk=listing_id, member=asker)
    name = found.exclude(photo="").values_list("photo", flat=True).first()
    if name is None:
        raise Http404
    return str(name)


def call(call_id: UUID, member: Member) -> Call:
    """A call that the member booked, or that was booked with them, with both at hand. Raises Http404."""
    parties = ("listing__call_terms", "listing__member", "member")
    found = Call.objects.of(member).select_related(*parties).filter(pk=call_id).first()
    if found is None:
        raise Http404
    return found


def call_offer(offer_id: UUID, member: Member) -> CallOffer:
    """A time that the member offers for calls. Raises Http404."""
    found = CallOffer.objects.filter(pk=offer_id, listing__member=member).first()
    if found is None:
        raise Http404
    return found


def enquiry_got(enquiry_id: UUID, member: Member) -> Enquiry:
    """An enquiry that reached the member, from somebody they may meet. Raises Http404."""
    found = enquiries.arrived(member).filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    return found


def enquiry_sent(enquiry_id: UUID, member: Member) -> Enquiry:
    """An enquiry that the member wrote. Raises Http404."""
    mine = Enquiry.objects.filter(member=member).exclude(listing__in=hidden_from(member))
    found = mine.filter(pk=enquiry_id).first()
    if found is None:
        raise Http404
    return found


def enquiry_by_link(token: str) -> Enquiry | None:
    """What a mailed link opens: one to confirm, or one that was answered."""
    rows = Enquiry.objects.select_related("listing__profession", "listing__member")
    return rows.filter(token=enquiries.hashed(token)).first() if token else None
