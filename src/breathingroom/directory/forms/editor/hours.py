"""When they see people."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from breathingroom.core import zones
from breathingroom.directory.forms import stretches
from breathingroom.directory.forms.editor.step import StepForm

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LIKE_MONDAY = DAYS[1:5]


class DayField(forms.CharField):
    """The hours of one weekday; its cleaned value are stretches."""

    def __init__(self, weekday: int) -> None:
        super().__init__(label=WEEKDAYS[weekday], max_length=80, required=False)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        try:
            return stretches.read(super().clean(value))
        except stretches.Unreadable as error:
            raise forms.ValidationError(error.why) from error


class HoursForm(StepForm):
    """A line for each weekday, by the clock of one zone. All of it may stay empty."""

    monday = DayField(0)
    tuesday = DayField(1)
    wednesday = DayField(2)
    thursday = DayField(3)
    friday = DayField(4)
    saturday = DayField(5)
    sunday = DayField(6)
    alike = forms.BooleanField(
        label=_("Tuesday to Friday like Monday, where I left them empty"), required=False
    )
    time_zone = forms.ChoiceField(label=_("Time zone of these hours"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a time zone")), *zones.grouped()]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        week: dict[int, list[stretches.Stretch]] = {}
        for weekday, begins, ends in facts["hours"]:
            week.setdefault(weekday, []).append((begins, ends))
        lines = {day: stretches.written(week.get(number, ())) for number, day in enumerate(DAYS)}
        return {**lines, "time_zone": facts["time_zone"] or facts.get("usual_zone", "")}

    def week(self) -> list[BoundField]:
        """The seven lines."""
        return [self[day] for day in DAYS]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("alike"):
            for day in LIKE_MONDAY:
                said[day] = said.get(day) or said.get("monday") or []
        if any(said.get(day) for day in DAYS) and not said.get("time_zone", "-"):
            self.add_error("time_zone", _("Hours need a time zone: colleagues may sit in another one."))
        return said

    def fields_changed(self) -> dict[str, Any]:
        return {"time_zone": self.cleaned_data["time_zone"]}

    def collections(self) -> dict[str, Collection[Any]]:
        week: list[tuple[int, dt.time, dt.time]] = [
            (number, begins, ends)
            for number, day in enumerate(DAYS)
            for begins, ends in self.cleaned_data[day]
        ]
        return {"hours": week}
