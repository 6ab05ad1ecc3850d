"""The search form: a query string becomes criteria. What cannot be read is said; the rest still counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from breathingroom.core import concerns, text
from breathingroom.directory.choices import ANSWERS, Currency, Language, Role
from breathingroom.directory.index import Criteria
from breathingroom.directory.index.snapshot import Grouped
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format

MOST_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """The criteria, and the concerns that were read out of the free words, if they were read so."""

    criteria: Criteria
    reading: tuple[concerns.Concern, ...]


def _several(label: Any, codes: Sequence[str]) -> forms.MultipleChoiceField:
    """Any of these codes. The page writes the choices itself, with counts, so here they need no words."""
    return forms.MultipleChoiceField(label=label, choices=[(code, code) for code in codes], required=False)


class SearchForm(forms.Form):
    """All filters of Find care. Nothing is required."""

    q = forms.CharField(label=_("In your own words"), required=False, max_length=200)
    exact = forms.BooleanField(required=False)
    where = forms.ChoiceField(label=_("Where you will be sitting"), required=False)
    role = _several(_("Who you look for"), Role.values)
    format = _several(_("How you’d meet"), Format.values)
    answer = _several(_("May they see you"), [value for value, _label in ANSWERS])
    concern = _several(_("What you’re carrying"), [concern.code for concern in concerns.CONCERNS])
    language = _several(_("Language"), Language.values)
    most = forms.IntegerField(label=_("Most you can pay"), required=False, min_value=0, max_value=100_000)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency, required=False)
    sliding = forms.BooleanField(label=_("Sliding scale"), required=False)
    accepting = forms.BooleanField(label=_("Accepting now"), required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: QueryDict, *, places: Grouped) -> None:
        super().__init__(data)
        self.places = licensure.spoken(places)
        self.fields["where"].choices = [("", _("Anywhere")), *self.places]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What the readable part of the form asks for."""
        self.is_valid()
        said = self.cleaned_data
        q = said.get("q", "")
        reading = () if said.get("exact") else tuple(concerns.read(q))
        read = {concern.code for concern in reading}
        most = said.get("most")
        criteria = Criteria(
            roles=frozenset(said.get("role", ())),
            where=said.get("where", ""),
            formats=frozenset(said.get("format", ())),
            answers=frozenset(said.get("answer", ())),
            concerns=frozenset(said.get("concern", ())) | read,
            languages=frozenset(said.get("language", ())),
            ceiling=None if most is None else most * 100,
            currency=said.get("currency") or Currency.USD.value,
            sliding=bool(said.get("sliding")),
            accepting=bool(said.get("accepting")),
            words=() if reading else tuple(text.plain(q).split()[:MOST_WORDS]),
            page=said.get("page") or 1,
        )
        return Asked(criteria, reading)
