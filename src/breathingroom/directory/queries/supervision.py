"""Who seeks supervision, for a verified supervisor to look through, and who offered it.

Never public, never in the index, and never by name. Whoever keeps away from each other, blocked the other,
or is therapist and client to each other, is not there for the other.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breathingroom.core import clock
from breathingroom.core.facts import said
from breathingroom.directory.choices import HOURS_UP_TO, Hours, Role, Stage
from breathingroom.directory.models import (
    EnquiryBlock,
    EnquiryPair,
    Listing,
    SupervisionOffer,
    SupervisionWish,
)
from breathingroom.directory.queries import hiding, words
from breathingroom.directory.queries.enquiries import Sender, pairs
from breathingroom.licensure.choices import Format, LicenceStatus
from breathingroom.licensure.models import Licence
from breathingroom.people.models import Member

PAGE = 20
Label = str | Promise
Facet = Callable[[SupervisionWish], frozenset[str]]


# -- who may look, and at whom -------------------------------------------------------------------
def supervisor(member: Member) -> Listing | None:
    """The member's listing, if it shows them as a supervisor and staff have checked a licence of theirs."""
    found = Listing.objects.visible().filter(member=member, supervisor=True).first()
    return found if found and has_checked_licence(member) else None


def is_verified(listing: Listing) -> bool:
    """The same of one's own listing, without asking the database of whoever does not supervise."""
    return listing.supervisor and supervisor(listing.member) is not None


def has_checked_licence(member: Member) -> bool:
    """Whether staff found one of their licences active, and it has not run out since."""
    checked = Licence.objects.filter(member=member, status=LicenceStatus.ACTIVE, checked_on__isnull=False)
    return checked.exclude(expires_on__lt=clock.now().date()).exists()


def wishes(listing: Listing) -> list[SupervisionWish]:
    """All open wishes that this supervisor may see, in the order of the day; six queries."""
    own, today = listing.member, clock.now().date()
    if EnquiryBlock.objects.filter(member=None, whom=own).exists():
        return []
    apart = hiding.apart_from(own) | _who_blocked(own)
    found = SupervisionWish.objects.open().exclude(member=own).select_related("member", "place", "profession")
    near = [wish for wish in found if wish.member_id not in apart]
    kept_off = _blocked_by(own, near) | _clients_of(own, near)
    return sorted((wish for wish in near if wish.pk not in kept_off), key=lambda wish: _dealt(today, wish.pk))


def _who_blocked(member: Member) -> frozenset[UUID]:
    """Members who blocked this one."""
    rows = EnquiryBlock.objects.filter(whom=member, member__isnull=False)
    return frozenset(rows.values_list("member", flat=True))


def _sender(wish: SupervisionWish) -> Sender:
    return Sender(wish.member, wish.member.email)


def _blocked_by(own: Member, found: list[SupervisionWish]) -> set[UUID]:
    """Wishes of those whom the supervisor, or the house, blocked."""
    rows = EnquiryBlock.objects.filter(Q(member=own) | Q(member=None)).values_list("mark", "whom")
    known = {key for row in rows for key in row if key}
    if not known:
        return set()
    return {
        wish.pk
        for wish in found
        if wish.member_id in known or not known.isdisjoint(_sender(wish).address_marks())
    }


def _clients_of(own: Member, found: list[SupervisionWish]) -> set[UUID]:
    """Wishes of those whose therapist the supervisor is, or who are theirs: the roles exclude each other."""
    by_mark = {mark: wish.pk for wish in found for mark in pairs(own, _sender(wish))}
    agreed = EnquiryPair.objects.filter(role=Role.THERAPIST, mark__in=by_mark)
    return {by_mark[mark] for mark in agreed.values_list("mark", flat=True)}


def _dealt(on: dt.date, number: UUID) -> bytes:
    """Another order each day, that nobody chose."""
    return hashlib.blake2b(f"{on}:{number}".encode(), digest_size=8).digest()


# -- looking through them ------------------------------------------------------------------------
def hours(wish: SupervisionWish) -> Hours:
    """The step into which the hours left fall."""
    if wish.hours_left is None:
        return Hours.UNCOUNTED
    return next((step for step, most in HOURS_UP_TO.items() if wish.hours_left <= most), Hours.MANY)


FACETS: dict[str, Facet] = {
    "stage": lambda wish: frozenset({wish.stage}),
    "hours": lambda wish: frozenset({hours(wish).value}),
    "format": lambda wish: frozenset(format for format in Format.values if getattr(wish, format)),
    "where": lambda wish: frozenset({wish.place_id}),
    "profession": lambda wish: frozenset({wish.profession_id}),
}
Chosen = Mapping[str, frozenset[str]]


def narrowed(found: Iterable[SupervisionWish], chosen: Chosen, but: str = "") -> list[SupervisionWish]:
    """Those that fit what is chosen: any choice within a facet, all facets `but` one together."""
    asked = {name: codes for name, codes in chosen.items() if codes and name != but}
    return [wish for wish in found if all(FACETS[name](wish) & codes for name, codes in asked.items())]


@dataclass(frozen=True)
class Choice:
    """One choice of a facet, with how many wishes there are with it under the other filters."""

    id: str
    value: str
    label: Label
    count: int
    checked: bool


@dataclass(frozen=True)
class Choices:
    """The choices of one facet; short ones, and those with something chosen, stand open."""

    name: str
    legend: Label
    choices: list[Choice]

    @property
    def is_open(self) -> bool:
        return self.name == "stage" or any(choice.checked for choice in self.choices)


@dataclass(frozen=True)
class Seeker:
    """One wish in words; `written` once this supervisor has offered."""

    id: UUID
    title: str
    place: str
    hours: str
    formats: str
    said_on: dt.date
    written: bool


@dataclass(frozen=True)
class SupervisionPage:
    """All that a supervisor reads."""

    heading: str
    facets: list[Choices]
    seekers: list[Seeker]
    number: int
    pages: int
    total: int


def page(listing: Listing, chosen: Chosen, number: int) -> SupervisionPage:
    """The page `number` of those who seek supervision, with exact counts; seven queries."""
    found = wishes(listing)
    fit = narrowed(found, chosen)
    written = frozenset(SupervisionOffer.objects.filter(listing=listing).values_list("wish", flat=True))
    pages = max(1, -(-len(fit) // PAGE))
    number = min(max(1, number), pages)
    shown = fit[(number - 1) * PAGE : number * PAGE]
    return SupervisionPage(
        heading=_heading(len(fit)),
        facets=[_facet(name, found, chosen) for name in FACETS],
        seekers=[_seeker(wish, wish.pk in written) for wish in shown],
        number=number,
        pages=pages,
        total=len(fit),
    )


def _heading(count: int) -> str:
    if not count:
        return _("Nobody is looking for exactly this")
    found = ngettext("%(n)s colleague seeks supervision", "%(n)s colleagues seek supervision", count)
    return found % {"n": words.many(count)}


def _facet(name: str, found: list[SupervisionWish], chosen: Chosen) -> Choices:
    legend, labels = _labels(name, found)
    others = narrowed(found, chosen, but=name)
    held = [FACETS[name](wish) for wish in others]
    picked = chosen.get(name, frozenset())
    return Choices(
        name,
        legend,
        [
            Choice(f"{name}-{code}", code, label, sum(code in codes for codes in held), code in picked)
            for code, label in labels
        ],
    )


def _labels(name: str, found: list[SupervisionWish]) -> tuple[Label, list[tuple[str, Label]]]:
    """The legend of a facet and its choices: places and professions only where somebody is."""
    if name == "where":
        places = {wish.place_id: str(said(wish.place.name)) for wish in found}
        return _("Where they are"), sorted(places.items(), key=lambda pair: pair[1])
    if name == "profession":
        professions = {wish.profession_id: str(said(wish.profession.name)) for wish in found}
        return _("Profession"), sorted(professions.items(), key=lambda pair: pair[1])
    legend, choices = {
        "stage": (_("Where they stand"), Stage.choices),
        "hours": (_("Supervised hours left"), Hours.choices),
        "format": (_("How you’d meet"), Format.choices),
    }[name]
    return legend, [(str(code), label) for code, label in choices]


def _seeker(wish: SupervisionWish, written: bool) -> Seeker:
    return Seeker(
        id=wish.pk,
        title=f"{said(wish.profession.name)} · {Stage(wish.stage).label}",
        place=str(said(wish.place.name)),
        hours=hours_left(wish),
        formats=words.listed([Format(format).label for format in Format if getattr(wish, format.value)]),
        said_on=wish.renewed_on,
        written=written,
    )


def hours_left(wish: SupervisionWish) -> str:
    """The hours left in words."""
    if wish.hours_left is None:
        return _("Hours are not counted")
    left = ngettext("%(n)s supervised hour left", "%(n)s supervised hours left", wish.hours_left)
    return left % {"n": words.many(wish.hours_left)}


# -- for whoever seeks ---------------------------------------------------------------------------
def own_wish(member: Member) -> SupervisionWish | None:
    """The member's own wish, shown or not."""
    return SupervisionWish.objects.select_related("profession", "place").filter(member=member).first()


def offers(member: Member) -> "QuerySet[SupervisionOffer]":
    """Offers to the member, by supervisors whom they can still see, newest first; three queries."""
    seen = Listing.objects.visible().filter(supervisor=True).exclude(pk__in=hiding.hidden_from(member))
    rows = SupervisionOffer.objects.filter(wish__member=member, declined=False, listing__in=seen)
    return rows.select_related("listing__profession")


def export(member: Member) -> dict[str, Any]:
    """The member's own wish with every offer to it, and when they offered themselves."""
    wish = own_wish(member)
    made = SupervisionOffer.objects.filter(listing__member=member).values_list("made_on", flat=True)
    received = SupervisionOffer.objects.filter(wish__member=member)
    return {
        "wish": wish and {field.name: getattr(wish, field.attname) for field in wish._meta.concrete_fields},
        "offers_to_you": list(received.values("id", "listing", "made_on", "declined")),
        "offers_by_you_on": list(made),
    }
