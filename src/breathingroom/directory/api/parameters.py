"""Every parameter of the API as OpenAPI says it, made from the fields of the forms that read them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.choices import Currency
from breathingroom.directory.forms import SearchForm
from breathingroom.directory.forms.eligibility import EligibilityForm
from breathingroom.directory.forms.search import USUAL_RADIUS, Codes, Place
from breathingroom.directory.index import Grouped
from breathingroom.directory.queries.public import FACETS
from breathingroom.licensure.choices import Format

Json = dict[str, Any]

NOTES: Mapping[str, str | Promise] = {
    "q": _("Everyday words, read as concerns: “I can’t switch off”. What is none is searched for as it is."),
    "exact": _("Search for the words of q as they are, without reading them as concerns."),
    "where": _("The jurisdiction in which you will be sitting: a code of /jurisdictions/."),
    "near": _("A US postal code or the name of a city, from which distances are counted."),
    "within": _("Kilometres from there to their office; %(usual)s when only near is said.")
    % {"usual": USUAL_RADIUS},
    "answer": _("Whether they may see you there. Left out, it means “yes” and “ask”."),
    "years": _("At least so many years of treating clinicians."),
    "identity": _("Who they chose to say they are."),
    "fee_max": _("The most you can pay for a session, in whole units of the currency."),
    "currency": _("Of fee_max; US dollars when it is not said."),
    "unconfirmed": _("Also those who have not confirmed their openings for more than 30 days."),
    "page": _("Fifteen results are a page."),
    "listing": _("The id of a listing."),
    "on": _("The day on which you would meet; today when it is not said."),
}
EXAMPLES: Mapping[str, str | int] = {
    "q": "I can't switch off after work",
    "where": "US-WA",
    "near": "98101",
    "within": 50,
    "fee_max": 120,
    "page": 1,
    "on": "2027-01-31",
}


def of_search(places: Grouped) -> list[Json]:
    return [_parameter(name, field, places) for name, field in SearchForm.base_fields.items()]


def of_eligibility(places: Grouped) -> list[Json]:
    return [_parameter(name, field, places) for name, field in EligibilityForm.base_fields.items()]


def _parameter(name: str, field: forms.Field, places: Grouped) -> Json:
    found: Json = {
        "name": name,
        "in": "query",
        "required": field.required,
        "allowEmptyValue": not field.required,
        "description": str(NOTES.get(name) or field.label),
        "schema": _schema(name, field, places),
    }
    if name in EXAMPLES:
        found["example"] = EXAMPLES[name]
    return found


def _schema(name: str, field: forms.Field, places: Grouped) -> Json:
    """What the values look like; a parameter that may be repeated is an array."""
    if isinstance(field, Codes):
        return {"type": "array", "items": {"type": "string", "enum": list(FACETS[name][1])}}
    if isinstance(field, Place):
        return {"type": "string", "enum": [code for _country, found in places for code, _place in found]}
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value or 0, "maximum": field.max_value}
    return _SHAPES.get(name) or {"type": "string", "maxLength": getattr(field, "max_length", None) or 100}


def _one_of(values: Sequence[str]) -> Json:
    return {"type": "string", "enum": list(values)}


_SHAPES: Mapping[str, Json] = {
    "currency": _one_of(Currency.values),
    "format": _one_of(Format.values),
    "listing": {"type": "string", "format": "uuid"},
    "on": {"type": "string", "format": "date"},
}
