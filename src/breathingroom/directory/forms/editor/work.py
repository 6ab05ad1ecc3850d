"""What they do, and how."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.core import concerns
from breathingroom.directory.choices import Approach, Role
from breathingroom.directory.forms.editor.step import StepForm, at_most
from breathingroom.licensure.choices import Format

MOST_CONCERNS = 20
MOST_APPROACHES = 8


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
    approaches = forms.MultipleChoiceField(
        label=_("Ways of working"),
        choices=Approach,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you are trained in, eight at most."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fold("approaches", Approach.choices, (), _("Choose from the list"))

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        roles = [role for role in Role.values if facts[role]]
        formats = [format for format in Format.values if facts[format]]
        codes = {kind: facts[kind] for kind in ("concerns", "approaches")}
        return {"roles": roles, "formats": formats, **codes}

    def clean_concerns(self) -> list[str]:
        why = _("Choose 20 at most, so that each one means something.")
        return at_most(MOST_CONCERNS, self.cleaned_data["concerns"], why)

    def clean_approaches(self) -> list[str]:
        why = _("Choose eight at most: those you would name first.")
        return at_most(MOST_APPROACHES, self.cleaned_data["approaches"], why)

    def fields_changed(self) -> dict[str, Any]:
        roles = {role: role in self.cleaned_data["roles"] for role in Role.values}
        return {**roles, **{format: format in self.cleaned_data["formats"] for format in Format.values}}

    def collections(self) -> dict[str, Collection[Any]]:
        return {kind: self.cleaned_data[kind] for kind in ("concerns", "approaches")}
