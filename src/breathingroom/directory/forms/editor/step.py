"""What all steps have in common."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise

Label = str | Promise
FOLDED = "directory/_folded_choices.html"


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

    def collections(self) -> dict[str, Collection[Any]]:
        """What hangs on the listing and is asked for here: concerns, languages, approaches and so on."""
        return {}

    def fold(
        self, name: str, choices: Iterable[tuple[str, Label]], above: Iterable[str], label: Label
    ) -> None:
        """Show the choices in `above` and the chosen ones, and the rest behind a fold called `label`."""
        field = self.fields[name]
        seen = {*above, *(self[name].value() or ())}
        shown: list[tuple[Any, Any]] = [choice for choice in choices if choice[0] in seen]
        rest = [choice for choice in choices if choice[0] not in seen]
        field.widget.template_name = FOLDED
        field.choices = [*shown, (label, rest)] if rest else shown  # type: ignore[attr-defined]


def at_most(most: int, chosen: list[str], why: Label) -> list[str]:
    """The chosen ones. Raises ValidationError, saying why, when they are more than `most`."""
    if len(chosen) > most:
        raise forms.ValidationError(str(why))
    return chosen
