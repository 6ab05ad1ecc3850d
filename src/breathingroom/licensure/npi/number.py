"""The number itself: ten digits, the last of which checks the others."""

import re
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIGITS = 10
CARD = "80840"
"""Health (80) and the United States (840): stands before the number on a card, and in the check."""
FIRST = ("1", "2")

OTHER_SIGNS = _("An NPI is made of digits only. Take out everything that is no digit.")
WRONG_LENGTH = _("An NPI has 10 digits, or 15 as on a card. This one has %(count)d.")
NO_CARD = _("A number of 15 digits begins with 80840, as on a card. Type the last 10 digits alone.")
WRONG_START = _("An NPI begins with 1 or 2. Is this another number, such as a licence number?")
WRONG_CHECK = _(
    "The digits do not fit each other, so one of them is mistyped. Compare them with your record."
)


class BadNumber(ValueError):
    """The text is no NPI; `why` says in a sentence what is wrong with it."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


def read(text: str) -> str:
    """The ten digits of an NPI typed with spaces or dashes, or as on a card. Raises BadNumber."""
    typed = re.sub(r"[\s\-\u2010-\u2015]", "", text)
    if not re.fullmatch(r"[0-9]*", typed):
        raise BadNumber(OTHER_SIGNS)
    number = _ten(typed)
    if number[0] not in FIRST:
        raise BadNumber(WRONG_START)
    if not fits(number):
        raise BadNumber(WRONG_CHECK)
    return number


def _ten(typed: str) -> str:
    """The number without what a card says before it."""
    if len(typed) == DIGITS:
        return typed
    if len(typed) != DIGITS + len(CARD):
        raise BadNumber(WRONG_LENGTH % {"count": len(typed)})
    if not typed.startswith(CARD):
        raise BadNumber(NO_CARD)
    return typed.removeprefix(CARD)


def fits(number: str) -> bool:
    """Whether the last digit checks the others (ISO 7812, over the number as it stands on a card)."""
    backwards = [int(digit) for digit in reversed(CARD + number)]
    return (sum(backwards[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in backwards[1::2])) % 10 == 0


class NpiField(forms.CharField):
    """An NPI in a form; its cleaned value is the ten digits, or "" when it may be left out."""

    def __init__(self, **options: Any) -> None:
        given = {"label": _("NPI"), "max_length": 40, "required": False, **options}
        super().__init__(**given)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        try:
            return read(text) if text else ""
        except BadNumber as error:
            raise forms.ValidationError(str(error.why), code="npi") from error
