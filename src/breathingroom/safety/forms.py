"""What the crisis page is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.safety import crisis


class CountryForm(forms.Form):
    """Which country's lines; a country that is not in the list is answered like no choice at all."""

    country = forms.ChoiceField(label=_("Where you are"), choices=crisis.countries, required=False)

    def chosen(self, otherwise: str) -> str:
        """The country asked for, or `otherwise` when none or a strange one was."""
        return (self.cleaned_data.get("country") if self.is_valid() else "") or otherwise
