"""What members type about themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from breathingroom.core import zones
from breathingroom.people import actions
from breathingroom.people.choices import STAFF_MINUTES
from breathingroom.people.consents import KINDS
from breathingroom.people.forms.address import bounded
from breathingroom.people.models import Member


class SignupForm(forms.Form):
    """What allauth's sign-up asks beside the address. allauth adds the e-mail field in front."""

    field_order = ("email", "agree")

    agree = forms.BooleanField(
        label=_("I agree to how we treat each other here, and to what is kept about me"),
        error_messages={"required": _("An account needs this agreement. Nothing has been saved.")},
    )

    def signup(self, request: HttpRequest, member: Member) -> None:
        """Called by allauth when the member has just been made."""
        actions.agree(by=member, kinds=tuple(KINDS))


class AboutYouForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, language and time zone."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Dates and times are shown in this zone.")
    )

    class Meta:
        model = Member
        fields = ("name", "language", "time_zone")
        help_texts = {"name": _("What other members may call you. It appears where you choose to write.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        offered = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
        self._choices("language", [("", _("as my browser asks")), *offered])
        self._choices("time_zone", [("", settings.TIME_ZONE), *zones.grouped()])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class StaffEnterForm(forms.Form):
    """Why somebody uses the staff pages, and for how long."""

    reason = forms.CharField(
        label=_("What for?"),
        max_length=300,
        min_length=5,
        strip=True,
        help_text=_("Every operator can read it for a year. Name nobody."),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[(count, format_lazy(_("{count} minutes"), count=count)) for count in STAFF_MINUTES],
        initial=30,
        widget=forms.RadioSelect,
    )


class EraseForm(forms.Form):
    """Typed confirmation: the member's own address."""

    address = forms.EmailField(label=_("Type your e-mail address"))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        bounded(self.fields["address"])
        self.fields["address"].widget.attrs.update({"autocomplete": "off", "data-type-back": member.email})

    def clean_address(self) -> str:
        typed = str(self.cleaned_data["address"]).lower()
        if typed != self.member.email:
            raise forms.ValidationError(
                _("That is not the address of this account. Nothing has been erased.")
            )
        return typed


class ConsentForm(forms.Form):
    """Agreeing to what has changed."""

    agree = forms.BooleanField(label=_("I have read this and agree"))


class KindForm(forms.Form):
    """One kind of consent, by its code."""

    kind = forms.ChoiceField(choices=[(kind, text.title) for kind, text in KINDS.items()])


class SessionForm(forms.Form):
    """One session to end, or all others when none is named."""

    session = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
