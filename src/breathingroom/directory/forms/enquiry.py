"""What is asked of whoever writes to a clinician, and what a clinician answers. No field asks why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.choices import OWN_LINES, YES_LINES, Line, Role


class EnquiryForm(forms.Form):
    """Who writes, how to reach them, and when it suits; a visitor also gives an address to confirm."""

    role = forms.ChoiceField(label=_("You are looking for a"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Who you are"),
        max_length=120,
        help_text=_("A name they can call you by. It need not be your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send a link there. Nothing reaches them before you open it. They do not see this."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    reach = forms.CharField(
        label=_("How they can reach you"),
        max_length=200,
        help_text=_("A phone number or an address where nobody else reads along. Only they see it."),
    )
    times = forms.CharField(
        label=_("Times that suit you"),
        max_length=300,
        required=False,
        help_text=_("For a first call, or for meeting: “weekdays after six”, for example."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, roles: list[Role], is_member: bool, name: str = "") -> None:
        super().__init__(data, initial={"name": name, "role": roles[0] if len(roles) == 1 else None})
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()
        if is_member:
            del self.fields["email"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_reach(self) -> str:
        return " ".join(self.cleaned_data["reach"].split())


def _choices() -> list[Any]:
    yes = [(line.value, line.label) for line in Line if line in YES_LINES]
    no = [(line.value, line.label) for line in Line if line not in YES_LINES]
    return [(_("Yes"), yes), (_("Not this time"), no)]


class AnswerForm(forms.Form):
    """A kind first sentence, and own words."""

    line = forms.ChoiceField(label=_("How it begins"), choices=_choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("More, in your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When you will ring, say, or whom else they might ask. 500 characters at most."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("line") in OWN_LINES and "words" in given and not given["words"].strip():
            self.add_error("words", _("Write the answer here, or choose one of the sentences."))
        return given


class BlockForm(forms.Form):
    """Whose block ends."""

    block = forms.UUIDField()


class LinkForm(forms.Form):
    """What a visitor does with what their link opens."""

    then = forms.ChoiceField(choices=[("send", ""), ("erase", "")])
