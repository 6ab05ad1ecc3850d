"""What this room answers for about a member."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.directory import access, photos
from breathingroom.directory.actions import listings
from breathingroom.directory.models import Listing, ListingConcern, ListingLanguage
from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register


class DirectorySteward:
    """The member's listing."""

    room = "directory"
    tables: tuple[type[models.Model], ...] = (Listing, ListingConcern, ListingLanguage)

    def holds(self, member: Member) -> list[Holding]:
        if access.own_or_none(member) is None:
            return []
        return [
            Holding(
                _("Your listing in Find care, with its photograph if you gave one"),
                _("so that colleagues find you; while it is published anybody can read it"),
                _("until you delete it"),
            )
        ]

    def export(self, member: Member) -> dict[str, Any]:
        listing = access.own_or_none(member)
        return {"listing": listing and listing.facts()}

    def files(self, member: Member) -> dict[str, bytes]:
        """The photograph under the name that the export gives it."""
        listing = access.own_or_none(member)
        picture = photos.read(listing.photo) if listing and listing.photo else None
        return {listing.photo: picture} if listing and picture else {}

    def erase(self, *, member: Member) -> list[Kept]:
        listings.erase(member=member)
        return []

    def suspend(self, *, member: Member) -> None:
        listings.suspend(member=member)


register(DirectorySteward())
