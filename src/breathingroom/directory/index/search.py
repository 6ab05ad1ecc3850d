"""A search over a snapshot: narrow sets of bits, count each choice under the other filters, take one page."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import and_, or_

from breathingroom.directory.choices import Facet
from breathingroom.directory.index.criteria import PAGE, Criteria, Hit, Results
from breathingroom.directory.index.snapshot import Bits, Snapshot, positions
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer

LOOSENED = (
    "words",
    "concerns",
    "where",
    "formats",
    "answers",
    "roles",
    "languages",
    "ceiling",
    "accepting",
    "sliding",
)
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
        Facet.ROLES: _any(snapshot, Facet.ROLES, criteria.roles),
        Facet.CONCERNS: _any(snapshot, Facet.CONCERNS, criteria.concerns),
        Facet.LANGUAGES: _any(snapshot, Facet.LANGUAGES, criteria.languages),
        Facet.SLIDING: _any(snapshot, Facet.SLIDING, {"yes"} if criteria.sliding else ()),
        Facet.ACCEPTING: _any(snapshot, Facet.ACCEPTING, {"yes"} if criteria.accepting else ()),
        _MEETING: _meeting(snapshot, criteria),
        "ceiling": _affordable(snapshot, criteria),
        "words": reduce(and_, map(snapshot.beginning, criteria.words), snapshot.everyone),
    }


def _any(snapshot: Snapshot, facet: Facet, chosen: frozenset[str] | set[str] | tuple[()]) -> Bits:
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
        if getattr(criteria, name) != getattr(empty, name):
            without = replace(criteria, **{name: getattr(empty, name)})
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
