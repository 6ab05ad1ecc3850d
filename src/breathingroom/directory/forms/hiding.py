"""What a member types about whom they keep away from."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.choices import Away
from breathingroom.directory.queries import hiding
from breathingroom.people.forms.address import bounded
from breathingroom.people.models import Member


class AwayForm(forms.Form):
    """One person or one practice, in the one field `words`."""

    kind: ClassVar[Away]
    prefix: str

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member


class PersonForm(AwayForm):
    """A person, by the address they use here."""

    kind = Away.PERSON
    prefix = "person"
    words = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("The one they would sign in with here. Add each one you know."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bounded(self.fields["words"])

    def clean_words(self) -> str:
        typed = str(self.cleaned_data["words"])
        if hiding.key(Away.PERSON, typed) == self.member.email:
            raise forms.ValidationError(_("That is your own address. Nothing was added."))
        return typed


class PracticeForm(AwayForm):
    """A practice, by the name its people give it."""

    kind = Away.PRACTICE
    prefix = "practice"
    words = forms.CharField(
        label=_("Name of the practice"),
        max_length=120,
        help_text=_("As it stands in their listings. Capitals, accents and full stops make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_words(self) -> str:
        typed = str(self.cleaned_data["words"])
        if not hiding.key(Away.PRACTICE, typed):
            raise forms.ValidationError(_("Write the name with letters or digits. Nothing was added."))
        return typed
