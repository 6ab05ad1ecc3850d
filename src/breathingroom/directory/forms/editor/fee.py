"""What it costs, and in which languages."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.choices import Currency, Language
from breathingroom.directory.forms.editor.step import StepForm

COMMON = (Language.ENGLISH, Language.SPANISH, Language.SIGN)
AMOUNT: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 100_000, "decimal_places": 2}


class FeeForm(StepForm):
    NEEDED = ("languages",)

    least = forms.DecimalField(label=_("Fee for one session, from"), **AMOUNT)
    most = forms.DecimalField(label=_("up to"), **AMOUNT)
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency)
    sliding = forms.BooleanField(label=_("I have a sliding scale"), required=False)
    pro_bono = forms.IntegerField(
        label=_("Places without a fee"),
        required=False,
        min_value=0,
        max_value=20,
        help_text=_("How many colleagues you see pro bono. Leave it empty when you have no such places."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you can work in"),
        choices=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fold("languages", Language.choices, COMMON, _("More languages"))

    def start(self, facts: dict[str, Any]) -> dict[str, Any]:
        least, most = (_whole(facts[name]) for name in ("fee_least", "fee_most"))
        pro_bono = facts["pro_bono"] or None
        return {**facts, "least": least, "most": most if most != least else None, "pro_bono": pro_bono}

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
        return {"fee_least": least, "fee_most": most, "pro_bono": said["pro_bono"] or 0, **kept}

    def collections(self) -> dict[str, Collection[Any]]:
        return {"languages": self.cleaned_data["languages"]}


def _whole(minor: int | None) -> str | None:
    """Minor units as they are typed: "140", "82.50"."""
    if minor is None:
        return None
    return f"{minor // 100}" if minor % 100 == 0 else f"{minor / 100:.2f}"
