"""What other rooms and pages read: the facts in the shape of the question, licences held, and choices."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from breathingroom.core.facts import Certainty, Fact, said
from breathingroom.core.text import plain
from breathingroom.licensure import eligibility as e
from breathingroom.licensure.choices import GIVES_A_RIGHT, CompactModel, Format
from breathingroom.licensure.models import (
    Authority,
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Licence,
    Mobility,
    Profession,
    Registration,
)
from breathingroom.people.models import Member

Grouped = list[tuple[str, list[tuple[str, str]]]]


def facts() -> e.Facts:
    """All facts that eligibility needs, in a constant number of queries (8)."""
    return e.Facts(
        limit_days=settings.FACTS_LIMIT_DAYS,
        places={j.code: e.Place(j.code, j.name, j.country, _basis(j)) for j in Jurisdiction.objects.all()},
        professions=dict(Profession.objects.values_list("slug", "name")),
        compacts=_compacts(),
        reaches={r.country: e.Reach(r.name, r.scope, _basis(r)) for r in Registration.objects.all()},
        mobilities=_mobilities(),
    )


def _basis(fact: Fact) -> e.Basis:
    return e.Basis(fact.as_of, Certainty(fact.certainty))


def _compacts() -> dict[str, tuple[e.CompactFacts, ...]]:
    """The compacts that cover each profession, by the profession's slug."""
    compacts = {
        compact.slug: e.CompactFacts(
            compact.slug,
            compact.name,
            compact.country,
            compact.model,
            {m.jurisdiction_id: _membership(m) for m in compact.members.all()},
            tuple(_privilege(p) for p in compact.privileges.all()),
            _basis(compact),
        )
        for compact in Compact.objects.prefetch_related("members", "privileges")
    }
    covered = Compact.professions.through.objects.order_by("compact_id")
    found: dict[str, list[e.CompactFacts]] = defaultdict(list)
    for profession, compact in covered.values_list("profession_id", "compact_id"):
        found[profession].append(compacts[compact])
    return {profession: tuple(covering) for profession, covering in found.items()}


def _membership(member: CompactMember) -> e.Membership:
    return e.Membership(member.status, member.note, _basis(member))


def _privilege(privilege: CompactPrivilege) -> e.Privilege:
    ways = {Format.ONLINE: privilege.covers_online, Format.IN_PERSON: privilege.covers_in_person}
    formats = frozenset(way.value for way, covered in ways.items() if covered)
    return e.Privilege(privilege.kind, privilege.name, formats, privilege.limit, _basis(privilege))


def _mobilities() -> dict[tuple[str, str], tuple[e.Understanding, ...]]:
    found: dict[tuple[str, str], tuple[e.Understanding, ...]] = {}
    for row in Mobility.objects.prefetch_related("professions"):
        professions = frozenset(profession.slug for profession in row.professions.all())
        understanding = e.Understanding(row.name, row.note, professions, _basis(row))
        pair = (row.home, row.away)
        found[pair] = (*found.get(pair, ()), understanding)
    return found


def held_by(member_ids: Collection[UUID]) -> dict[UUID, tuple[e.LicenceHeld, ...]]:
    """The licences of each of these members, with their authorities, in two queries; () for who has none."""
    found: dict[UUID, tuple[e.LicenceHeld, ...]] = dict.fromkeys(member_ids, ())
    for row in _with_authorities(Licence.objects.filter(member__in=member_ids)):
        found[row.member_id] = (*found[row.member_id], _held(row))
    return found


def held_by_all() -> dict[UUID, tuple[e.LicenceHeld, ...]]:
    """The licences of everybody who has any, in two queries: what an index over all listings is made from."""
    found: dict[UUID, list[e.LicenceHeld]] = defaultdict(list)
    for row in _with_authorities(Licence.objects.all()):
        found[row.member_id].append(_held(row))
    return {member: tuple(rows) for member, rows in found.items()}


def _with_authorities(licences: QuerySet[Licence]) -> Iterable[Licence]:
    return licences.defer("number").prefetch_related("authorities__privilege").order_by("member", "pk")


def _held(row: Licence) -> e.LicenceHeld:
    authorities = tuple(_authority(authority) for authority in row.authorities.all())
    return e.LicenceHeld(
        row.profession_id,
        row.jurisdiction_id,
        row.status,
        row.expires_on,
        row.checked_on,
        row.created_on,
        authorities,
    )


def _authority(row: Authority) -> e.AuthorityHeld:
    return e.AuthorityHeld(
        row.privilege.compact_id, row.privilege.kind, row.jurisdiction_id, row.expires_on, row.checked_on
    )


def licences_of(member: Member) -> QuerySet[Licence]:
    """The member's own licences, with all that a page says about them."""
    return (
        Licence.objects.filter(member=member)
        .select_related("profession", "jurisdiction")
        .prefetch_related(
            "authorities__privilege__compact",
            "authorities__jurisdiction",
            "verifications__evidence__views",
        )
    )


def mark(licence: Licence) -> str:
    """A mark of what an operator checks, number and end: another one as soon as either differs."""
    return salted_hmac("licensure.mark", f"{licence.expires_on}\n{licence.number}").hexdigest()


def jurisdiction_choices() -> Grouped:
    """(country, [(code, name)]) with the home country first, then by name."""
    home = settings.HOME_COUNTRY
    rows = sorted(Jurisdiction.objects.all(), key=lambda j: (j.country != home, j.country_name, j.name))
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.country_name, []).append((row.code, row.name))
    return list(found.items())


def spoken(groups: Iterable[tuple[str, list[tuple[str, str]]]]) -> Grouped:
    """Choices of jurisdictions in the reader's language, in its order inside each country."""
    return [(said(country), _spoken(found)) for country, found in groups]


def profession_choices() -> list[tuple[str, str]]:
    """(slug, name in the reader's language) by name."""
    return _spoken(Profession.objects.values_list("slug", "name"))


def _spoken(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(((code, said(name)) for code, name in names), key=lambda choice: _order(choice[1]))


@lru_cache(maxsize=1024)
def _order(name: str) -> str:
    """What a name is sorted by: Á stands where A does."""
    return plain(name)


@dataclass(frozen=True)
class Offer:
    """One thing a member could hold under a compact: everywhere, or in one remote state."""

    privilege: CompactPrivilege
    jurisdiction: str | None
    label: str


def offered(licence: Licence) -> dict[str, Offer]:
    """What the holder of `licence` could list, by a key for the form: where their own state is a member."""
    home = licence.jurisdiction_id
    rows = CompactPrivilege.objects.filter(
        compact__model__in=GIVES_A_RIGHT,
        compact__professions=licence.profession_id,
        compact__members__jurisdiction=home,
    ).select_related("compact")
    offers = [
        offer
        for row in rows.prefetch_related("compact__members__jurisdiction")
        for offer in _offers(row, home)
    ]
    return {f"{o.privilege.pk}:{o.jurisdiction or ''}": o for o in offers}


def _offers(row: CompactPrivilege, home: str) -> list[Offer]:
    if row.compact.model != CompactModel.PRIVILEGE:
        return [Offer(row, None, str(row))]
    others = [m.jurisdiction for m in row.compact.members.all() if m.jurisdiction_id != home]
    return [Offer(row, place.code, f"{row}: {said(place.name)}") for place in sorted(others, key=str)]


def professions_explained() -> QuerySet[Profession]:
    """Every profession with its letters, codes, compacts and titles abroad."""
    return Profession.objects.prefetch_related("compacts", "titles")


@dataclass(frozen=True)
class Standing:
    """How far a compact that covers a licence's profession is of use where the licence is."""

    compact: Compact
    member: CompactMember | None

    @property
    def is_usable(self) -> bool:
        """Whether there is something to hold under it here, now or once it operates."""
        return self.member is not None and self.compact.model in GIVES_A_RIGHT


def standings(licences: Iterable[Licence]) -> dict[UUID, list[Standing]]:
    """The compacts that cover each licence's profession, with the licence's place in them; three queries."""
    listed = list(licences)
    compacts = Compact.objects.filter(
        professions__in={licence.profession_id for licence in listed}
    ).distinct()
    known = list(compacts.prefetch_related("members", "professions"))
    return {licence.pk: [_standing(c, licence) for c in known if _covers(c, licence)] for licence in listed}


def _covers(compact: Compact, licence: Licence) -> bool:
    here = compact.country == licence.jurisdiction.country
    return here and any(profession.slug == licence.profession_id for profession in compact.professions.all())


def _standing(compact: Compact, licence: Licence) -> Standing:
    here = (member for member in compact.members.all() if member.jurisdiction_id == licence.jurisdiction_id)
    return Standing(compact, next(here, None))
