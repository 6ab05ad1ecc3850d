"""What a member says about their licences. Whatever is typed stays in the form."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from breathingroom.licensure import queries
from breathingroom.licensure.models import CompactPrivilege, Licence

_CHOOSE = [("", _("Choose"))]
_EARLIEST, _LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


class DayField(forms.DateField):
    """A day between 2000 and 2100, picked or typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators += [MinValueValidator(_EARLIEST), MaxValueValidator(_LATEST)]


def _expiry() -> DayField:
    return DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("From 30 days before, people are told to ask whether it was renewed."),
    )


class NumberForm(forms.Form):
    """Number and end of a licence: what may change without it becoming another licence."""

    number = forms.CharField(
        label=_("Licence number"),
        max_length=40,
        required=False,
        help_text=_("Sealed when stored. Only an operator who checks it sees it; it is on no page."),
    )
    expires_on = _expiry()


class LicenceForm(NumberForm):
    """A licence that is not listed yet."""

    profession = forms.ChoiceField(
        label=_("Profession"), help_text=_("Not sure which? The table under this form has the letters.")
    )
    jurisdiction = forms.ChoiceField(
        label=_("Where it is valid"), help_text=_("The state, province or country that gave it.")
    )
    field_order = ("profession", "jurisdiction", "number", "expires_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "profession", [*_CHOOSE, *queries.profession_choices()])
        _offer(self, "jurisdiction", [*_CHOOSE, *queries.spoken(queries.jurisdiction_choices())])


class AuthorityForm(forms.Form):
    """What is held under a compact, on the strength of one licence.

    One choice says both what and, when each state gives its own privilege, where.
    """

    what = forms.ChoiceField(label=_("What you hold"))
    expires_on = _expiry()

    def __init__(self, *args: Any, licence: Licence, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offered = queries.offered(licence)
        _offer(self, "what", [*_CHOOSE, *((key, offer.label) for key, offer in self._offered.items())])

    def chosen(self) -> tuple[CompactPrivilege, str | None]:
        """The privilege, and the remote state when it is one state's."""
        offer = self._offered[self.cleaned_data["what"]]
        return offer.privilege, offer.jurisdiction


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
