"""What the crisis page is asked, what a report says, and what a moderator decides."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.safety import crisis
from breathingroom.safety.choices import Decision, Reason


class CountryForm(forms.Form):
    """Which country's lines; a country that is not in the list is answered like no choice at all."""

    country = forms.ChoiceField(label=_("Where you are"), choices=crisis.countries, required=False)

    def chosen(self, otherwise: str) -> str:
        """The country asked for, or `otherwise` when none or a strange one was."""
        return (self.cleaned_data.get("country") if self.is_valid() else "") or otherwise


class ReportForm(forms.Form):
    """Why something is put before the moderators."""

    reason = forms.ChoiceField(label=_("What is wrong"), choices=Reason, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Anything they should know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write nothing about a client. The moderators see what you report, and not who you are."),
    )


class DecisionForm(forms.Form):
    """What a moderator decides, out of what is possible here."""

    decision = forms.ChoiceField(label=_("What you decide"), widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("What you say to the member"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "They read it on a page of their own; the mail only says that there is something to read."
        ),
    )

    def __init__(self, data: Any, *, possible: Collection[str], hides: Any = "") -> None:
        super().__init__(data)
        words = {**dict(Decision.choices), **({Decision.HIDE.value: hides} if hides else {})}
        choices = [(value, words[value]) for value in Decision.values if value in possible]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        self.is_about_somebody = Decision.WARN in possible
        if not self.is_about_somebody:
            del self.fields["said"]

    def clean(self) -> dict[str, Any]:
        """Whoever it is decided about is told why, where that is a member."""
        given: dict[str, Any] = self.cleaned_data
        decided = given.get("decision") not in {None, Decision.DISMISS}
        if self.is_about_somebody and decided and not given.get("said"):
            self.add_error("said", _("Say why: whoever is meant has a right to know."))
        return given


class LiftForm(forms.Form):
    """Which sanction ends."""

    sanction = forms.UUIDField()
