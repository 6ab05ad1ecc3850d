"""What this room answers for about a member."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.directory import access, photos
from breathingroom.directory.actions import calls, hiding, listings
from breathingroom.directory.models import (
    Call,
    CallOffer,
    CallSkip,
    CallTerms,
    Hiding,
    Listing,
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.directory.queries import call_pages
from breathingroom.directory.queries import hiding as hidings
from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register


class DirectorySteward:
    """The member's listing."""

    room = "directory"
    tables: tuple[type[models.Model], ...] = (
        Listing,
        Hiding,
        ListingConcern,
        ListingLanguage,
        ListingApproach,
        ListingIdentity,
        ListingHours,
        Call,
        CallOffer,
        CallSkip,
        CallTerms,
    )

    def holds(self, member: Member) -> list[Holding]:
        return [*_listing(member), *_away(member), *_calls(member)]

    def export(self, member: Member) -> dict[str, Any]:
        listing = access.own_or_none(member)
        away = [vars(entry) for entry in hidings.own(member)]
        return {
            "listing": listing and listing.facts(),
            "kept_away_from": away,
            "calls": call_pages.export(member),
        }

    def files(self, member: Member) -> dict[str, bytes]:
        """The photograph under the name that the export gives it."""
        listing = access.own_or_none(member)
        picture = photos.read(listing.photo) if listing and listing.photo else None
        return {listing.photo: picture} if listing and picture else {}

    def erase(self, *, member: Member) -> list[Kept]:
        calls.leave(member=member, for_good=True)
        listings.erase(member=member)
        hiding.erase(member=member)
        return []

    def suspend(self, *, member: Member) -> None:
        listings.suspend(member=member)
        calls.leave(member=member, for_good=False)


def _listing(member: Member) -> Iterator[Holding]:
    if access.own_or_none(member) is not None:
        yield Holding(
            _("Your listing in Find care, with its photograph if you gave one"),
            _("so that colleagues find you; while it is published anybody can read it"),
            _("until you delete it"),
        )


def _away(member: Member) -> Iterator[Holding]:
    if hidings.own(member):
        yield Holding(
            _("The people and practices you keep away from, sealed"),
            _("so that neither of you finds the other; only you can read the list"),
            _("until you take them off it"),
        )


def _calls(member: Member) -> Iterator[Holding]:
    if call_pages.has_any(member):
        yield Holding(
            _("Introductory calls you booked, or that were booked with you: when, and with whom"),
            _("so that both of you come; nobody else can see them"),
            _("until 30 days after their time"),
        )


register(DirectorySteward())
