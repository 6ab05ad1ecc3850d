"""The steps of the listing editor. A draft may lack anything; a listing beyond draft keeps what it needs."""

import re
from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock, concerns
from breathingroom.directory import photos
from breathingroom.directory.choices import Currency, Language, Role
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format

MOST_CONCERNS = 20
EARLIEST = 1940
COMMON = (Language.ENGLISH, Language.SPANISH, Language.SIGN)


class StepForm(forms.Form):
    """One step: starts from the listing's facts, and gives back what to change.

    `NEEDED` names the fields that a listing beyond draft (`live`) may not empty.
    """

    NEEDED: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, files: Any = None, *, facts: dict[str, Any], live: bool) -> None:
        super().__init__(data, files, initial=self.start(facts))
        self.use_required_attribute = False
        for name in self.NEEDED:
            self.fields[name].required = live or not self.is_bound  # a draft is told, and saved all the same

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The form's values for these facts."""
        return facts

    def fields_changed(self) -> dict[str, Any]:
        """Fields of the listing with their new values."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def codes(self, kind: str) -> Collection[str] | None:
        """The codes of `concerns` or `languages` this step asks for, None when it does not."""
        return None


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose yours")), *licensure.profession_choices()]
        self.fields["profession"].choices = choices  # type: ignore[attr-defined]

    def clean_treating_since(self) -> int | None:
        year: int | None = self.cleaned_data["treating_since"]
        if year and year > clock.today().year:
            raise forms.ValidationError(_("This year has not come yet."))
        return year

    def fields_changed(self) -> dict[str, Any]:
        fields = super().fields_changed()
        profession = fields.pop("profession")
        return {**fields, "profession_id": profession or None}


class WorkForm(StepForm):
    NEEDED = ("roles", "formats", "concerns")

    roles = forms.MultipleChoiceField(
        label=_("What you can be to a colleague"),
        choices=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With any one person you are therapist or supervisor, never both."),
    )
    formats = forms.MultipleChoiceField(
        label=_("How you meet"), choices=Format, required=False, widget=forms.CheckboxSelectMultiple
    )
    concerns = forms.MultipleChoiceField(
        label=_("What you work with"),
        choices=concerns.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose what you know well, 20 at most: people find you by these."),
    )

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        roles = [role for role in Role.values if facts[role]]
        formats = [format for format in Format.values if facts[format]]
        return {"roles": roles, "formats": formats, "concerns": facts["concerns"]}

    def clean_concerns(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["concerns"]
        if len(chosen) > MOST_CONCERNS:
            raise forms.ValidationError(_("Choose 20 at most, so that each one means something."))
        return chosen

    def fields_changed(self) -> dict[str, Any]:
        roles = {role: role in self.cleaned_data["roles"] for role in Role.values}
        return {**roles, **{format: format in self.cleaned_data["formats"] for format in Format.values}}

    def codes(self, kind: str) -> Collection[str] | None:
        return self.cleaned_data["concerns"] if kind == "concerns" else None


class WhereForm(StepForm):
    NEEDED = ("place",)

    place = forms.ChoiceField(
        label=_("Where you sit when you work"),
        required=False,
        help_text=_("In person, you are found by people in this place."),
    )
    city = forms.CharField(label=_("City or area"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a place")), *licensure.spoken(licensure.jurisdiction_choices())]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def fields_changed(self) -> dict[str, Any]:
        return {"place_id": self.cleaned_data["place"] or None, "city": self.cleaned_data["city"]}


AMOUNT: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 100_000, "decimal_places": 2}


class FeeForm(StepForm):
    NEEDED = ("languages",)

    least = forms.DecimalField(label=_("Fee for one session, from"), **AMOUNT)
    most = forms.DecimalField(label=_("up to"), **AMOUNT)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency)
    sliding = forms.BooleanField(label=_("I have a sliding scale"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages you can work in"),
        choices=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["languages"]
        field.widget.template_name = "directory/_folded_choices.html"
        field.choices = _common_first(self["languages"].value() or ())  # type: ignore[attr-defined]

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        least, most = (_whole(facts[name]) for name in ("fee_least", "fee_most"))
        return {**facts, "least": least, "most": most if most != least else None}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        least, most = said.get("least"), said.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This is less than where the fee begins."))
        return said

    def fields_changed(self) -> dict[str, Any]:
        said = self.cleaned_data
        given = [amount for amount in (said["least"], said["most"]) if amount is not None]
        least, most = (int(min(given) * 100), int(max(given) * 100)) if given else (None, None)
        kept = {name: said[name] for name in ("currency", "sliding")}
        return {"fee_least": least, "fee_most": most, **kept}

    def codes(self, kind: str) -> Collection[str] | None:
        return self.cleaned_data["languages"] if kind == "languages" else None


def _common_first(chosen: Collection[str]) -> list[tuple[Any, Any]]:
    """The languages most are asked for, and those that are chosen; the rest in a group of its own."""
    above = {*COMMON, *chosen}
    seen = [choice for choice in Language.choices if choice[0] in above]
    return [*seen, (_("More languages"), [choice for choice in Language.choices if choice[0] not in above])]


def _whole(minor: int | None) -> str | None:
    """Minor units as they are typed: "140", "82.50"."""
    if minor is None:
        return None
    return f"{minor // 100}" if minor % 100 == 0 else f"{minor / 100:.2f}"


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


class WordsForm(StepForm):
    NEEDED = ("headline", "contact")

    headline = forms.CharField(
        label=_("One sentence about your work with clinicians"), max_length=140, required=False
    )
    about = forms.CharField(
        label=_("More, in your own words"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Blank lines make paragraphs, *stars* emphasis, “- ” a list. Never write about clients."),
    )
    contact = forms.CharField(
        label=_("How people reach you"),
        max_length=200,
        required=False,
        help_text=_("A web page (https://…), a phone number or an e-mail address. Anybody can read it."),
    )
    picture = forms.FileField(
        label=_("Photograph"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP, up to 8 MB. We keep a small copy without place, time or camera. "
            "Without one, you have a ring picture that is yours alone."
        ),
    )

    def clean_about(self) -> str:
        return re.sub(r"\r\n?", "\n", self.cleaned_data["about"])

    def clean_picture(self) -> bytes | None:
        """The upload as a clean picture; a bad one is an error in the form, and the words are kept."""
        upload: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if upload is None:
            return None
        if (upload.size or 0) > photos.MOST_BYTES:
            raise forms.ValidationError(photos.TOO_LARGE)
        try:
            return photos.clean(upload.read())
        except photos.UnusablePhoto as problem:
            raise forms.ValidationError(str(problem)) from problem

    def fields_changed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("headline", "about", "contact")}


class PlaceForm(forms.Form):
    """The question on a listing's page: where will you be, and how would you meet?"""

    where = forms.ChoiceField(label=_("Where you will be sitting"), required=False)
    format = forms.ChoiceField(
        label=_("How you’d meet"), choices=[("", _("Either way")), *Format.choices], required=False
    )

    def __init__(self, data: Any, *, places: Any) -> None:
        super().__init__(data)
        self.places = licensure.spoken(places)
        self.fields["where"].choices = [("", _("Choose a place")), *self.places]  # type: ignore[attr-defined]


class DeleteForm(forms.Form):
    """What is typed back before a listing goes."""

    typed = forms.CharField(max_length=150)
