"""The filters beside the results: each choice with how many people it would leave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from breathingroom.core import concerns
from breathingroom.core.places import Spot
from breathingroom.directory.choices import (
    ANSWERS,
    RADII,
    YEARS,
    Approach,
    Facet,
    Identity,
    Language,
    Role,
    Time,
)  # fmt: skip
from breathingroom.directory.index import Criteria, Results
from breathingroom.directory.queries import words
from breathingroom.directory.queries.address import Address
from breathingroom.licensure.choices import Format

Label = str | Promise
FOLDED = (
    (Facet.APPROACHES, "approach"),
    (Facet.LANGUAGES, "language"),
    (Facet.YEARS, "years"),
    (Facet.IDENTITIES, "identity"),
)
SWITCHES = {
    Facet.SLIDING: "sliding",
    Facet.PRO_BONO: "pro_bono",
    Facet.ACCEPTING: "accepting",
    Facet.UNCONFIRMED: "unconfirmed",
}


class Fixed(NamedTuple):
    """What of a choice is the same for everybody who reads one language; `id` is unique on the page."""

    name: str
    value: str
    label: str
    id: str
    kind: str = "checkbox"


class Option(NamedTuple):
    """One choice, and how many people it would leave: None where no number stands beside it."""

    fixed: Fixed
    number: int | None
    checked: bool


@dataclass(frozen=True)
class Choices:
    """The options of one fieldset; `chosen` says how many are."""

    legend: str
    options: list[Option]
    chosen: int
    help: str = ""


@dataclass(frozen=True)
class Filters:
    """Every filter that has choices. `answers` needs a place, `within` a spot on the map."""

    roles: Choices
    formats: Choices
    within: Choices | None
    near: str
    answers: Choices | None
    concerns: list[Choices]
    fee: list[Option]
    openings: list[Option]
    folded: list[Choices]

    @property
    def counted(self) -> Iterator[Option]:
        """Every option whose number stands alone on the page."""
        for choices in (self.roles, self.formats, *self.concerns, *self.folded):
            yield from choices.options
        yield from self.fee
        yield from self.openings


def filters(results: Results, criteria: Criteria, place: str, spot: Spot | None, address: Address) -> Filters:
    """The filters for what was found; `place` is the name of the jurisdiction, `spot` where "near" is."""
    fixed, counts = _fixed(get_language()), results.counts
    switches = {name: _switch(fixed[name], counts[facet], address) for facet, name in SWITCHES.items()}
    times = _options(fixed["time"], counts[Facet.TIMES], address)
    asked = _("May they see you in %(place)s?") % {"place": place}
    return Filters(
        roles=_choices(_("Who you look for"), fixed["role"], counts[Facet.ROLES], address),
        formats=_choices(_("How you’d meet"), fixed["format"], counts[Facet.FORMATS], address),
        within=_within(spot, criteria, counts[Facet.WITHIN]) if spot else None,
        near=spot.label if spot else "",
        answers=_choices(asked, fixed["answer"], counts[Facet.ANSWERS], address) if place else None,
        concerns=[
            _choices(str(label), fixed[f"concern {n}"], counts[Facet.CONCERNS], address)
            for n, (label, _codes) in enumerate(concerns.choices())
        ],
        fee=[switches["sliding"], switches["pro_bono"]],
        openings=[switches["accepting"], *times, switches["unconfirmed"]],
        folded=[_folded(facet, name, fixed[name], counts, address) for facet, name in FOLDED],
    )


@lru_cache(maxsize=8)
def _fixed(_language: str | None) -> dict[str, list[Fixed]]:
    """All choices in the reader's language: some 150 labels, translated once and not for every page."""
    several: dict[str, list[tuple[str, Label]]] = {
        "role": list(Role.choices),
        "format": list(Format.choices),
        "answer": list(ANSWERS),
        "approach": list(Approach.choices),
        "language": list(Language.choices),
        "time": list(Time.choices),
        "identity": list(Identity.choices),
        **{f"concern {n}": list(codes) for n, (_label, codes) in enumerate(concerns.choices())},
    }
    found = {
        name: [_one(name.partition(" ")[0], code, label) for code, label in codes]
        for name, codes in several.items()
    }
    labels = {
        "sliding": _("Sliding scale"),
        "pro_bono": _("Pro bono places"),
        "accepting": _("Accepting now"),
        "unconfirmed": _("Also those who have not confirmed lately"),
    }
    switches = {name: [Fixed(name, "1", label, name)] for name, label in labels.items()}
    return found | switches | {"years": _years()}


def _one(name: str, code: str, label: Label) -> Fixed:
    return Fixed(name, code, str(label), f"{name}-{code}")


def _years() -> list[Fixed]:
    least = [(str(n), ngettext("%(n)d year or more", "%(n)d years or more", n) % {"n": n}) for n in YEARS]
    return [
        Fixed("years", code, label, f"years-{code or 'any'}", "radio")
        for code, label in [("", _("However many")), *least]
    ]


def _choices(legend: str, fixed: list[Fixed], counts: Mapping[str, int], address: Address) -> Choices:
    options = _options(fixed, counts, address)
    return Choices(legend, options, sum(option.checked for option in options))


def _options(fixed: list[Fixed], counts: Mapping[str, int], address: Address) -> list[Option]:
    chosen = address.chosen(fixed[0].name)
    return [Option(each, counts.get(each.value, 0), each.value in chosen) for each in fixed]


def _switch(fixed: list[Fixed], counts: Mapping[str, int], address: Address) -> Option:
    return Option(fixed[0], counts.get("yes", 0), bool(address.text(fixed[0].name)))


def _folded(
    facet: Facet,
    name: str,
    fixed: list[Fixed],
    counts: Mapping[Facet, Mapping[str, int]],
    address: Address,
) -> Choices:
    legend, help = {
        "approach": (_("How they work"), ""),
        "language": (_("Language"), ""),
        "years": (_("Years of treating clinicians"), ""),
        "identity": (
            _("Who they say they are"),
            _("Only what they chose to say of themselves. Nobody is asked to."),
        ),
    }[name]
    if name != "years":
        options = _options(fixed, counts[facet], address)
        return Choices(legend, options, sum(option.checked for option in options), help)
    least = address.text(name)
    options = [
        Option(each, counts[facet].get(each.value, 0) if each.value else None, each.value == least)
        for each in fixed
    ]
    return Choices(legend, options, int(bool(least)), help)


# -- near ----------------------------------------------------------------------------------------
def _within(spot: Spot, criteria: Criteria, counts: Mapping[str, int]) -> Choices:
    """How far from the spot: kilometres in the address, and the words that are usual there."""
    options = [
        Option(
            Fixed("within", str(radius), words.radius(radius, spot.country), f"within-{radius}", "radio"),
            counts.get(str(radius), 0),
            radius == criteria.within,
        )
        for radius in RADII
    ]
    return Choices(_("To an office within"), options, 1)
