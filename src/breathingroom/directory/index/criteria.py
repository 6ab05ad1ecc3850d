"""What somebody is looking for, what they look in, and what was found: the ends of a search."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol
from uuid import UUID

from breathingroom.directory.choices import Facet
from breathingroom.directory.index.entries import Question
from breathingroom.licensure.eligibility import Answer, Facts, Verdict

PAGE = 15
Grouped = Sequence[tuple[str, list[tuple[str, str]]]]
"""Jurisdictions to choose from, (code, name), by country."""
FOUND = frozenset({Answer.YES.value, Answer.ASK.value})
"""The answers that are shown when nobody chose among them."""


@dataclass(frozen=True)
class Criteria:
    """A search. Within a set any one will do; between the fields all must hold; an empty field asks nothing.

    `where` is the code of a jurisdiction; `ceiling` is in minor units of `currency`, for one session;
    `words` are plain tokens (`core.text.plain`), each of which must begin a word of the listing.
    `near` is a code of `core.places` and `within` kilometres from there to an office where they meet in
    person; without either of them distance does not count. `years` is the least number of years of
    treating clinicians. `unconfirmed` lets in those whose openings were confirmed more than 30 days ago.
    `without` are listings that do not exist for whoever asks: in no page, count or way to loosen.
    """

    roles: frozenset[str] = frozenset()
    where: str = ""
    formats: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    near: str = ""
    within: int = 0
    concerns: frozenset[str] = frozenset()
    approaches: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    years: int = 0
    identities: frozenset[str] = frozenset()
    ceiling: int | None = None
    currency: str = "USD"
    sliding: bool = False
    pro_bono: bool = False
    accepting: bool = False
    unconfirmed: bool = False
    words: tuple[str, ...] = ()
    page: int = 1
    without: frozenset[UUID] = frozenset()

    @property
    def wanted(self) -> frozenset[str]:
        """The answers that may be shown."""
        return self.answers or FOUND


class Snapshot(Protocol):
    """What is searched, as its readers see it: as of one day, by the facts known."""

    @property
    def on(self) -> dt.date: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def places(self) -> Grouped: ...
    @property
    def entries(self) -> Sized:
        """As many as there are listings shown; nothing else of them is told."""

    def question(self, where: str) -> Question:
        """May they see me there, on that day?"""


@dataclass
class Hit:
    """One listing found, and which concerns and languages asked for it meets.

    `verdict` is the answer for the place, None without one; its words are worked out when they are read.
    """

    id: UUID
    ask: Callable[[], Verdict | None] | None = field(default=None, compare=False, repr=False)
    met: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()

    @cached_property
    def verdict(self) -> Verdict | None:
        return self.ask() if self.ask else None


@dataclass(frozen=True)
class Results:
    """`counts[facet][choice]` is how many there would be with that choice alone in its facet."""

    total: int
    number: int
    pages: int
    hits: tuple[Hit, ...]
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    looser: Mapping[str, int] = field(default_factory=dict)
    """When nothing was found: how many there would be without the named field of the criteria."""


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
_EMPTY = Criteria(unconfirmed=True)


def looser(criteria: Criteria, name: str) -> Criteria:
    """The same search without the filter `name`, which is one of `LOOSENED`."""
    return replace(criteria, **{name: getattr(_EMPTY, name)})
