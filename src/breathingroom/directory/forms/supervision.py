"""Saying that one seeks supervision, and looking through those who do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.choices import Hours, Stage
from breathingroom.directory.models import SupervisionWish
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format

_MOST_PAGES = 10_000


class WishForm(forms.Form):
    """Where, as what, how far, how; no own words."""

    place = forms.ChoiceField(label=_("Where you work"))
    profession = forms.ChoiceField(label=_("Your profession, or the one you train for"))
    stage = forms.ChoiceField(label=_("Where you stand"), choices=Stage.choices, widget=forms.RadioSelect)
    hours_left = forms.IntegerField(
        label=_("Supervised hours left"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("About. Leave it empty if nobody counts them."),
    )
    formats = forms.MultipleChoiceField(
        label=_("How you’d meet"), choices=Format.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, wish: SupervisionWish | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _initial(wish)})
        self._choices("place", licensure.spoken(licensure.jurisdiction_choices()))
        self._choices("profession", licensure.profession_choices())

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *choices]

    def fields_of_wish(self) -> dict[str, Any]:
        """What was said, as fields of the model."""
        said = self.cleaned_data
        return {
            "place_id": said["place"],
            "profession_id": said["profession"],
            "stage": said["stage"],
            "hours_left": said["hours_left"],
            **{format: format in said["formats"] for format in Format.values},
        }


def _initial(wish: SupervisionWish | None) -> dict[str, Any]:
    if wish is None:
        return {}
    formats = [format for format in Format.values if getattr(wish, format)]
    return {
        "place": wish.place_id,
        "profession": wish.profession_id,
        "stage": wish.stage,
        "hours_left": wish.hours_left,
        "formats": formats,
    }


class SeekersForm(forms.Form):
    """What a supervisor looks for. What cannot be read is left out, and the rest still counts."""

    where = forms.MultipleChoiceField(required=False)
    profession = forms.MultipleChoiceField(required=False)
    stage = forms.MultipleChoiceField(required=False, choices=Stage.choices)
    hours = forms.MultipleChoiceField(required=False, choices=Hours.choices)
    format = forms.MultipleChoiceField(required=False, choices=Format.choices)
    page = forms.IntegerField(required=False, min_value=1, max_value=_MOST_PAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("where", licensure.jurisdiction_choices()),
            ("profession", licensure.profession_choices()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def asked(self) -> tuple[dict[str, frozenset[str]], int]:
        """The codes chosen in each facet, and the number of the page."""
        self.is_valid()
        said = self.cleaned_data
        names = ("where", "profession", "stage", "hours", "format")
        return {name: frozenset(said.get(name) or ()) for name in names}, said.get("page") or 1
