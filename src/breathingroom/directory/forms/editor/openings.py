"""Whether there is room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.directory.forms.editor.step import StepForm


class OpeningsForm(StepForm):
    accepting = forms.BooleanField(label=_("I am taking new people now"), required=False)
    openings = forms.IntegerField(label=_("How many openings"), required=False, min_value=0, max_value=50)
    wait_weeks = forms.IntegerField(
        label=_("Or the wait, in weeks"),
        required=False,
        min_value=0,
        max_value=104,
        help_text=_("Leave it empty when there is no waiting list."),
    )

    def fields_changed(self) -> dict[str, Any]:
        """Saving this step is a confirmation: openings are a promise with a date."""
        said = self.cleaned_data
        openings = (said["openings"] or 0) if said["accepting"] else 0
        return {
            "accepting": said["accepting"],
            "openings": openings,
            "wait_weeks": said["wait_weeks"] or None,
            "openings_confirmed_on": clock.today(),
        }
