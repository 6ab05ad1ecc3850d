"""The same search without any cleverness: one entry after the other. It says what `search.py` must answer."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from breathingroom.core import concerns
from breathingroom.directory.choices import RADII, YEARS, Approach, Facet, Identity, Language, Role, Time
from breathingroom.directory.index import order
from breathingroom.directory.index.criteria import PAGE, Criteria, Hit, Results
from breathingroom.directory.index.distance import kilometres, located
from breathingroom.directory.index.entries import Entry, Question
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import RANK, Answer, Facts, Verdict

CHOICES: dict[Facet, list[str]] = {
    Facet.ROLES: list(Role.values),
    Facet.FORMATS: list(Format.values),
    Facet.ANSWERS: [answer.value for answer in Answer],
    Facet.CONCERNS: [concern.code for concern in concerns.CONCERNS],
    Facet.APPROACHES: list(Approach.values),
    Facet.LANGUAGES: list(Language.values),
    Facet.TIMES: list(Time.values),
    Facet.IDENTITIES: list(Identity.values),
}
SETS = ("roles", "formats", "concerns", "approaches", "languages", "times", "identities")
SWITCHES = (Facet.SLIDING, Facet.PRO_BONO, Facet.ACCEPTING, Facet.UNCONFIRMED)


def answer(entries: Sequence[Entry], criteria: Criteria, on: dt.date, facts: Facts) -> Results:
    """What a search must give; the counts hold every choice, zeros too."""
    found = {entry.id: (entry, verdict) for entry, verdict in _found(entries, criteria, on, facts)}
    pages = max(1, -(-len(found) // PAGE))
    number = min(criteria.page, pages)
    page = order.page(_groups(found.values(), criteria), on, (number - 1) * PAGE, PAGE)
    hits = tuple(_hit(*found[listing], criteria) for listing in page)
    return Results(len(found), number, pages, hits, _counts(entries, criteria, on, facts))


def _groups(found: Iterable[tuple[Entry, Verdict | None]], criteria: Criteria) -> list[list[UUID]]:
    """Those who fit equally well, the best first: by the answer, then by how many concerns they meet."""
    groups: defaultdict[tuple[int, int], list[UUID]] = defaultdict(list)
    for entry, verdict in found:
        rank = RANK[verdict.answer] if verdict else 0
        groups[rank, len(entry.concerns & criteria.concerns)].append(entry.id)
    return [groups[fit] for fit in sorted(groups, reverse=True)]


def _hit(entry: Entry, verdict: Verdict | None, criteria: Criteria) -> Hit:
    return Hit(
        entry.id, lambda: verdict, entry.concerns & criteria.concerns, entry.languages & criteria.languages
    )


def _found(
    entries: Sequence[Entry], criteria: Criteria, on: dt.date, facts: Facts
) -> list[tuple[Entry, Verdict | None]]:
    pairs = ((entry, _verdict(entry, criteria, on, facts)) for entry in entries if _fits(entry, criteria, on))
    return [
        (entry, verdict)
        for entry, verdict in pairs
        if not criteria.where or (verdict and verdict.answer in criteria.wanted)
    ]


def _fits(entry: Entry, criteria: Criteria, on: dt.date) -> bool:
    """Whether all holds that is not about the licence."""
    return (
        entry.id not in criteria.without
        and entry.is_shown(on)
        and all(_any(getattr(entry, kind), getattr(criteria, kind)) for kind in SETS)
        and (entry.sliding or not criteria.sliding)
        and (entry.pro_bono or not criteria.pro_bono)
        and (entry.is_fresh(on) or not (criteria.accepting or not criteria.unconfirmed))
        and (entry.accepting or not criteria.accepting)
        and (entry.years(on) >= criteria.years)
        and _affordable(entry, criteria)
        and _near(entry, criteria)
        and all(any(token.startswith(word) for token in entry.tokens) for word in criteria.words)
    )


def _near(entry: Entry, criteria: Criteria) -> bool:
    here = located(criteria.near) if criteria.within else None
    if here is None:
        return True
    there = located(entry.spot) if Format.IN_PERSON in entry.formats else None
    return there is not None and kilometres(here, there) <= criteria.within


def _any(held: frozenset[str], asked: frozenset[str]) -> bool:
    return not asked or bool(held & asked)


def _affordable(entry: Entry, criteria: Criteria) -> bool:
    if criteria.ceiling is None:
        return True
    return (
        entry.currency == criteria.currency
        and entry.fee_least is not None
        and entry.fee_least <= criteria.ceiling
    )


def _verdict(entry: Entry, criteria: Criteria, on: dt.date, facts: Facts) -> Verdict | None:
    if not criteria.where:
        return None
    formats = [format for format in Format.values if format in criteria.formats or not criteria.formats]
    return entry.verdict(Question(criteria.where, on, facts), formats)


def _counts(
    entries: Sequence[Entry], criteria: Criteria, on: dt.date, facts: Facts
) -> dict[Facet, dict[str, int]]:
    """The definition of a count: how many there are when that choice alone is made in its facet."""

    def total(**change: object) -> int:
        return len(_found(entries, replace(criteria, **change), on, facts))  # type: ignore[arg-type]

    counts = {
        facet: {choice: total(**{facet: frozenset({choice})}) for choice in choices}
        for facet, choices in CHOICES.items()
    }
    if not criteria.where:
        counts[Facet.ANSWERS] = {}
    radii = RADII if located(criteria.near) else ()
    counts[Facet.WITHIN] = {str(radius): total(within=radius) for radius in radii}
    counts[Facet.YEARS] = {str(years): total(years=years) for years in YEARS}
    return counts | {facet: {"yes": total(**{facet: True})} for facet in SWITCHES}
