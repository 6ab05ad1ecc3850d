"""Find care: the whole page as data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from breathingroom.core import concerns, places
from breathingroom.core.facts import said
from breathingroom.directory.choices import Facet
from breathingroom.directory.index import Criteria, Results, Snapshot, search
from breathingroom.directory.queries import words
from breathingroom.directory.queries.address import Address
from breathingroom.directory.queries.asked import Looser, chosen, groups, looser
from breathingroom.directory.queries.cards import Asking, Card, cards
from breathingroom.directory.queries.filters import Filters, filters

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
class FindPage:
    """All that the page and its fragments say."""

    heading: str
    standing: str
    place: str
    url: str
    asked: list[tuple[str, str]]
    filters: Filters
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
    spot = places.spot(criteria.near) if criteria.near else None
    anybody = bool(results.total) or _anybody(snapshot, criteria)
    lost = anybody and not results.total
    return FindPage(
        heading=heading(results, criteria, name),
        standing=standing(results, criteria),
        place=name,
        url=str(address),
        asked=list(address.pairs()),
        filters=filters(results, criteria, name, spot, address),
        chosen=chosen(criteria, name, spot, address),
        reading=words.listed(concern.label for concern in reading),
        undo=address.link(exact="1") if reading else "",
        redo=address.link("exact"),
        alone=alone(anybody),
        urgent=any(concern.code == URGENT for concern in reading),
        cards=cards(results.hits, Asking(criteria, name, spot, snapshot.facts, snapshot.on)),
        looser=[looser(each, count, address) for each, count in results.looser.items()],
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
