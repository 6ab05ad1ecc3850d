"""Find care: the whole page as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from breathingroom.core import concerns
from breathingroom.core.facts import said
from breathingroom.directory.choices import ANSWERS, Facet, Language, Role
from breathingroom.directory.index import Criteria, Results, Snapshot, search
from breathingroom.directory.queries import words
from breathingroom.directory.queries.address import Address
from breathingroom.directory.queries.cards import Asking, Card, cards
from breathingroom.licensure.choices import Format

Label = str | Promise
URGENT = "not_wanting_to_live"
FIRST = {
    "yes": ngettext_lazy(
        "%(count)s person may see you in %(place)s", "%(count)s people may see you in %(place)s", "n"
    ),
    "ask": ngettext_lazy(
        "%(count)s person to ask first in %(place)s", "%(count)s people to ask first in %(place)s", "n"
    ),
    "no": ngettext_lazy(
        "%(count)s person may not see you in %(place)s", "%(count)s people may not see you in %(place)s", "n"
    ),
}
LATER = {
    "ask": ngettext_lazy(
        "After them comes %(count)s more whom you would ask first.",
        "After them come %(count)s more whom you would ask first.",
        "n",
    ),
    "no": ngettext_lazy(
        "%(count)s more may not see you there.", "%(count)s more may not see you there.", "n"
    ),
}


@dataclass(frozen=True)
class Option:
    """One choice of a facet with its count; `id` is unique on the page."""

    name: str
    value: str
    label: Label
    count: int
    checked: bool
    id: str


@dataclass(frozen=True)
class Choices:
    """The options of one fieldset; `chosen` says how many are."""

    name: str
    legend: Label
    options: list[Option]
    chosen: int


@dataclass(frozen=True)
class Looser:
    """A way out of an empty page: how many there would be without one filter."""

    label: str
    count: str
    url: str


@dataclass(frozen=True)
class FindPage:
    """All that the page and its fragments say."""

    heading: str
    standing: str
    place: str
    url: str
    roles: Choices
    formats: Choices
    answers: Choices | None
    concerns: list[Choices]
    languages: Choices
    switches: list[Option]
    chosen: list[str]
    reading: str
    undo: str
    redo: str
    alone: str
    urgent: bool
    cards: list[Card]
    looser: list[Looser]
    groups: list[tuple[str, str]]
    number: int
    pages: int
    previous: str
    next: str

    @property
    def counted(self) -> Iterator[Option]:
        """Every option whose number stands alone on the page."""
        for choices in (self.roles, self.formats, *self.concerns, self.languages):
            yield from choices.options
        yield from self.switches


def page(
    snapshot: Snapshot,
    criteria: Criteria,
    reading: Sequence[concerns.Concern],
    results: Results,
    address: Address,
) -> FindPage:
    """The data of /find/ for one search; one query, for the people on it."""
    place = snapshot.facts.places.get(criteria.where)
    name = said(place.name) if place else ""
    counts, anybody = results.counts, bool(results.total) or _anybody(snapshot, criteria)
    lost = anybody and not results.total
    return FindPage(
        heading=heading(results, criteria, name),
        standing=standing(results, criteria),
        place=name,
        url=str(address),
        roles=_choices("role", _("Who you look for"), counts[Facet.ROLES], address),
        formats=_choices("format", _("How you’d meet"), counts[Facet.FORMATS], address),
        answers=_answers(results, name, address) if criteria.where else None,
        concerns=_concerns(counts[Facet.CONCERNS], address),
        languages=_choices("language", _("Language"), counts[Facet.LANGUAGES], address),
        switches=_switches(results, address),
        chosen=_chosen(criteria, name, address),
        reading=words.listed(concern.label for concern in reading),
        undo=address.link(exact="1") if reading else "",
        redo=address.link("exact"),
        alone=alone(anybody),
        urgent=any(concern.code == URGENT for concern in reading),
        cards=cards(results.hits, Asking(criteria, name, snapshot.facts, snapshot.on)),
        looser=[_looser(each, count, address) for each, count in results.looser.items()],
        groups=groups(address) if lost and address.text("q") else [],
        number=results.number,
        pages=results.pages,
        previous=address.link(page=results.number - 1) if results.number > 1 else "",
        next=address.link(page=results.number + 1) if results.number < results.pages else "",
    )


# -- what was found, in words --------------------------------------------------------------------
def heading(results: Results, criteria: Criteria, place: str) -> str:
    """How many there are, said honestly: the best answer given, and only of those it is true of."""
    n = results.total
    if not n:
        return _("Nobody fits all of this yet")
    if not criteria.where:
        treating = ngettext("%(count)s person treats clinicians", "%(count)s people treat clinicians", n)
        return treating % {"count": words.many(n)}
    answer, n = _shown(results, criteria)[0]
    return str(FIRST[answer] % {"n": n, "count": words.many(n), "place": place})


def standing(results: Results, criteria: Criteria) -> str:
    """What the heading leaves out: those with the answers that come after the best one."""
    return " ".join(
        LATER[answer] % {"n": n, "count": words.many(n)} for answer, n in _shown(results, criteria)[1:]
    )


def _shown(results: Results, criteria: Criteria) -> list[tuple[str, int]]:
    """The answers shown, the best first, each with how many people got it; none without a place."""
    counts = results.counts[Facet.ANSWERS]
    wanted = [(answer, counts.get(answer, 0)) for answer in FIRST if answer in criteria.wanted]
    return [(answer, n) for answer, n in wanted if n]


def _anybody(snapshot: Snapshot, criteria: Criteria) -> bool:
    """Whether there is anybody at all for whoever asks."""
    return search(snapshot, Criteria(unconfirmed=True, without=criteria.without)).total > 0


def alone(anybody: bool) -> str:
    """What to say when no single filter is to blame."""
    if not anybody:
        return _("Nobody is listed here yet. If you treat clinicians, you could be the first.")
    return _("No single filter is in the way; several together are.")


# -- filters with their counts -------------------------------------------------------------------
@lru_cache(maxsize=8)
def _spoken(_language: str | None) -> dict[str, list[tuple[str, str]]]:
    """All choices in the reader's language: some eighty labels, translated once and not for every page."""
    groups = {f"concern {label}": options for label, options in concerns.choices()}
    fixed = {"role": Role.choices, "format": Format.choices, "answer": ANSWERS, "language": Language.choices}
    return {
        name: [(code, str(label)) for code, label in choices] for name, choices in (fixed | groups).items()
    }


def _choices(name: str, legend: Label, counts: Mapping[str, int], address: Address) -> Choices:
    """The fieldset `name`, or one of its groups when the name goes on after a space."""
    field = name.partition(" ")[0]
    chosen = address.chosen(field)
    options = [
        Option(field, code, label, counts.get(code, 0), code in chosen, f"{field}-{code}")
        for code, label in _spoken(get_language())[name]
    ]
    return Choices(field, legend, options, sum(option.checked for option in options))


def _answers(results: Results, place: str, address: Address) -> Choices:
    legend = _("May they see you in %(place)s?") % {"place": place}
    return _choices("answer", legend, results.counts[Facet.ANSWERS], address)


def _concerns(counts: Mapping[str, int], address: Address) -> list[Choices]:
    groups = [name for name in _spoken(get_language()) if name.startswith("concern ")]
    return [_choices(name, name.partition(" ")[2], counts, address) for name in groups]


def _switches(results: Results, address: Address) -> list[Option]:
    labels = {Facet.ACCEPTING: _("Accepting now"), Facet.SLIDING: _("Sliding scale")}
    return [
        Option(facet, "1", label, results.counts[facet].get("yes", 0), bool(address.text(facet)), facet)
        for facet, label in labels.items()
    ]


def _chosen(criteria: Criteria, place: str, address: Address) -> list[str]:
    """What is chosen, in the fewest words: the folded filters say it."""
    said = [place] if place else []
    if q := address.text("q").strip():
        said.append(_("“%(words)s”") % {"words": q})
    said += [str(Role(value).label) for value in Role.values if value in criteria.roles]
    said += [str(Format(value).label) for value in Format.values if value in criteria.formats]
    said += [str(each.label) for each in concerns.CONCERNS if each.code in address.chosen("concern")]
    said += [str(Language(value).label) for value in Language.values if value in criteria.languages]
    said += [str(label) for value, label in ANSWERS if place and value in criteria.answers]
    if criteria.ceiling is not None:
        said.append(_("up to %(fee)s") % {"fee": words.money(criteria.ceiling, criteria.currency)})
    said += [_("accepting now")] if criteria.accepting else []
    return said + ([_("sliding scale")] if criteria.sliding else [])


# -- ways out of an empty page -------------------------------------------------------------------
def _looser(name: str, count: int, address: Address) -> Looser:
    """`name` is a field of the criteria; its fields in the address go, free words with the concerns read."""
    label, fields = {
        "words": (_("Without your own words"), ("q", "exact")),
        "concerns": (_("Whatever they work with"), ("concern", "q", "exact")),
        "where": (_("Anywhere"), ("where", "answer")),
        "formats": (_("Online or in person"), ("format",)),
        "answers": (_("Whoever may see you, or whom you’d ask"), ("answer",)),
        "roles": (_("Therapists, supervisors and consultants"), ("role",)),
        "languages": (_("Any language"), ("language",)),
        "ceiling": (_("Any fee"), ("most", "currency")),
        "accepting": (_("Also those with no opening now"), ("accepting",)),
        "sliding": (_("With or without a sliding scale"), ("sliding",)),
        "within": (_("However far"), ("near", "within")),
        "approaches": (_("Whatever their approach"), ("approach",)),
        "times": (_("At any time"), ("time",)),
        "years": (_("However many years"), ("years",)),
        "identities": (_("Whoever they are"), ("identity",)),
        "pro_bono": (_("With or without pro bono places"), ("pro_bono",)),
        "unconfirmed": (_("Also those whose openings are not confirmed"), ("unconfirmed",)),
    }[name]
    return Looser(label, words.many(count), address.link(*fields))


def groups(address: Address) -> list[tuple[str, str]]:
    """(name, address) of each group of concerns: the same search, with any of these instead of own words."""
    return [
        (str(label), address.link("q", "exact", concern=[str(code) for code, _label in options]))
        for label, options in concerns.choices()
    ]
