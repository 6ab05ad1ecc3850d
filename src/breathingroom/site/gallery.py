"""What the design gallery shows: each component in each of its states, with words of its own."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.core import clock

COLOURS = (
    "paper", "surface", "sunken", "ink", "ink-soft", "line", "edge",
    "sage", "sage-wash", "clay", "clay-wash", "on-sage", "focus",
)  # fmt: skip
TYPE_STEPS = ("step--1", "step-0", "step-1", "step-2", "step-3", "step-4")


class Specimen(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As colleagues know you."), max_length=40)
    words = forms.CharField(label=_("A few words"), widget=forms.Textarea, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("therapist", _("Therapist")), ("supervisor", _("Supervisor"))]
    )
    formats = forms.MultipleChoiceField(
        label=_("How you meet"),
        choices=[("online", _("Online")), ("in_person", _("In person"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accepting = forms.BooleanField(label=_("I have openings"), required=False)


def everything() -> dict[str, Any]:
    """The context of the gallery page: colours, type, forms at rest and with errors, days, steps."""
    today = clock.today()
    return {
        "colours": COLOURS,
        "type_steps": TYPE_STEPS,
        "form": Specimen(prefix="rest"),
        "form_with_errors": Specimen({"wrong-name": "", "wrong-words": "…"}, prefix="wrong"),
        "days": [today - dt.timedelta(days=days) for days in (0, 1, 6, 200)],
        "seeds": ["maren", "teo", "ines", "asha", "lucia", "ben"],
        "steps": [(_("About you"), "#steps"), (_("Your work"), "#steps"), (_("Review"), "")],
        "here_step": _("Your work"),
    }
