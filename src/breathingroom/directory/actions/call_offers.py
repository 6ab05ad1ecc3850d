"""Every write about the times that a clinician offers for introductory calls."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, models, transaction

from breathingroom.audit import actions as audit
from breathingroom.directory.actions.listings import NoListing
from breathingroom.directory.models import CallOffer, CallSkip, CallTerms, Listing
from breathingroom.people.models import Member

MOST_OFFERS = 30


class NoTerms(Exception):
    """How a call happens has not been said yet."""


class NoOffer(Exception):
    """The offer is not there, or not the member's."""


class OfferedAlready(Exception):
    """The same time is offered already."""


class TooManyOffers(Exception):
    """The listing offers as many times as it may."""


# -- offering ------------------------------------------------------------------------------------
def set_terms(*, by: Member, **terms: Any) -> None:
    """Say how one's calls happen: `by`, `reach`, `notice_hours`, `horizon_days` of CallTerms as `terms`.

    The way is passed as `way`, for `by` is who does it. Raises NoListing.
    """
    with transaction.atomic():
        listing = _own(by)
        terms["by"] = terms.pop("way")
        CallTerms.objects.update_or_create(listing=listing, defaults=terms)
        audit.record(by=by, did="directory.call.terms_set", on=by)


def offer(*, by: Member, **fields: Any) -> CallOffer:
    """Offer a time: the fields of CallOffer. Raises NoListing, NoTerms, TooManyOffers, OfferedAlready."""
    try:
        with transaction.atomic():
            listing = _own(by)
            if not CallTerms.objects.filter(listing=listing).exists():
                raise NoTerms
            if CallOffer.objects.filter(listing=listing).count() >= MOST_OFFERS:
                raise TooManyOffers
            made = CallOffer.objects.create(listing=listing, **fields)
            audit.record(by=by, did="directory.call.offered", on=by)
    except IntegrityError as twice:
        raise OfferedAlready from twice
    return made


def pause(*, by: Member, offer: CallOffer, paused: bool) -> None:
    """Offer a time no more for a while, or again; what is booked stays booked. Raises NoOffer."""
    with transaction.atomic():
        if not _offers(by).filter(pk=offer.pk).update(paused=paused):
            raise NoOffer
        audit.record(by=by, did=f"directory.call.offer_{'paused' if paused else 'resumed'}", on=by)


def withdraw(*, by: Member, offer: CallOffer) -> None:
    """Take an offer back for good; what is booked stays booked. Raises NoOffer."""
    with transaction.atomic():
        if not _offers(by).filter(pk=offer.pk).delete()[0]:
            raise NoOffer
        audit.record(by=by, did="directory.call.offer_withdrawn", on=by)


def skip(*, by: Member, offer: CallOffer, on: dt.date, skipped: bool) -> None:
    """Leave one day of an offer out, or take it in again. Raises NoOffer when it has no such day."""
    with transaction.atomic():
        row = _offers(by).select_for_update().filter(pk=offer.pk).first()
        if row is None or on not in set(row.days(on, on)):
            raise NoOffer
        if skipped:
            CallSkip.objects.get_or_create(offer=row, on=on)
        else:
            CallSkip.objects.filter(offer=row, on=on).delete()
        audit.record(by=by, did="directory.call.day_changed", on=by)


def _own(member: Member) -> Listing:
    listing = Listing.objects.select_for_update().filter(member=member).first()
    if listing is None:
        raise NoListing
    return listing


def _offers(member: Member) -> models.QuerySet[CallOffer]:
    return CallOffer.objects.filter(listing__member=member)
