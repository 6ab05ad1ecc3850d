"""What this room answers for about a member."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from breathingroom.directory import access, photos
from breathingroom.directory.actions import answers, calls, hiding, listings, supervision
from breathingroom.directory.models import (
    Call,
    CallOffer,
    CallSkip,
    CallTerms,
    Enquiry,
    EnquiryBlock,
    EnquiryPair,
    Hiding,
    Listing,
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
    Reminder,
    ResponseMonth,
    SupervisionOffer,
    SupervisionWish,
)
from breathingroom.directory.queries import call_pages, enquiries
from breathingroom.directory.queries import hiding as hidings
from breathingroom.directory.queries import supervision as wishes
from breathingroom.people.models import Member
from breathingroom.people.stewards import Holding, Kept, register
from breathingroom.safety import reportables
from breathingroom.safety.choices import Scope
from breathingroom.safety.reportables import Reading


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
        Enquiry,
        EnquiryPair,
        EnquiryBlock,
        ResponseMonth,
        Reminder,
        SupervisionWish,
        SupervisionOffer,
    )

    def holds(self, member: Member) -> list[Holding]:
        return [
            *_listing(member),
            *_away(member),
            *_calls(member),
            *_enquiries(member),
            *_supervision(member),
        ]

    def export(self, member: Member) -> dict[str, Any]:
        listing = access.own_or_none(member)
        away = [vars(entry) for entry in hidings.own(member)]
        return {
            "listing": listing and listing.facts(),
            "kept_away_from": away,
            "calls": call_pages.export(member),
            **enquiries.export(member),
            "supervision": wishes.export(member),
        }

    def files(self, member: Member) -> dict[str, bytes]:
        """The photograph under the name that the export gives it."""
        listing = access.own_or_none(member)
        picture = photos.read(listing.photo) if listing and listing.photo else None
        return {listing.photo: picture} if listing and picture else {}

    def erase(self, *, member: Member) -> list[Kept]:
        calls.leave(member=member, for_good=True)
        answers.erase(member=member)
        listings.erase(member=member)
        hiding.erase(member=member)
        supervision.erase(member=member)
        return []

    def suspend(self, *, member: Member) -> None:
        listings.suspend(member=member)
        supervision.suspend(member=member)
        answers.suspend(member=member)
        calls.leave(member=member, for_good=False)


def _listing(member: Member) -> Iterator[Holding]:
    if access.own_or_none(member) is not None:
        yield Holding(
            _("Your listing in Find care, with its photograph if you gave one"),
            _("so that colleagues find you; while it is published anybody can read it"),
            _("until you delete it"),
        )


def _supervision(member: Member) -> Iterator[Holding]:
    if wishes.own_wish(member):
        yield Holding(
            _("That you seek supervision: where, as what, for how many hours, how you meet; who offered"),
            _("so that verified supervisors can offer; they do not read your name"),
            _("until you take it back, or 60 days after you last said that it holds"),
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


def _enquiries(member: Member) -> Iterator[Holding]:
    if Enquiry.objects.filter(member=member).exists():
        yield Holding(
            _("What you wrote to clinicians, with their answers, sealed"),
            _("so that they can answer, and you both can read it"),
            _("30 days after the last word; you can take it back at any time"),
        )
    if enquiries.arrived(member).exists():
        yield Holding(
            _("What colleagues wrote to you, sealed"),
            _("so that you can answer"),
            _("30 days after the last word"),
        )
    if EnquiryBlock.objects.filter(member=member).exists():
        yield Holding(
            _("Whom you hear no more from, as a mark that names nobody"),
            _("so that nothing of theirs arrives"),
            _("until you let them write again"),
        )


class ReportedEnquiry:
    """An enquiry that a clinician put before the moderators."""

    kind, name, scope = "directory.enquiry", _("Enquiry"), ""
    hides = _("Let nothing of this sender arrive at anybody")

    def read(self, object_id: str) -> Reading | None:
        row = Enquiry.objects.select_related("member").filter(pk=object_id).first()
        if row is None:
            return None
        said = (
            (_("Who they are"), row.name),
            (_("How to reach them"), row.reach),
            (_("When it suits"), row.times),
        )
        return Reading(tuple((str(what), words) for what, words in said), row.member)

    def take_out_of_sight(self, *, by: Member, object_id: str) -> None:
        row = Enquiry.objects.select_related("member").filter(pk=object_id).first()
        if row is not None:
            answers.block_everywhere(by=by, enquiry=row)


class ReportedListing:
    """A listing that somebody put before the moderators."""

    kind, name, scope = "directory.listing", _("Listing"), Scope.LISTING.value
    hides = _("Take the listing out of sight until a moderator lifts this")

    def read(self, object_id: str) -> Reading | None:
        row = Listing.objects.select_related("member").filter(pk=object_id).first()
        if row is None:
            return None
        fields = ("name", "credentials", "headline", "about", "contact")
        said = ((str(row._meta.get_field(name).verbose_name), getattr(row, name)) for name in fields)  # type: ignore[union-attr]
        return Reading(tuple(said), row.member)

    def take_out_of_sight(self, *, by: Member, object_id: str) -> None:
        row = Listing.objects.select_related("member").filter(pk=object_id).first()
        if row is not None:
            listings.suspend(member=row.member)


register(DirectorySteward())
reportables.register(ReportedEnquiry())
reportables.register(ReportedListing())
