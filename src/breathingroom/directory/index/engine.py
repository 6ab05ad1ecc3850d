"""A search over a snapshot: narrow sets of rows, count each choice under the other filters, take one page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial

from pyroaring import BitMap

from breathingroom.directory.choices import RADII, YEARS, Facet
from breathingroom.directory.index import order
from breathingroom.directory.index.answers import Answered
from breathingroom.directory.index.bits import any_of, but_one, every
from breathingroom.directory.index.criteria import FOUND, LOOSENED, PAGE, Criteria, Hit, Results, looser
from breathingroom.directory.index.distance import located
from breathingroom.directory.index.entries import best
from breathingroom.directory.index.map import Circle
from breathingroom.directory.index.marks import counted
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer, Verdict

CHOSEN = (*(Facet.ROLES, Facet.CONCERNS, Facet.APPROACHES, Facet.LANGUAGES, Facet.TIMES, Facet.IDENTITIES),)
SWITCHES = (Facet.SLIDING, Facet.PRO_BONO, Facet.ACCEPTING)
FORMATS, ANSWERS = tuple(Format.values), tuple(Answer)
NOTHING: frozenset[str] = frozenset()
MEETING = "meeting"
"""Formats and answers are one filter, for the answer depends on how one would meet."""


def search(snapshot: Snapshot, criteria: Criteria) -> Results:
    """All of the answer: the total, one page, the counts, and, when nothing is found, what would help."""
    with snapshot.lock:
        found = Search(snapshot, criteria)
        total = len(found.rows)
        pages = max(1, -(-total // PAGE))
        number = min(criteria.page, pages)
        return Results(
            total=total,
            number=number,
            pages=pages,
            hits=tuple(found.hits((number - 1) * PAGE)),
            counts=found.counts(),
            looser={} if total else _looser(snapshot, criteria),
        )


def _looser(snapshot: Snapshot, criteria: Criteria) -> dict[str, int]:
    """How many there would be without each filter that is set, where that helps."""
    changed = ((name, looser(criteria, name)) for name in LOOSENED)
    found = {name: len(Search(snapshot, other).rows) for name, other in changed if other != criteria}
    return {name: count for name, count in found.items() if count}


@dataclass
class Search:
    """One search under way. `filters` has a set for each filter that asks something."""

    snapshot: Snapshot
    criteria: Criteria

    # -- filters -----------------------------------------------------------------------------------
    @cached_property
    def filters(self) -> dict[str, BitMap]:
        found: dict[str, BitMap] = {}
        criteria, snapshot = self.criteria, self.snapshot
        for facet in CHOSEN:
            if chosen := getattr(criteria, facet):
                found[facet] = any_of([snapshot.sets[facet][choice] for choice in chosen])
        for facet in SWITCHES:
            if getattr(criteria, facet):
                found[facet] = snapshot.sets[facet]["yes"]
        if criteria.years:
            found[Facet.YEARS] = snapshot.experience(criteria.years)
        if self.circle and criteria.within:
            found[Facet.WITHIN] = self.circle.rows(criteria.within)
        if criteria.where or criteria.formats:
            found[MEETING] = self.meeting
        if criteria.ceiling is not None:
            found["ceiling"] = snapshot.fees.within(criteria.currency, criteria.ceiling)
        for word in criteria.words:
            found[f"words {word}"] = snapshot.words.beginning(word)
        return found

    @cached_property
    def circle(self) -> Circle | None:
        here = located(self.criteria.near)
        return self.snapshot.map.around(here, max(self.criteria.within, *RADII)) if here else None

    def ground(self, left_out: str) -> BitMap:
        """Who can be found at all: those whose openings are confirmed, unless it says otherwise."""
        shown = self.snapshot.fresh if self.fresh(left_out) else self.snapshot.everyone
        return shown - self.hidden if self.hidden else shown

    def fresh(self, left_out: str) -> bool:
        fresh = not self.criteria.unconfirmed and left_out != Facet.UNCONFIRMED
        return fresh or (self.criteria.accepting and left_out != Facet.ACCEPTING)

    @cached_property
    def hidden(self) -> BitMap:
        known = (self.snapshot.row(listing) for listing in self.criteria.without)
        return BitMap(row for row in known if row is not None)

    @cached_property
    def rows(self) -> BitMap:
        """Those found."""
        return self._narrowed[0]

    def others(self, left_out: str) -> BitMap:
        """Those found by all filters but one."""
        if self.fresh(left_out) != self.fresh(""):
            rest = (rows for name, rows in self.filters.items() if name != left_out)
            return every([self.ground(left_out), *rest])
        return self._narrowed[1][left_out] if left_out in self.filters else self.rows

    @cached_property
    def _narrowed(self) -> tuple[BitMap, dict[str, BitMap]]:
        return but_one({"": self.ground(""), **self.filters})

    # -- may they see me ---------------------------------------------------------------------------
    @cached_property
    def meeting(self) -> BitMap:
        """Those who meet in one of the formats, in any when none is named, with a wanted answer there."""
        formats, wanted = self.criteria.formats, self.criteria.wanted
        if not self.criteria.where:
            return any_of([self.snapshot.sets[Facet.FORMATS][format] for format in formats])
        answered = self.answered(formats)
        if Answer.NO not in wanted:
            return answered.either if wanted >= FOUND else answered.of(*wanted)
        offered = any_of([self.snapshot.sets[Facet.FORMATS][format] for format in self.asked(formats)])
        return offered - answered.of(*(FOUND - wanted))

    def answered(self, formats: frozenset[str]) -> Answered:
        """Who says yes, who says ask first: the best over the formats. The others who offer them say no."""
        return self.snapshot.answers(self.criteria.where, self.asked(formats))

    @staticmethod
    @cache
    def asked(formats: frozenset[str]) -> tuple[str, ...]:
        return tuple(format for format in FORMATS if format in formats or not formats)

    # -- counts ------------------------------------------------------------------------------------
    def counts(self) -> dict[Facet, dict[str, int]]:
        marks, facets = self.snapshot.marks, (*CHOSEN, Facet.SLIDING, Facet.PRO_BONO)
        found = marks.counts(self.rows, [facet for facet in facets if facet not in self.filters])
        for facet in facets:
            if facet in self.filters:
                found |= marks.counts(self.others(facet), [facet])
        found |= marks.counts(self._accepting(), [Facet.ACCEPTING])
        found[Facet.UNCONFIRMED] = {"yes": len(self.others(Facet.UNCONFIRMED))}
        others = self.others(Facet.YEARS)
        found[Facet.YEARS] = {
            str(years): others.intersection_cardinality(self.snapshot.experience(years)) for years in YEARS
        }
        circle = self.circle
        found[Facet.WITHIN] = circle.counts(self.others(Facet.WITHIN), RADII) if circle else {}
        return found | self._meeting_counts()

    def _accepting(self) -> BitMap:
        """Who accepts new people only counts among those who said so lately."""
        others = self.others(Facet.ACCEPTING)
        return others & self.snapshot.fresh if self.criteria.unconfirmed else others

    def _meeting_counts(self) -> dict[Facet, dict[str, int]]:
        others, sets = self.others(MEETING), self.snapshot.sets[Facet.FORMATS]
        if not self.criteria.where:
            return {Facet.FORMATS: counted(others, sets), Facet.ANSWERS: {}}
        formats = {format: sum(self._answers(others, (format,), self.criteria.wanted)) for format in FORMATS}
        answers = zip(ANSWERS, self._answers(others, self.asked(self.criteria.formats), ANSWERS), strict=True)
        return {Facet.FORMATS: formats, Facet.ANSWERS: dict(answers)}

    def _answers(self, others: BitMap, formats: tuple[str, ...], wanted: Collection[str]) -> list[int]:
        """How many of `others` give each of the answers `wanted`."""
        answered = self.snapshot.answers(self.criteria.where, formats)

        def count(answer: str) -> int:
            if answer != Answer.NO:
                return others.intersection_cardinality(answered.of(answer))
            sets = self.snapshot.sets[Facet.FORMATS]
            return len(any_of([others & sets[format] for format in formats]) - answered.either)

        return [count(answer) for answer in wanted]

    # -- one page, in order ------------------------------------------------------------------------
    def hits(self, skip: int) -> Iterator[Hit]:
        """The page that begins behind the first `skip`."""
        end, begins = skip + PAGE, 0
        for group in self._ranked():
            ends = begins + len(group)
            if ends > skip:
                at = order.deal(self.snapshot.on, len(group), PAGE - begins if begins < PAGE else PAGE)
                places = [at(place - begins) for place in range(max(begins, skip), min(ends, end))]
                yield from map(self._hit, self.snapshot.cards(group, places))
            begins = ends
            if begins >= end:
                return

    def _ranked(self) -> Iterator[BitMap]:
        """Yes before ask before no; then who meets more of the concerns; equals stay together."""
        answered = [self.rows]
        if self.criteria.where:
            its = self.answered(self.criteria.formats)
            answered = [its.yes, its.ask]
            if Answer.NO in self.criteria.wanted:
                answered.append(self.rows - its.either)
        levels = self._levels()
        for answer in answered:
            for level in levels:
                if group := answer & level:
                    yield group

    def _levels(self) -> list[BitMap]:
        """Those found who meet most of the concerns asked for, then those who meet one less, and so on."""
        levels = [self.rows]
        if len(self.criteria.concerns) == 1:
            return levels
        for code in self.criteria.concerns:
            has = self.snapshot.sets[Facet.CONCERNS][code]
            kept, raised = [level - has for level in levels], [level & has for level in levels]
            levels = [a | b for a, b in zip([BitMap(), *kept], [*raised, BitMap()], strict=True)]
        return levels

    def _hit(self, row: int) -> Hit:
        concerns, languages = self._wished
        met = frozenset([code for code, rows in concerns if row in rows])
        spoken = frozenset([code for code, rows in languages if row in rows]) if languages else NOTHING
        return Hit(self.snapshot.listing(row), partial(self._verdict, row), met, spoken)

    @cached_property
    def _wished(self) -> list[list[tuple[str, BitMap]]]:
        """The concerns asked for and the rows that have them; the languages, and those who speak them."""
        sets, criteria = self.snapshot.sets, self.criteria
        wished = ((Facet.CONCERNS, criteria.concerns), (Facet.LANGUAGES, criteria.languages))
        return [[(code, sets[facet][code]) for code in codes] for facet, codes in wished]

    def _verdict(self, row: int) -> Verdict | None:
        """The answer of one of them, in words."""
        where, snapshot = self.criteria.where, self.snapshot
        if not where:
            return None
        with snapshot.lock:
            offers = snapshot.sets[Facet.FORMATS]
            offered = [format for format in self.asked(self.criteria.formats) if row in offers[format]]
            return best(snapshot.question(where), snapshot.licences(row), snapshot.office(row), offered)
