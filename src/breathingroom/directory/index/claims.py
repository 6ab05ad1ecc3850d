"""Who may be seen in a place, asked of the licences in the database."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from breathingroom.directory.index.answers import ENDING, FINE, GOOD, MISSING, OVER, STALE, stand_in
from breathingroom.directory.index.entries import Question
from breathingroom.licensure.eligibility import EXPIRING_DAYS, Answer, may_see
from breathingroom.licensure.models import Licence

BETWEEN = "|"


@dataclass(frozen=True)
class Claims:
    """The answers of all claims, licences with at most one authority each, for one question and format."""

    question: Question
    format: str

    def members(self, answer: Answer) -> Q:
        """The listings of those with a claim that gives this answer, though another may give a better one."""
        if answer is Answer.ASK and self._ask([]) is Answer.ASK:  # whoever they are: the place is not known
            return Q()
        keys = [key for key, its in self._answers.items() if its is answer]
        return Q(member__in=self._claims.filter(claim__in=keys).values("member"))

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        """By the key of each sort of claim that there is."""
        keys = self._claims.order_by().values_list("claim", flat=True).distinct()
        return {key: self._answer(key.split(BETWEEN)) for key in keys}

    def _answer(self, parts: list[str]) -> Answer:
        profession, jurisdiction, status, compact, privilege, there, *days = parts
        kind = (profession, jurisdiction, status, compact or None, privilege or None, there or None)
        expires, checked, over, seen = map(int, days)
        held = stand_in(kind, (expires, checked, over, seen), self.question.on, self.question.facts)
        return self._ask([held])

    def _ask(self, licences: list[Any]) -> Answer:
        question = self.question
        return may_see(licences, question.where, question.on, self.format, question.facts).answer

    @cached_property
    def _claims(self) -> "QuerySet[Any]":
        names = ("profession_id", "jurisdiction_id", "status")
        under = ("privilege__compact_id", "privilege__kind", "jurisdiction_id")
        parts: list[Any] = [Cast(F(name), CharField()) for name in names]
        parts += [Cast(Coalesce(F(f"authorities__{name}"), Value("")), CharField()) for name in under]
        parts += [self._end("expires_on"), self._check("checked_on")]
        parts += [self._end("authorities__expires_on"), self._check("authorities__checked_on")]
        between = [each for part in parts for each in (Value(BETWEEN), part)][1:]
        joined = Func(*between, template="(%(expressions)s)", arg_joiner=" || ", output_field=CharField())
        return Licence.objects.annotate(claim=joined)

    def _end(self, field: str) -> Case:
        on = self.question.on
        soon = on + dt.timedelta(EXPIRING_DAYS)
        over, ending = (
            When(**{f"{field}__lt": on}, then=Value(str(OVER))),
            When(**{f"{field}__lt": soon}, then=Value(str(ENDING))),
        )
        return Case(over, ending, default=Value(str(FINE)), output_field=CharField())

    def _check(self, field: str) -> Case:
        long_ago = self.question.on - dt.timedelta(self.question.facts.limit_days)
        missing = When(**{f"{field}__isnull": True}, then=Value(str(MISSING)))
        stale = When(**{f"{field}__lt": long_ago}, then=Value(str(STALE)))
        return Case(missing, stale, default=Value(str(GOOD)), output_field=CharField())
