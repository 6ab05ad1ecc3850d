"""The tables of Find care."""

from breathingroom.directory.models.call import Call, CallOffer, CallSkip, CallTerms
from breathingroom.directory.models.codes import (
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.directory.models.enquiry import Enquiry, EnquiryBlock, EnquiryPair, ResponseMonth
from breathingroom.directory.models.hiding import Hiding
from breathingroom.directory.models.listing import Listing
from breathingroom.directory.models.reminder import Reminder
from breathingroom.directory.models.supervision import SupervisionOffer, SupervisionWish

__all__ = [
    "Call",
    "CallOffer",
    "CallSkip",
    "CallTerms",
    "Enquiry",
    "EnquiryBlock",
    "EnquiryPair",
    "Hiding",
    "Listing",
    "ListingApproach",
    "ListingConcern",
    "ListingHours",
    "ListingIdentity",
    "ListingLanguage",
    "Reminder",
    "ResponseMonth",
    "SupervisionOffer",
    "SupervisionWish",
]
