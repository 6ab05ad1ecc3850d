"""Small forms around one listing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.core import zones
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format


class PlaceForm(forms.Form):
    """The question on a listing's page: where will you be, and how would you meet?"""

    where = forms.ChoiceField(label=_("Where you will be sitting"), required=False)
    format = forms.ChoiceField(
        label=_("How you’d meet"), choices=[("", _("Either way")), *Format.choices], required=False
    )

    def __init__(self, data: Any, *, places: Any) -> None:
        super().__init__(data)
        self.places = licensure.spoken(places)
        self.fields["where"].choices = [("", _("Choose a place")), *self.places]  # type: ignore[attr-defined]


class ZoneForm(forms.Form):
    """By whose clock the hours on a listing's page are shown; a stranger may choose."""

    zone = forms.CharField(label=_("Time zone"), max_length=64, required=False)

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone and zone not in zones.names():
            raise forms.ValidationError(_("We do not know this time zone. The hours are in theirs."))
        return zone


class DeleteForm(forms.Form):
    """What is typed back before a listing goes."""

    typed = forms.CharField(max_length=150)
