"""The question, step by step: the routes each licence opens, the doubts about them, the best of all."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from breathingroom.core.facts import DOUBT, Certainty
from breathingroom.licensure.choices import (
    CompactModel,
    LicenceStatus,
    MembershipStatus,
    PrivilegeKind,
    Scope,
)
from breathingroom.licensure.eligibility import sentences as say
from breathingroom.licensure.eligibility.sentences import Rule
from breathingroom.licensure.eligibility.types import (
    RANK,
    Answer,
    AuthorityHeld,
    Basis,
    Case,
    CompactFacts,
    Facts,
    LicenceHeld,
    Place,
    Privilege,
    Reach,
    Understanding,
    Verdict,
)

EXPIRING_DAYS = 30
_COUNTS = frozenset({LicenceStatus.CLAIMED.value, LicenceStatus.ACTIVE.value})


def may_see(licences: Iterable[LicenceHeld], place: str, on: dt.date, format: str, facts: Facts) -> Verdict:
    """Whether the holder of `licences` may see someone sitting in `place` (ISO 3166-2) on the day `on`.

    `format` is a `choices.Format`. It never raises for what members or operators typed.
    """
    there = facts.places.get(place)
    if there is None:
        return Verdict(Answer.ASK, say.UNKNOWN_PLACE, on, Certainty.UNVERIFIED)
    held = [licence for licence in licences if licence.jurisdiction in facts.places]
    usable = [licence for licence in held if is_usable(licence, on)]
    case = Case(there, on, format, facts)
    found = [verdict for licence in usable for verdict in _routes(licence, case)]
    if found:
        return max(found, key=_worth)
    if usable:
        return _elsewhere(usable, case)
    return Verdict(Answer.NO, (say.NOT_USABLE if held else say.NO_LICENCE)(), on, Certainty.VERIFIED)


def is_usable(licence: LicenceHeld, on: dt.date) -> bool:
    """Whether the licence may count at all on the day: claimed or found active, and not run out."""
    return licence.status in _COUNTS and not _is_over(licence.expires_on, on)


def _is_over(until: dt.date | None, on: dt.date) -> bool:
    return until is not None and until < on


def _is_ending(until: dt.date | None, on: dt.date) -> bool:
    return until is not None and (until - on).days < EXPIRING_DAYS


def _worth(verdict: Verdict) -> tuple[int, int, int]:
    """The best answer; among equals the surest, then the one that rests on the latest day."""
    return RANK[verdict.answer], -DOUBT[verdict.certainty], verdict.as_of.toordinal()


def _routes(licence: LicenceHeld, case: Case) -> Iterator[Verdict]:
    home, there = case.facts.places[licence.jurisdiction], case.there
    if home.code == there.code:
        yield _direct(licence, case)
        return
    reach = case.facts.reaches.get(there.country)
    if home.country == there.country and reach is not None and reach.scope == Scope.COUNTRY:
        yield _across(licence, home, reach, case)
        return
    for understanding in case.facts.mobilities.get((home.country, there.country), ()):
        if not understanding.professions or licence.profession in understanding.professions:
            yield _eased(home, understanding, case)
    if home.country == there.country:
        for compact in case.compacts(licence):
            yield from _by_compact(licence, home, compact, case)


def _direct(licence: LicenceHeld, case: Case) -> Verdict:
    rule = say.DIRECT(place=case.there.name, profession=case.profession(licence))
    return _judge(rule, _checks(case, licence), [_licence_doubt(licence, case)])


def _across(licence: LicenceHeld, home: Place, reach: Reach, case: Case) -> Verdict:
    rule = say.ACROSS(home=home.name, profession=case.profession(licence), country=reach.name)
    doubts = [_licence_doubt(licence, case), case.doubt(reach.basis)]
    return _judge(rule, _checks(case, licence), doubts, reach.basis)


def _eased(home: Place, understanding: Understanding, case: Case) -> Verdict:
    rule = say.MOBILITY(home=home.name, place=case.there.name, understanding=understanding.name)
    return _ask(rule, understanding.basis)


def _by_compact(licence: LicenceHeld, home: Place, compact: CompactFacts, case: Case) -> Iterator[Verdict]:
    words = {"home": home.name, "place": case.there.name, "compact": compact.name}
    if compact.model == CompactModel.UNLISTED:
        yield _ask(say.UNLISTED(**words), compact.basis)
    ends = compact.ends(home, case.there)
    if ends is None:
        return
    basis = compact.basis.weakest(*(end.basis for end in ends))
    if any(end.status == MembershipStatus.ENACTED for end in ends):
        yield _ask(say.NOT_OPERATING(**words), basis)
    elif partial := [end.note for end in ends if end.status == MembershipStatus.PARTIAL]:
        yield _ask(say.PARTIAL(**words, note="; ".join(partial)), basis)
    else:
        for privilege in compact.privileges:
            if case.format in privilege.formats:
                bridge = Bridge(home, compact, privilege, basis.weakest(privilege.basis))
                yield from _across_bridge(licence, bridge, case)


@dataclass(frozen=True, slots=True)
class Bridge:
    """One privilege of a compact that operates at both ends and covers the way of meeting."""

    home: Place
    compact: CompactFacts
    privilege: Privilege
    basis: Basis

    def limits(self) -> list[Rule]:
        temporary = self.privilege.kind == PrivilegeKind.TEMPORARY_IN_PERSON
        return [say.TEMPORARY(limit=self.privilege.limit)] if temporary else []

    def is_held_by(self, authority: AuthorityHeld, case: Case) -> bool:
        """Whether the authority is this privilege, holds at the place, and has not run out."""
        each_state = self.compact.model == CompactModel.PRIVILEGE
        return (
            authority.compact == self.compact.slug
            and authority.privilege == self.privilege.kind
            and authority.jurisdiction in ((case.there.code,) if each_state else (None, case.there.code))
            and not _is_over(authority.expires_on, case.on)
        )


def _across_bridge(licence: LicenceHeld, bridge: Bridge, case: Case) -> Iterator[Verdict]:
    words = {
        "home": bridge.home.name,
        "place": case.there.name,
        "compact": bridge.compact.name,
        "privilege": bridge.privilege.name,
    }
    held = [authority for authority in licence.authorities if bridge.is_held_by(authority, case)]
    for authority in held:
        rule = say.HOLDS(**words)
        if bridge.privilege.kind == PrivilegeKind.TELEHEALTH:
            rule = rule.also(say.AT_HOME(home=bridge.home.name))
        doubts = [_licence_doubt(licence, case), _authority_doubt(authority, case), case.doubt(bridge.basis)]
        yield _judge(rule, _checks(case, licence, authority), [*doubts, *bridge.limits()], bridge.basis)
    if not held:
        rule = say.NOT_HELD(**words)
        for limit in bridge.limits():
            rule = rule.but(limit)
        yield _ask(rule, bridge.basis)


# -- doubts, and what they make of an answer -----------------------------------------------------
def _checks(case: Case, licence: LicenceHeld, *authorities: AuthorityHeld) -> Basis:
    """What the checks are worth as facts; a claim that nobody checked is worth nothing."""
    days = [licence.checked_on, *(authority.checked_on for authority in authorities)]
    if any(day is None for day in days):
        return Basis(licence.claimed_on or case.on, Certainty.UNVERIFIED)
    return Basis(min(day for day in days if day), Certainty.VERIFIED)


def _licence_doubt(licence: LicenceHeld, case: Case) -> Rule | None:
    if licence.checked_on is None:
        return say.LICENCE_UNCHECKED()
    if case.is_stale(licence.checked_on):
        return say.LICENCE_CHECK_OLD(checked=licence.checked_on)
    if _is_ending(licence.expires_on, case.on):
        return say.LICENCE_ENDING(until=licence.expires_on)
    return None


def _authority_doubt(authority: AuthorityHeld, case: Case) -> Rule | None:
    if authority.checked_on is None:
        return say.AUTHORITY_UNCHECKED()
    if case.is_stale(authority.checked_on):
        return say.AUTHORITY_CHECK_OLD(checked=authority.checked_on)
    if _is_ending(authority.expires_on, case.on):
        return say.AUTHORITY_ENDING(until=authority.expires_on)
    return None


def _judge(rule: Rule, checks: Basis, doubts: Iterable[Rule | None], *facts: Basis) -> Verdict:
    """Yes, or ask when anything is in doubt; a yes says when it was checked, and if a source is weak."""
    basis = checks.weakest(*facts)
    found = [doubt for doubt in doubts if doubt is not None]
    for doubt in found:
        rule = rule.but(doubt)
    if found:
        return _ask(rule, basis)
    rule = rule.also(say.CHECKED(checked=checks.as_of))
    if basis.certainty is Certainty.MEDIUM:
        rule = rule.also(say.LESS_CERTAIN())
    return Verdict(Answer.YES, rule, basis.as_of, basis.certainty)


def _ask(rule: Rule, basis: Basis) -> Verdict:
    return Verdict(Answer.ASK, rule, basis.as_of, basis.certainty)


# -- no ------------------------------------------------------------------------------------------
def _elsewhere(usable: list[LicenceHeld], case: Case) -> Verdict:
    """No licence leads there: say where they are licensed, and why that is not enough."""
    places = case.facts.places
    homes = dict.fromkeys(places[licence.jurisdiction].name for licence in usable)
    only = say.ONLY(homes=tuple(homes))
    nearest = sorted(usable, key=lambda held: places[held.jurisdiction].country != case.there.country)
    return max((_no(only, licence, case) for licence in nearest), key=lambda verdict: RANK[verdict.answer])


def _no(only: Rule, licence: LicenceHeld, case: Case) -> Verdict:
    home = case.facts.places[licence.jurisdiction]
    reach = case.facts.reaches.get(case.there.country)
    basis = reach.basis if reach else case.there.basis
    if home.country != case.there.country:
        return _firm(only.but(say.ABROAD(place=case.there.name)), basis, case)
    compacts = case.compacts(licence)
    basis = basis.weakest(*(compact.basis for compact in compacts))
    return _firm(only.but(_why_not(home, licence, compacts, case)), basis, case)


def _why_not(home: Place, licence: LicenceHeld, compacts: Iterable[CompactFacts], case: Case) -> Rule:
    words = {"home": home.name, "place": case.there.name}
    for compact in compacts:
        if compact.model == CompactModel.EXPEDITED:
            return say.EXPEDITED(**words, compact=compact.name)
        if compact.ends(home, case.there):
            return say.NOT_THIS_WAY(compact=compact.name)
        if compact.model != CompactModel.NONE:
            return say.NOT_JOINED(**words, compact=compact.name)
    return say.NO_COMPACT(**words, profession=case.profession(licence))


def _firm(rule: Rule, basis: Basis, case: Case) -> Verdict:
    """A no, unless the facts under it are too old or too unsure to turn anybody away."""
    doubt = case.doubt(basis)
    return _ask(rule.but(doubt), basis) if doubt else Verdict(Answer.NO, rule, basis.as_of, basis.certainty)
