"""What is typed about introductory calls: how they happen, when they are offered, which one is booked."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock, zones
from breathingroom.directory.choices import CALL_MINUTES, CallBy

NOTICE = [(2, _("2 hours")), (12, _("12 hours")), (24, _("1 day")), (48, _("2 days")), (168, _("a week"))]
HORIZON = [(14, _("2 weeks")), (28, _("4 weeks")), (56, _("8 weeks"))]
MOST_AHEAD = dt.timedelta(days=730)
A_MONDAY = dt.date(2024, 1, 1)
ONCE = "once"
_NUMBER = re.compile(r"\+?[\d ()./-]{6,40}")


class TermsForm(forms.Form):
    """How the calls happen."""

    way = forms.ChoiceField(label=_("How you talk"), choices=CallBy, widget=forms.RadioSelect)
    reach = forms.CharField(
        label=_("Your number, or the address of your room"),
        max_length=200,
        help_text=_(
            "Shown only to whoever has booked, until the call is over. Kept sealed. "
            "A number such as +1 206 555 0100, or an address that begins with https://"
        ),
    )
    notice_hours = forms.TypedChoiceField(
        label=_("Notice you need at least"), choices=NOTICE, coerce=int, initial=24
    )
    horizon_days = forms.TypedChoiceField(
        label=_("How far ahead people may book"), choices=HORIZON, coerce=int, initial=28
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        way, reach = said.get("way"), said.get("reach", "")
        if reach and way == CallBy.PHONE and not _NUMBER.fullmatch(reach):
            self.add_error("reach", _("This does not look like a telephone number."))
        if reach and way == CallBy.LINK and not _is_address(reach):
            self.add_error("reach", _("The address must begin with https:// and have no spaces."))
        return said


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"https://[^\s/<>\"']+\.[^\s<>\"']+", text))


def _zone(**given: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Time zone"), choices=zones.grouped, **given)


class OfferForm(forms.Form):
    """One time: each week, or once."""

    weekday = forms.TypedChoiceField(
        label=_("How often"), coerce=lambda day: None if day == ONCE else int(day)
    )
    begins_on = forms.DateField(
        label=_("From this day, or the day itself"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Until and with this day"),
        required=False,
        help_text=_("Leave it empty to go on until you take it back."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    time_zone = _zone(
        help_text=_(
            "The clock it goes by. When that clock changes in spring and autumn, the call moves with it."
        )
    )
    minutes = forms.TypedChoiceField(
        label=_("Minutes"), choices=[(each, each) for each in CALL_MINUTES], coerce=int, initial=20
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [formats.date_format(A_MONDAY + dt.timedelta(days=n), "l") for n in range(7)]
        weekly = [(n, _("Every week on %(day)s") % {"day": day}) for n, day in enumerate(days)]
        self.fields["weekday"].choices = [*weekly, (ONCE, _("Once, on one day"))]  # type: ignore[attr-defined]

    def clean_at(self) -> dt.time:
        at: dt.time = self.cleaned_data["at"]
        return at.replace(second=0, microsecond=0)

    def clean_begins_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["begins_on"]
        today = clock.today()
        if not today - dt.timedelta(days=366) <= day <= today + MOST_AHEAD:
            raise forms.ValidationError(_("Choose a day within the next two years."))
        return day

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        begins, ends = said.get("begins_on"), said.get("ends_on")
        if "weekday" in self.errors or begins is None:
            return said
        if said.get("weekday") is None:
            said["ends_on"] = begins
            self._judge_one_day(begins)
        elif ends and ends < begins + dt.timedelta(days=(said["weekday"] - begins.weekday()) % 7):
            self.add_error("ends_on", _("There is no such weekday between the two days."))
        return said

    def _judge_one_day(self, day: dt.date) -> None:
        """A single day must be to come, and its clock must show that time on it."""
        at, zone = self.cleaned_data.get("at"), zones.known(self.cleaned_data.get("time_zone", ""))
        if at is None or zone is None:
            return
        if zones.moment(day, at, zone) <= clock.now():
            self.add_error("begins_on", _("This time is over already."))
        elif zones.is_skipped(day, at, zone):
            self.add_error("at", _("On that day the clocks are put forward past this time. Choose another."))


class OfferDoForm(forms.Form):
    """What to do with one offer; `day` is the day that is left out or taken in again."""

    do = forms.ChoiceField(
        choices=[(each, each) for each in ("pause", "resume", "withdraw", "skip", "unskip")]
    )
    day = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("do") in {"skip", "unskip"} and not said.get("day"):
            self.add_error("day", _("Say which day."))
        return said


class ZoneForm(forms.Form):
    """The clock by which times are shown."""

    zone = _zone(required=False)


class SlotForm(ZoneForm):
    """A free time, as an address names it: "2026-11-30T17:00Z"."""

    at = forms.RegexField(r"^\d{4}-\d\d-\d\dT\d\d:\d\dZ$", max_length=17)

    def clean_at(self) -> dt.datetime:
        try:
            return dt.datetime.strptime(self.cleaned_data["at"], "%Y-%m-%dT%H:%MZ").replace(tzinfo=dt.UTC)
        except ValueError as wrong:
            raise forms.ValidationError(_("This is no time.")) from wrong
