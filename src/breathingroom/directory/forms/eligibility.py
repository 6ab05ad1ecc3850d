"""One question: may they see me there, on that day?"""

import datetime as dt

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.forms.search import Place
from breathingroom.directory.index import Grouped
from breathingroom.licensure.choices import Format

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class Day(forms.Field):
    """A day as ISO 8601 writes it, whatever the reader's language; None when nothing was said."""

    def clean(self, value: str | None) -> dt.date | None:
        if not value:
            return None
        try:
            day = dt.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
        except ValueError as error:
            raise forms.ValidationError(_("Write the day as 2026-11-22.")) from error
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Say a day between 2000 and 2100."))
        return day


class EligibilityForm(forms.Form):
    """Who, where, how and when. Without a format, whichever of theirs is best; without a day, today."""

    listing = forms.UUIDField(label=_("The id of a listing"))
    where = Place(label=_("Where you will be sitting"), required=True)
    format = forms.ChoiceField(label=_("How you’d meet"), choices=Format, required=False)
    on = Day(label=_("The day on which you would meet"), required=False)

    def __init__(self, data: QueryDict, *, places: Grouped) -> None:
        super().__init__(data)
        self.fields["where"].codes = frozenset(code for _name, found in places for code, _place in found)  # type: ignore[attr-defined]

    def clean_where(self) -> str:
        if not self.cleaned_data["where"]:
            raise forms.ValidationError(forms.Field.default_error_messages["required"])
        return str(self.cleaned_data["where"])
