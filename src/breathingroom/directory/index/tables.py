"""The same search put to the database, which can answer alone: while the index of a large house is made.

It is right and not fast. Words are looked up in Python, for the database does not know them without accents.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial, reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from breathingroom.directory.choices import CONFIRMED_FOR_DAYS, RADII, YEARS, Facet, Role, Time
from breathingroom.directory.index import entries, order
from breathingroom.directory.index.claims import Claims
from breathingroom.directory.index.criteria import LOOSENED, PAGE, Criteria, Grouped, Hit, Results, looser
from breathingroom.directory.index.distance import kilometres, located
from breathingroom.directory.index.entries import CODES, Question
from breathingroom.directory.models import Listing
from breathingroom.directory.rules import visible
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer, Facts

FIELDS = {Facet.ROLES: list(Role.values), Facet.TIMES: list(Time.values)}
MEETING = "meeting"
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Tables:
    """What a search needs beside the tables: the day, the facts, the places to choose from."""

    on: dt.date
    facts: Facts
    places: Grouped

    def question(self, where: str) -> Question:
        """May they see me there, today?"""
        return Question(where, self.on, self.facts)

    @cached_property
    def entries(self) -> range:
        """As many as there are listings shown; nothing else of them is told."""
        return range(Listing.objects.filter(visible(self.on)).count())


def search(tables: Tables, criteria: Criteria) -> Results:
    """All of the answer, in some thirty queries."""
    found = Search(tables, criteria)
    total = found.rows().count()
    pages = max(1, -(-total // PAGE))
    number = min(criteria.page, pages)
    hits = tuple(found.hits((number - 1) * PAGE))
    loose = {} if total else _looser(tables, criteria)
    return Results(total, number, pages, hits, found.counts(), loose)


def _looser(tables: Tables, criteria: Criteria) -> dict[str, int]:
    changed = ((name, looser(criteria, name)) for name in LOOSENED)
    found = {name: Search(tables, other).rows().count() for name, other in changed if other != criteria}
    return {name: count for name, count in found.items() if count}


@dataclass
class Search:
    """One search under way."""

    tables: Tables
    criteria: Criteria
    _answered: dict[frozenset[str], dict[Answer, Q]] = field(default_factory=dict)

    # -- filters -----------------------------------------------------------------------------------
    @cached_property
    def filters(self) -> dict[str, Q]:
        asked = self.criteria
        found: dict[str, Q] = {
            facet: any_of(self.choice(facet, each) for each in getattr(asked, facet))
            for facet in (*FIELDS, *(Facet(kind) for kind in CODES))
            if getattr(asked, facet)
        }
        switches = (Facet.SLIDING, Facet.PRO_BONO, Facet.ACCEPTING)
        found |= {facet: self.choice(facet, "yes") for facet in switches if getattr(asked, facet)}
        if not asked.unconfirmed:
            found[Facet.UNCONFIRMED] = self.fresh
        if asked.years:
            found[Facet.YEARS] = self.choice(Facet.YEARS, str(asked.years))
        if asked.within and located(asked.near):
            found[Facet.WITHIN] = self.choice(Facet.WITHIN, str(asked.within))
        if asked.where or asked.formats:
            found[MEETING] = self.meeting(asked.formats)
        if asked.ceiling is not None:
            found["ceiling"] = Q(currency=asked.currency, fee_least__lte=min(asked.ceiling, 2**31 - 1))
        if asked.words:
            found["words"] = Q(pk__in=self.worded)
        return found

    @property
    def fresh(self) -> Q:
        return Q(openings_confirmed_on__gte=self.tables.on - dt.timedelta(CONFIRMED_FOR_DAYS))

    def choice(self, facet: Facet, value: str) -> Q:
        """Those whom one choice of a facet lets in."""
        if facet in CODES:
            rows = CODES[facet]._default_manager.filter(code=value)
            return Q(pk__in=rows.values("listing"))
        if facet == Facet.YEARS:
            return Q(treating_since__gt=0, treating_since__lte=self.tables.on.year - int(value))
        if facet == Facet.WITHIN:
            return Q(in_person=True, spot__in=[spot for spot, km in self.spots.items() if km <= int(value)])
        if facet == Facet.ACCEPTING:
            return Q(accepting=True) & self.fresh
        return {Facet.SLIDING: Q(sliding=True), Facet.PRO_BONO: Q(pro_bono__gt=0)}.get(
            facet, Q(**{value: True})
        )

    @cached_property
    def spots(self) -> dict[str, float]:
        """How far each spot with an office is."""
        here = located(self.criteria.near)
        codes = Listing.objects.filter(in_person=True).exclude(spot="").values_list("spot", flat=True)
        places = ((code, located(code)) for code in codes.distinct())
        return {code: kilometres(here, there) for code, there in places if here and there}

    @cached_property
    def worded(self) -> list[UUID]:
        """Those with a word that begins with each of the words asked for."""
        found = entries.worded()
        wanted = self.criteria.words
        return [
            listing
            for listing, tokens in found
            if all(any(token.startswith(word) for token in tokens) for word in wanted)
        ]

    def rows(self, left_out: str = "") -> QuerySet[Listing]:
        """Those found by all filters but one."""
        shown = Listing.objects.filter(visible(self.tables.on)).exclude(pk__in=self.criteria.without)
        rest = [its for name, its in self.filters.items() if name != left_out]
        return shown.filter(*rest)

    # -- may they see me ---------------------------------------------------------------------------
    def meeting(self, formats: frozenset[str]) -> Q:
        """Those who meet in one of `formats`, any of them when none is named, with a wanted answer there."""
        if not self.criteria.where:
            return any_of(Q(**{format: True}) for format in formats)
        return any_of(its for answer, its in self.answered(formats).items() if answer in self.criteria.wanted)

    def answered(self, formats: frozenset[str]) -> dict[Answer, Q]:
        """Who says yes, who says ask first, who says no: the best over the formats."""
        if formats not in self._answered:
            self._answered[formats] = self._answer(formats)
        return self._answered[formats]

    def _answer(self, formats: frozenset[str]) -> dict[Answer, Q]:
        where, yes, ask, offered = self.criteria.where, NOBODY, NOBODY, NOBODY
        for format in Format.values:
            if format in formats or not formats:
                offers, claims = Q(**{format: True}), Claims(self.tables.question(where), format)
                here = offers
                if format == Format.IN_PERSON:
                    here = offers & (Q(place=where) | ~Q(place__in=list(self.tables.facts.places)))
                offered |= offers
                yes |= here & claims.members(Answer.YES)
                ask |= here & claims.members(Answer.ASK)
        return {Answer.YES: yes, Answer.ASK: ask & ~yes, Answer.NO: offered & ~yes & ~ask}

    # -- counts ------------------------------------------------------------------------------------
    def counts(self) -> dict[Facet, dict[str, int]]:
        found = {Facet(kind): self._codes(Facet(kind)) for kind in CODES}
        for facet, values in self._choices().items():
            by_name = {value: self.choice(facet, value) for value in values}
            found[facet] = self._counted(facet, by_name)
        found[Facet.UNCONFIRMED] = {"yes": self.rows(Facet.UNCONFIRMED).count()}
        formats = {format: self.meeting(frozenset({format})) for format in Format.values}
        answers = self.answered(self.criteria.formats) if self.criteria.where else {}
        found[Facet.FORMATS] = self._counted(MEETING, formats)
        found[Facet.ANSWERS] = self._counted(MEETING, {str(name): its for name, its in answers.items()})
        return found

    def _choices(self) -> dict[Facet, list[str]]:
        switches = {facet: ["yes"] for facet in (Facet.SLIDING, Facet.PRO_BONO, Facet.ACCEPTING)}
        radii = RADII if located(self.criteria.near) else ()
        numbers = {Facet.YEARS: [str(n) for n in YEARS], Facet.WITHIN: [str(n) for n in radii]}
        return FIELDS | switches | numbers

    def _codes(self, facet: Facet) -> dict[str, int]:
        held = CODES[facet]._default_manager.filter(listing__in=self.rows(facet))
        return dict(held.values_list("code").annotate(Count("pk")).order_by())

    def _counted(self, left_out: str, choices: dict[str, Q]) -> dict[str, int]:
        names = {f"n{n}": Count("pk", filter=its) for n, its in enumerate(choices.values())}
        counts = self.rows(left_out).aggregate(**names) if names else {}
        return dict(zip(choices, counts.values(), strict=True))

    # -- one page, in order ------------------------------------------------------------------------
    def hits(self, skip: int) -> Iterator[Hit]:
        """The page that begins behind the first `skip`."""
        page = order.page(self._groups(), self.tables.on, skip, PAGE)
        found = {entry.id: entry for entry in entries.read(Q(pk__in=page))}
        formats = self.criteria.formats
        asked = [format for format in Format.values if format in formats or not formats]
        for listing in page:
            entry = found[listing]
            question = self.tables.question(self.criteria.where)
            verdict = partial(entry.verdict, question, asked) if self.criteria.where else None
            met, spoken = entry.concerns & self.criteria.concerns, entry.languages & self.criteria.languages
            yield Hit(listing, verdict, met, spoken)

    def _groups(self) -> Iterator[list[UUID]]:
        """Those who fit equally well, the best first."""
        wanted = CODES["concerns"]._default_manager.filter(code__in=self.criteria.concerns)
        met = dict(wanted.values_list("listing").annotate(Count("pk")).order_by())
        answers = self.answered(self.criteria.formats).values() if self.criteria.where else [Q()]
        for answer in answers:
            groups: defaultdict[int, list[UUID]] = defaultdict(list)
            for listing in self.rows().filter(answer).values_list("pk", flat=True):
                groups[met.get(listing, 0)].append(listing)
            yield from (groups[count] for count in sorted(groups, reverse=True))


def any_of(choices: Iterator[Q]) -> Q:
    return reduce(or_, choices, NOBODY)
