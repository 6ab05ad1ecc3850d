"""What was asked, in words, and the ways out when nobody fits all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from breathingroom.core import concerns
from breathingroom.core.places import Spot
from breathingroom.directory.choices import ANSWERS, Approach, Identity, Language, Role, Time
from breathingroom.directory.index import Criteria
from breathingroom.directory.queries import words
from breathingroom.directory.queries.address import Address
from breathingroom.licensure.choices import Format

Label = str | Promise
CONCERNS: tuple[tuple[str, Label], ...] = tuple((each.code, each.label) for each in concerns.CONCERNS)


@dataclass(frozen=True)
class Looser:
    """A way out of an empty page: how many there would be without one filter."""

    label: str
    count: str
    url: str


def chosen(criteria: Criteria, place: str, spot: Spot | None, address: Address) -> list[str]:
    """What is chosen, in the fewest words: the folded filters say it."""
    said = [place] if place else []
    if q := address.text("q").strip():
        said.append(_("“%(words)s”") % {"words": q})
    if spot:
        near = {"distance": words.radius(criteria.within, spot.country), "spot": spot.label}
        said.append(_("within %(distance)s of %(spot)s") % near)
    return [*said, *_codes(criteria, place, address), *_limits(criteria)]


def _codes(criteria: Criteria, place: str, address: Address) -> Iterator[str]:
    """The labels of all that was ticked, in the order of the page."""
    ticked: tuple[tuple[tuple[tuple[str, Label], ...], frozenset[str]], ...] = (
        (tuple(Role.choices), criteria.roles),
        (tuple(Format.choices), criteria.formats),
        (tuple(ANSWERS), criteria.answers if place else frozenset()),
        (CONCERNS, address.chosen("concern")),
        (tuple(Time.choices), criteria.times),
        (tuple(Approach.choices), criteria.approaches),
        (tuple(Language.choices), criteria.languages),
        (tuple(Identity.choices), criteria.identities),
    )
    for choices, codes in ticked:
        yield from (str(label) for code, label in choices if code in codes) if codes else ()


def _limits(criteria: Criteria) -> Iterator[str]:
    if criteria.ceiling is not None:
        yield _("up to %(fee)s") % {"fee": words.money(criteria.ceiling, criteria.currency)}
    if criteria.years:
        least = ngettext("%(n)d year or more", "%(n)d years or more", criteria.years)
        yield least % {"n": criteria.years}
    switches = {
        "sliding": _("sliding scale"),
        "pro_bono": _("pro bono places"),
        "accepting": _("accepting now"),
        "unconfirmed": _("not confirmed lately"),
    }
    yield from (label for name, label in switches.items() if getattr(criteria, name))


# -- ways out of an empty page -------------------------------------------------------------------
def looser(name: str, count: int, address: Address) -> Looser:
    """`name` is a field of the criteria; its fields in the address go, free words with the concerns read."""
    if name == "unconfirmed":
        url = address.link("unconfirmed", unconfirmed="1")
    else:
        url = address.link(*FIELDS_OF[name])
    return Looser(_ways(get_language())[name], words.many(count), url)


FIELDS_OF = {
    "words": ("q", "exact"),
    "concerns": ("concern", "q", "exact"),
    "where": ("where", "answer"),
    "within": ("near", "within"),
    "formats": ("format",),
    "answers": ("answer",),
    "roles": ("role",),
    "approaches": ("approach",),
    "languages": ("language",),
    "times": ("time",),
    "years": ("years",),
    "identities": ("identity",),
    "ceiling": ("fee_max", "currency"),
    "accepting": ("accepting",),
    "sliding": ("sliding",),
    "pro_bono": ("pro_bono",),
}


@lru_cache(maxsize=8)
def _ways(_language: str | None) -> dict[str, str]:
    return {
        "words": _("Without your own words"),
        "concerns": _("Whatever they work with"),
        "where": _("Anywhere"),
        "within": _("However far away"),
        "formats": _("Online or in person"),
        "answers": _("Whoever may see you, or whom you’d ask"),
        "roles": _("Therapists, supervisors and consultants"),
        "approaches": _("However they work"),
        "languages": _("Any language"),
        "times": _("At any time of the week"),
        "years": _("However many years"),
        "identities": _("Whoever they are"),
        "ceiling": _("Any fee"),
        "accepting": _("Also those with no opening now"),
        "sliding": _("With or without a sliding scale"),
        "pro_bono": _("With or without pro bono places"),
        "unconfirmed": _("Also those who have not confirmed lately"),
    }


def groups(address: Address) -> list[tuple[str, str]]:
    """(name, address) of each group of concerns: the same search, with any of these instead of own words."""
    return [
        (str(label), address.link("q", "exact", concern=[str(code) for code, _label in options]))
        for label, options in concerns.choices()
    ]
