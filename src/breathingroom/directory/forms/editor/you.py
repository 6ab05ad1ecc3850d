"""Who they are."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock
from breathingroom.directory.choices import Identity
from breathingroom.directory.forms.editor.step import StepForm, at_most
from breathingroom.licensure import queries as licensure

EARLIEST = 1940
MOST_IDENTITIES = 6


class YouForm(StepForm):
    NEEDED = ("name", "profession")

    name = forms.CharField(label=_("Your name, as colleagues should see it"), max_length=120, required=False)
    credentials = forms.CharField(
        label=_("Credentials"),
        max_length=80,
        required=False,
        help_text=_("As you sign, for example PhD or LCSW."),
    )
    pronouns = forms.CharField(label=_("Pronouns"), max_length=40, required=False)
    profession = forms.ChoiceField(label=_("Profession"), required=False)
    treating_since = forms.IntegerField(
        label=_("Treating clinicians since"),
        required=False,
        min_value=EARLIEST,
        help_text=_("The year in which you began to see colleagues, four digits."),
    )
    identities = forms.MultipleChoiceField(
        label=_("Who you are"),
        choices=Identity,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only if you want to, six at most. Some colleagues look for somebody who shares something "
            "with them. Anybody can read what you choose here."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose yours")), *licensure.profession_choices()]
        self.fields["profession"].choices = choices  # type: ignore[attr-defined]
        self.fold("identities", Identity.choices, (), _("Choose from the list"))

    def clean_treating_since(self) -> int | None:
        year: int | None = self.cleaned_data["treating_since"]
        if year and year > clock.today().year:
            raise forms.ValidationError(_("This year has not come yet."))
        return year

    def clean_identities(self) -> list[str]:
        return at_most(MOST_IDENTITIES, self.cleaned_data["identities"], _("Choose six at most."))

    def fields_changed(self) -> dict[str, Any]:
        said = self.cleaned_data
        kept = {name: said[name] for name in ("name", "credentials", "pronouns", "treating_since")}
        return {**kept, "profession_id": said["profession"] or None}

    def collections(self) -> dict[str, Collection[Any]]:
        return {"identities": self.cleaned_data["identities"]}
