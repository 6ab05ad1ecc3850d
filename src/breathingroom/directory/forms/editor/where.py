"""Where they sit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.core import places
from breathingroom.core.places import Spot
from breathingroom.directory.forms.editor.step import StepForm
from breathingroom.licensure import queries as licensure


class WhereForm(StepForm):
    NEEDED = ("place",)

    place = forms.ChoiceField(
        label=_("Where you sit when you work"),
        required=False,
        help_text=_("In person, you are found by people in this place."),
    )
    spot = forms.CharField(
        label=_("Postal code or city"),
        max_length=places.LONGEST,
        required=False,
        help_text=_(
            "For those who look near them, and only roughly. A postal code of the United States, such as "
            "98101, or a city, such as “Toronto, Ontario”. Anybody can read it."
        ),
    )
    city = forms.CharField(
        label=_("City or area, in your words"),
        max_length=80,
        required=False,
        help_text=_("For example “Capitol Hill, Seattle”. Left empty, it is the city above."),
    )
    practice = forms.CharField(
        label=_("Practice"),
        max_length=120,
        required=False,
        help_text=_("The name of the practice, clinic or group you work in, if it has one."),
    )

    def __init__(self, *args: Any, facts: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, facts=facts, **kwargs)
        self.zone: str = facts["time_zone"]
        choices = [("", _("Choose a place")), *licensure.spoken(licensure.jurisdiction_choices())]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        spot = places.spot(facts["spot"])
        return {**facts, "spot": spot.label if spot else facts["spot"]}

    def clean_spot(self) -> Spot | None:
        typed = self.cleaned_data["spot"]
        country = self.cleaned_data.get("place", "")[:2]
        spot = places.find(typed, country or "US") if typed else None
        if typed and spot is None:
            raise forms.ValidationError(
                _("We do not know this place. Try a bigger city nearby, with its state or province.")
            )
        if spot and country and spot.country != country:
            raise forms.ValidationError(
                _("This seems to be %(place)s, outside the place chosen above.") % {"place": spot.label}
            )
        return spot

    def fields_changed(self) -> dict[str, Any]:
        """A spot says the city and the zone as well, where nothing else was said."""
        said, spot = self.cleaned_data, self.cleaned_data["spot"]
        city = said["city"] or (spot.label.partition(",")[0] if spot else "")
        return {
            "place_id": said["place"] or None,
            "spot": spot.code if spot else "",
            "city": city,
            "practice": said["practice"],
            "time_zone": self.zone or (spot.time_zone if spot else ""),
        }
