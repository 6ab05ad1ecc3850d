"""The tables of Find care."""

from breathingroom.directory.models.codes import (
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.directory.models.hiding import Hiding
from breathingroom.directory.models.listing import Listing

__all__ = [
    "Hiding",
    "Listing",
    "ListingApproach",
    "ListingConcern",
    "ListingHours",
    "ListingIdentity",
    "ListingLanguage",
]
