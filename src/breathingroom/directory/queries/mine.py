"""One's own listing, for the hub and the editor."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from breathingroom.core import clock
from breathingroom.directory import rules
from breathingroom.directory.choices import State
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import cards, words
from breathingroom.directory.queries.hours import usual_zone
from breathingroom.licensure import queries as licensure
from breathingroom.people.models import Member

Label = str | Promise


@dataclass(frozen=True)
class Mine:
    """Where one's listing stands; `missing` is empty when it can be published. `lapsed` when it is published
    and yet out of sight, its openings too long unconfirmed."""

    listing: Listing
    title: str
    line: str
    photo: str
    state: Label
    missing: list[rules.Missing]
    openings: str
    confirmed: str
    fresh: bool
    lapsed: bool
    licences: int

    @property
    def is_draft(self) -> bool:
        return self.listing.state == State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.listing.state == State.PUBLISHED

    @property
    def is_paused(self) -> bool:
        return self.listing.state == State.PAUSED


def facts(listing: Listing | None, member: Member) -> dict[str, Any]:
    """The listing's facts for the editor's forms, those of an empty draft when there is none, and the zone
    in which hours are most likely meant."""
    if listing:
        return {**listing.facts(), "usual_zone": usual_zone(listing, member)}
    blank = Listing(member=member, name=member.name)
    fields = {field.name: getattr(blank, field.attname) for field in Listing._meta.concrete_fields}
    nothing: dict[str, Any] = {kind: [] for kind in ("concerns", "languages", "approaches", "identities")}
    return {**fields, **nothing, "hours": [], "usual_zone": usual_zone(blank, member)}


def lapsed(listing: Listing) -> bool:
    """Published, and yet nobody sees it: its openings were not confirmed for too long."""
    shown = rules.is_shown(listing.openings_confirmed_on, clock.now().date())
    return listing.state == State.PUBLISHED and not shown


def mine(listing: Listing) -> Mine:
    """The owner's view of their listing."""
    today = clock.today()
    return Mine(
        listing=listing,
        title=words.title(listing),
        line=cards.line(listing, words.profession(listing), today),
        photo=cards.photo(listing),
        state=State(listing.state).label,
        missing=rules.missing(listing.facts()),
        openings=words.openings(listing),
        confirmed=words.confirmed(listing, today) if listing.openings_confirmed_on else "",
        fresh=rules.is_fresh(listing.openings_confirmed_on, today),
        lapsed=lapsed(listing),
        licences=len(licensure.held_by([listing.member_id])[listing.member_id]),
    )
