"""What a member says about their licences. Whatever is typed stays in the form."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.licensure import evidence, queries
from breathingroom.licensure.actions.checks import Upload
from breathingroom.licensure.choices import CheckReason
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


class CheckForm(forms.Form):
    """What a member hands in for a check: a file, or only the wish that the number be looked up."""

    file = forms.FileField(
        label=_("A copy of your licence"),
        required=False,
        help_text=_("PDF, JPEG or PNG, up to 8 MB. You may leave it out where the number can be looked up."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, needed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].required = needed

    def clean_file(self) -> Upload | None:
        given = self.cleaned_data["file"]
        if not given:
            return None
        try:
            kind, content = evidence.clean(given.read())
        except evidence.Unusable as error:
            raise forms.ValidationError(str(error.why)) from error
        return Upload(evidence.clean_name(given.name, kind), kind, content)


class DecisionForm(forms.Form):
    """What one of the staff found."""

    GRANT, REFUSE, ASK = "grant", "refuse", "ask"
    outcome = forms.ChoiceField(
        label=_("What you found"),
        choices=[
            (GRANT, _("It is there as claimed: count it as checked today")),
            (ASK, _("Something is missing: ask the member")),
            (REFUSE, _("It is not there as claimed")),
        ],
        widget=forms.RadioSelect,
    )
    against = forms.CharField(
        label=_("Where you looked"),
        max_length=120,
        required=False,
        help_text=_("The register’s own name. Everybody can read it beside the day of the check."),
    )
    expires_on = _expiry()
    reason = forms.ChoiceField(
        label=_("Why not, or what is missing"), choices=[("", "–"), *CheckReason.choices], required=False
    )
    note = forms.CharField(
        label=_("Words to the member"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only they read them. Say kindly what would help."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["expires_on"].help_text = _("As the register says.")

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("outcome") == self.GRANT:
            self._clean_grant(given)
        elif not given.get("reason"):
            self.add_error("reason", _("Choose what the member will be told."))
        elif given["reason"] == CheckReason.OTHER and not given.get("note"):
            self.add_error("note", _("Say in words what it is."))

    def _clean_grant(self, given: dict[str, Any]) -> None:
        if not given.get("against"):
            self.add_error("against", _("Say where you found it: a check is worth what it was made against."))
        until = given.get("expires_on")
        if until and until < clock.today():
            self.add_error("expires_on", _("This day has passed, so the licence is not active."))


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
