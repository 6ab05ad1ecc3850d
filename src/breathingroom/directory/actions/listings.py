"""Every write about listings. One that strangers can see moves the position "directory", so that the
index looks again; drafts are in no index, and saving one costs nobody a new one.

The log names the member, not the listing: a line stays for good, and the id of a listing was in public
addresses, so that beside the actor it would tell whose an old bookmark was.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.directory import photos, rules
from breathingroom.directory.actions import calls
from breathingroom.directory.choices import State
from breathingroom.directory.models import (
    Listing,
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.people.models import Member
from breathingroom.safety import queries as safety
from breathingroom.safety.choices import Scope

Stretch = tuple[int, dt.time, dt.time]
"""A stretch of a week: the weekday (0 is Monday), from, until; wall time of the listing's zone."""


class NoListing(Exception):
    """The member has no listing."""


class Incomplete(Exception):
    """The listing lacks something that a published or paused one must have; `missing` says what."""

    def __init__(self, missing: list[rules.Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class WrongState(Exception):
    """A draft cannot be paused or resumed, nor its openings confirmed."""


class Withheld(Exception):
    """A moderator keeps the listing out of sight."""


class NotTyped(Exception):
    """Deleting needs the listing's name typed back."""


def start(*, by: Member) -> Listing:
    """The member's draft: a new one that borrows their name, or the listing they have."""
    with transaction.atomic():
        listing, new = Listing.objects.get_or_create(member=by, defaults={"name": by.name})
        if new:
            audit.record(by=by, did="directory.listing.started", on=by)
    return listing


def change(
    *,
    by: Member,
    fields: dict[str, Any],
    concerns: Collection[str] | None = None,
    languages: Collection[str] | None = None,
    approaches: Collection[str] | None = None,
    identities: Collection[str] | None = None,
    hours: Collection[Stretch] | None = None,
) -> Listing:
    """Save part of the member's listing at once; `fields` are model fields, None leaves a collection alone.

    What the hours say of evenings and weekends is kept in step with them. Raises NoListing, and Incomplete
    when a listing beyond draft would lose what it must have.
    """
    with _changing(by, "changed") as listing:
        for name, value in fields.items():
            setattr(listing, name, value)
        _replace(listing, ListingConcern, concerns)
        _replace(listing, ListingLanguage, languages)
        _replace(listing, ListingApproach, approaches)
        _replace(listing, ListingIdentity, identities)
        _replace_hours(listing, hours)
        if listing.state != State.DRAFT:
            _demand_complete(listing)
    return listing


def publish(*, by: Member) -> Listing:
    """Let the listing be found, for the first time or again. Raises NoListing, Incomplete and Withheld."""
    with _changing(by, "published") as listing:
        if safety.holds_back(by, Scope.LISTING):
            raise Withheld
        _demand_complete(listing)
        listing.state = State.PUBLISHED
        listing.published_at = listing.published_at or clock.now()
    return listing


def pause(*, by: Member) -> Listing:
    """Take a published listing out of sight, keeping all of it. Raises NoListing and WrongState."""
    with _changing(by, "paused") as listing:
        if listing.state != State.PUBLISHED:
            raise WrongState
        listing.state = State.PAUSED
    return listing


def confirm_openings(*, by: Member) -> Listing:
    """Say that the openings are still as listed. Raises NoListing and WrongState."""
    with _changing(by, "openings_confirmed") as listing:
        if listing.state == State.DRAFT:
            raise WrongState
        listing.openings_confirmed_on = clock.today()
    return listing


def set_photo(*, by: Member, picture: bytes) -> Listing:
    """Replace the photograph by what `photos.clean` made of an upload. Raises NoListing."""
    with _changing(by, "photo_set") as listing:
        old, listing.photo = listing.photo, photos.store(listing.pk, picture)
        if old != listing.photo:
            transaction.on_commit(lambda: photos.remove(old))
    return listing


def remove_photo(*, by: Member) -> Listing:
    """Go back to the ring picture; the file is deleted. Raises NoListing."""
    with _changing(by, "photo_removed") as listing:
        old, listing.photo = listing.photo, ""
        transaction.on_commit(lambda: photos.remove(old))
    return listing


def delete(*, by: Member, typed: str) -> None:
    """Delete the listing, its codes and its photograph. Raises NoListing and NotTyped."""
    with transaction.atomic():
        listing = _own(by)
        if typed.strip() != phrase(listing):
            raise NotTyped
        audit.record(by=by, did="directory.listing.deleted", on=by)
        _erase(listing)


def phrase(listing: Listing) -> str:
    """What is typed back before a listing is deleted: its name, or its id while it has none."""
    return listing.name.strip() or str(listing.pk)


def erase(*, member: Member) -> None:
    """Delete whatever listing the member has; part of erasing an account, in the caller's transaction."""
    for listing in Listing.objects.select_for_update().filter(member=member):
        _erase(listing)


def suspend(*, member: Member) -> None:
    """Take the member's listing out of sight. They resume it themselves when they are back."""
    with transaction.atomic():
        published = Listing.objects.filter(member=member, state=State.PUBLISHED)
        if published.update(state=State.PAUSED, changed_at=clock.now()):
            audit.record(by=None, did="directory.listing.suspended", on=member)
            audit.advance("directory", *Listing.objects.filter(member=member).values_list("pk", flat=True))


# -- together ------------------------------------------------------------------------------------
@contextmanager
def _changing(by: Member, verb: str) -> Iterator[Listing]:
    """One transaction around a change of the member's listing: locked, saved, told to log and index."""
    with transaction.atomic():
        listing = _own(by)
        before = listing.state
        yield listing
        listing.changed_at = clock.now()
        listing.save()
        audit.record(by=by, did=f"directory.listing.{verb}", on=by)
        if State.PUBLISHED in (before, listing.state):
            audit.advance("directory", listing.pk)


def _own(member: Member) -> Listing:
    listing = Listing.objects.select_for_update().filter(member=member).first()
    if listing is None:
        raise NoListing
    return listing


def _replace(listing: Listing, model: type[models.Model], codes: Collection[str] | None) -> None:
    """Make `codes` the codes of the listing, touching only the rows that differ; None leaves all alone."""
    if codes is None:
        return
    rows = model._default_manager.filter(listing=listing)
    rows.exclude(code__in=codes).delete()
    known = set(rows.values_list("code", flat=True))
    for code in codes:
        if code not in known:
            model._default_manager.create(listing=listing, code=code)


def _replace_hours(listing: Listing, hours: Collection[Stretch] | None) -> None:
    """Make `hours` the hours of the listing, and say on it whether they reach beyond the working day."""
    if hours is None:
        return
    known = {(row.weekday, row.begins, row.ends): row.pk for row in listing.hours.all()}
    gone = [pk for stretch, pk in known.items() if stretch not in hours]
    ListingHours.objects.filter(pk__in=gone).delete()
    fresh = [stretch for stretch in hours if stretch not in known]
    ListingHours.objects.bulk_create(
        ListingHours(listing=listing, weekday=day, begins=begins, ends=ends) for day, begins, ends in fresh
    )
    listing.evenings, listing.weekends = rules.in_evenings(hours), rules.on_weekends(hours)


def _demand_complete(listing: Listing) -> None:
    if lacking := rules.missing(listing.facts()):
        raise Incomplete(lacking)


def _erase(listing: Listing) -> None:
    photo, number = listing.photo, listing.pk
    calls.close(listing=listing)
    listing.delete()
    if listing.state == State.PUBLISHED:
        audit.advance("directory", number)
    transaction.on_commit(lambda: photos.remove(photo))
