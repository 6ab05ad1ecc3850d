"""The search form: a query string becomes criteria. What cannot be read is said; the rest still counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from breathingroom.core import concerns, places, text
from breathingroom.directory.choices import ANSWERS, Approach, Currency, Identity, Language, Role, Time
from breathingroom.directory.index import Criteria, Grouped
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format

MOST_WORDS = 8
USUAL_RADIUS = 50
"""Kilometres that count when somebody says where and not how far."""
_TOO_LONG = 80


@dataclass(frozen=True)
class Asked:
    """The criteria, and the concerns that were read out of the free words, if they were read so."""

    criteria: Criteria
    reading: tuple[concerns.Concern, ...]


class Codes(forms.Field):
    """Any of these codes. The page writes the choices itself, with counts, so here they need no words.

    A choice field would copy all its choices for every search: with some 150 of them a tenth of the page.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, label: Any, codes: Iterable[str]) -> None:
        super().__init__(label=label, required=False)
        self.codes = frozenset(codes)

    def clean(self, value: Any) -> list[str]:
        for code in value or ():
            _demand(code, self.codes)
        return value or []


class Place(forms.Field):
    """The code of one of the jurisdictions that the form was given."""

    codes: frozenset[str] = frozenset()

    def clean(self, value: Any) -> str:
        if value:
            _demand(value, self.codes)
        return value or ""


def _demand(code: str, known: frozenset[str]) -> None:
    if code not in known:
        raise forms.ValidationError(
            forms.ChoiceField.default_error_messages["invalid_choice"], params={"value": code}
        )


_said: dict[str, tuple[Grouped, Grouped]] = {}


def _in_words(places: Grouped) -> Grouped:
    """The jurisdictions in the reader's language; kept while they stay the same."""
    language = get_language() or ""
    held = _said.get(language)
    if held is None or held[0] != places:
        held = _said[language] = (places, licensure.spoken(places))
    return held[1]


def _switch(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class SearchForm(forms.Form):
    """All filters of Find care. Nothing is required."""

    q = forms.CharField(label=_("In your own words"), required=False, max_length=200)
    exact = _switch("")
    where = Place(label=_("Where you will be sitting"), required=False)
    role = Codes(_("Who you look for"), Role.values)
    format = Codes(_("How you’d meet"), Format.values)
    near = forms.CharField(label=_("Postal code or city"), required=False, max_length=_TOO_LONG)
    within = forms.IntegerField(label=_("How far"), required=False, min_value=1, max_value=1000)
    answer = Codes(_("May they see you"), [value for value, _label in ANSWERS])
    concern = Codes(_("What you’re carrying"), [concern.code for concern in concerns.CONCERNS])
    approach = Codes(_("How they work"), Approach.values)
    language = Codes(_("Language"), Language.values)
    time = Codes(_("Evenings and weekends"), Time.values)
    years = forms.IntegerField(
        label=_("Years of treating clinicians"), required=False, min_value=0, max_value=80
    )
    identity = Codes(_("Who they say they are"), Identity.values)
    fee_max = forms.IntegerField(label=_("Most you can pay"), required=False, min_value=0, max_value=100_000)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency, required=False)
    sliding = _switch(_("Sliding scale"))
    pro_bono = _switch(_("Pro bono places"))
    accepting = _switch(_("Accepting now"))
    unconfirmed = _switch(_("Also those who have not confirmed lately"))
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: QueryDict, *, places: Grouped) -> None:
        super().__init__(data)
        self.places = _in_words(places)
        self.fields["where"].codes = frozenset(code for _name, found in places for code, _place in found)  # type: ignore[attr-defined]

    def clean_near(self) -> places.Spot | None:
        """The place on the map. A name that stands for several is the one in the country of `where`."""
        said = str(self.cleaned_data["near"]).strip()
        if not said:
            return None
        found = places.find(said, country=self.cleaned_data.get("where", "")[:2] or "US")
        if found is None:
            raise forms.ValidationError(
                _(
                    "We do not know where “%(near)s” is. Five digits of a US postal code work, and the "
                    "name of a city: “Leeds” or “London, Ontario”."
                ),
                params={"near": said},
            )
        return found

    @property
    def spot(self) -> places.Spot | None:
        """Where distances are counted from, if that was said and is known."""
        return self.cleaned_data.get("near")

    def asked(self) -> Asked:
        """What the readable part of the form asks for."""
        self.is_valid()
        said = self.cleaned_data
        q = said.get("q", "")
        reading = () if said.get("exact") else tuple(concerns.read(q))
        criteria = Criteria(
            **self._sets(),
            **self._numbers(),
            concerns=frozenset(said.get("concern", ())) | {concern.code for concern in reading},
            where=said.get("where", ""),
            near=self.spot.code if self.spot else "",
            currency=said.get("currency") or Currency.USD.value,
            sliding=bool(said.get("sliding")),
            pro_bono=bool(said.get("pro_bono")),
            accepting=bool(said.get("accepting")),
            unconfirmed=bool(said.get("unconfirmed")),
            words=() if reading else tuple(text.plain(q).split()[:MOST_WORDS]),
        )
        return Asked(criteria, reading)

    def _sets(self) -> dict[str, Any]:
        """The fields of which any number may be chosen, by the names of the criteria."""
        names = {
            "roles": "role",
            "formats": "format",
            "answers": "answer",
            "approaches": "approach",
            "languages": "language",
            "times": "time",
            "identities": "identity",
        }
        return {name: frozenset(self.cleaned_data.get(field, ())) for name, field in names.items()}

    def _numbers(self) -> dict[str, Any]:
        said = self.cleaned_data
        most = said.get("fee_max")
        return {
            "ceiling": None if most is None else most * 100,
            "within": (said.get("within") or USUAL_RADIUS) if self.spot else 0,
            "years": said.get("years") or 0,
            "page": said.get("page") or 1,
        }
