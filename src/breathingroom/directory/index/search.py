"""A search over a snapshot: narrow sets of bits, count each choice under the other filters, take one page."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import reduce
from operator import and_, or_

from breathingroom.directory.choices import RADII, YEARS, Facet
from breathingroom.directory.index.criteria import PAGE, Criteria, Hit, Results
from breathingroom.directory.index.distance import kilometres, located
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.index.snapshot import Bits, Snapshot, positions
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer

LOOSENED = (
    "words",
    "concerns",
    "where",
    "within",
    "formats",
    "answers",
    "roles",
    "approaches",
    "languages",
    "times",
    "years",
    "identities",
    "ceiling",
    "accepting",
    "sliding",
    "pro_bono",
    "unconfirmed",
)
"""What can be left out of a search; `unconfirmed` is let in instead."""
SETS = (*(Facet.ROLES, Facet.CONCERNS, Facet.APPROACHES, Facet.LANGUAGES, Facet.TIMES, Facet.IDENTITIES),)
SWITCHES = (Facet.SLIDING, Facet.PRO_BONO, Facet.ACCEPTING)
BEST_FIRST = (Answer.YES, Answer.ASK, Answer.NO)
_MEETING = "meeting"
"""Formats and answers are one filter, for the answer depends on how one would meet."""


def search(snapshot: Snapshot, criteria: Criteria) -> Results:
    """All of the answer: the total, one page, the counts, and, when nothing is found, what would help."""
    filters = _filters(snapshot, criteria)
    found = reduce(and_, filters.values())
    total = found.bit_count()
    pages = max(1, -(-total // PAGE))
    number = min(criteria.page, pages)
    return Results(
        total=total,
        number=number,
        pages=pages,
        hits=tuple(_hits(snapshot, criteria, found, (number - 1) * PAGE)),
        counts=_counts(snapshot, criteria, filters),
        looser={} if total else _looser(snapshot, criteria),
    )


# -- filters -------------------------------------------------------------------------------------
def _filters(snapshot: Snapshot, criteria: Criteria) -> dict[str, Bits]:
    """The entries that pass each filter, everyone where nothing is asked."""
    return {
        **{facet: _any(snapshot, facet, getattr(criteria, facet)) for facet in SETS},
        **{facet: _any(snapshot, facet, ["yes"] * getattr(criteria, facet)) for facet in SWITCHES},
        Facet.UNCONFIRMED: snapshot.everyone if criteria.unconfirmed else snapshot.fresh,
        Facet.YEARS: _experienced(snapshot, criteria.years),
        Facet.WITHIN: _near(snapshot, criteria, criteria.within),
        _MEETING: _meeting(snapshot, criteria),
        "ceiling": _affordable(snapshot, criteria),
        "words": reduce(and_, map(snapshot.beginning, criteria.words), snapshot.everyone),
        "without": _known(snapshot, criteria),
    }


def _known(snapshot: Snapshot, criteria: Criteria) -> Bits:
    hidden = (1 << n for n, entry in enumerate(snapshot.entries) if entry.id in criteria.without)
    return snapshot.everyone & ~sum(hidden) if criteria.without else snapshot.everyone


def _experienced(snapshot: Snapshot, years: int) -> Bits:
    return _those(snapshot, lambda entry: entry.years(snapshot.on) >= years) if years else snapshot.everyone


def _near(snapshot: Snapshot, criteria: Criteria, radius: int) -> Bits:
    here = located(criteria.near) if radius else None
    if here is None:
        return snapshot.everyone
    return _those(snapshot, lambda entry: _is_within(here, radius, entry))


def _is_within(here: tuple[float, float], radius: int, entry: Entry) -> bool:
    there = located(entry.spot) if Format.IN_PERSON in entry.formats else None
    return there is not None and kilometres(here, there) <= radius


def _those(snapshot: Snapshot, fits: Callable[[Entry], bool]) -> Bits:
    return sum(1 << n for n, entry in enumerate(snapshot.entries) if fits(entry))


def _any(snapshot: Snapshot, facet: Facet, chosen: Collection[str]) -> Bits:
    if not chosen:
        return snapshot.everyone
    return reduce(or_, (snapshot.facets[facet].get(choice, 0) for choice in chosen))


def _affordable(snapshot: Snapshot, criteria: Criteria) -> Bits:
    if criteria.ceiling is None:
        return snapshot.everyone
    fees = snapshot.fees.get(criteria.currency)
    return fees.within(criteria.ceiling) if fees else 0


def _meeting(snapshot: Snapshot, criteria: Criteria) -> Bits:
    if not criteria.where:
        return _any(snapshot, Facet.FORMATS, criteria.formats)
    answered = _answered(snapshot, criteria)
    return reduce(or_, (answered[answer] for answer in criteria.wanted))


def _answered(snapshot: Snapshot, criteria: Criteria) -> dict[str, Bits]:
    """Who says yes, who says ask first, who says no: the best over the formats asked for."""
    each = [snapshot.answers(criteria.where, format) for format in _formats(criteria)]
    yes, ask, no = (reduce(or_, (bits[answer] for bits in each)) for answer in BEST_FIRST)
    return {Answer.YES: yes, Answer.ASK: ask & ~yes, Answer.NO: no & ~ask & ~yes}


def _formats(criteria: Criteria) -> list[str]:
    return [format for format in Format.values if format in criteria.formats or not criteria.formats]


# -- counts --------------------------------------------------------------------------------------
def _counts(snapshot: Snapshot, criteria: Criteria, filters: dict[str, Bits]) -> dict[Facet, dict[str, int]]:
    counts: dict[Facet, dict[str, int]] = {}
    for facet, choices in snapshot.facets.items():
        if facet is not Facet.FORMATS:
            others = _others(filters, facet)
            counts[facet] = {choice: (others & bits).bit_count() for choice, bits in choices.items()}
    others = _others(filters, Facet.UNCONFIRMED)
    counts[Facet.UNCONFIRMED] = {"yes": others.bit_count()}
    others = _others(filters, Facet.YEARS)
    counts[Facet.YEARS] = {
        str(years): (others & _experienced(snapshot, years)).bit_count() for years in YEARS
    }
    others, radii = _others(filters, Facet.WITHIN), RADII if located(criteria.near) else ()
    counts[Facet.WITHIN] = {
        str(radius): (others & _near(snapshot, criteria, radius)).bit_count() for radius in radii
    }
    return counts | _meeting_counts(snapshot, criteria, _others(filters, _MEETING))


def _others(filters: dict[str, Bits], left_out: str) -> Bits:
    return reduce(and_, (bits for name, bits in filters.items() if name != left_out))


def _meeting_counts(snapshot: Snapshot, criteria: Criteria, others: Bits) -> dict[Facet, dict[str, int]]:
    formats = {
        format: (others & _meeting(snapshot, replace(criteria, formats=frozenset({format})))).bit_count()
        for format in Format.values
    }
    answered = _answered(snapshot, criteria) if criteria.where else {}
    answers = {answer: (others & bits).bit_count() for answer, bits in answered.items()}
    return {Facet.FORMATS: formats, Facet.ANSWERS: answers}


def _looser(snapshot: Snapshot, criteria: Criteria) -> dict[str, int]:
    """How many there would be without each filter that is set, where that helps."""
    empty = Criteria()
    found = {}
    for name in LOOSENED:
        looser = True if name == "unconfirmed" else getattr(empty, name)
        if getattr(criteria, name) != looser:
            without = replace(criteria, **{name: looser})
            found[name] = reduce(and_, _filters(snapshot, without).values()).bit_count()
    return {name: count for name, count in found.items() if count}


# -- one page, in order --------------------------------------------------------------------------
def _hits(snapshot: Snapshot, criteria: Criteria, found: Bits, skip: int) -> Iterator[Hit]:
    wanted = PAGE
    for group in _ranked(snapshot, criteria, found):
        size = group.bit_count()
        for n in positions(group)[skip : skip + wanted] if skip < size else ():
            yield _hit(snapshot, criteria, n)
            wanted -= 1
        skip = max(0, skip - size)
        if not wanted:
            return


def _ranked(snapshot: Snapshot, criteria: Criteria, found: Bits) -> Iterator[Bits]:
    """Yes before ask before no; then who meets more of the concerns; then the order of the day."""
    answered = _answered(snapshot, criteria).values() if criteria.where else (snapshot.everyone,)
    met = _met(snapshot, criteria)
    for answer in answered:
        for level in reversed(met):
            if group := found & answer & level:
                yield group


def _met(snapshot: Snapshot, criteria: Criteria) -> list[Bits]:
    """At n: the entries that meet exactly n of the concerns asked for."""
    exactly = [snapshot.everyone]
    for code in criteria.concerns:
        has = snapshot.facets[Facet.CONCERNS].get(code, 0)
        kept, raised = [level & ~has for level in exactly], [level & has for level in exactly]
        exactly = [a | b for a, b in zip([*kept, 0], [0, *raised], strict=True)]
    return exactly


def _hit(snapshot: Snapshot, criteria: Criteria, n: int) -> Hit:
    entry = snapshot.entries[n]
    question = snapshot.question(criteria.where)
    verdict = entry.verdict(question, _formats(criteria)) if criteria.where else None
    return Hit(entry.id, verdict, entry.concerns & criteria.concerns, entry.languages & criteria.languages)
