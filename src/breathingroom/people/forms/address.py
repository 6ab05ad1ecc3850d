"""What every field for an e-mail address refuses, wherever it stands."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 254  # characters; RFC 5321 carries no longer one, and no column of ours holds it
TOO_LONG = _("This address is longer than any e-mail address can be. Look whether something else got in.")


def fits(address: str) -> None:
    """Raises ValidationError. Counted as it is stored: a few letters grow when they are made small."""
    if len(address.lower()) > LONGEST:
        raise ValidationError(TOO_LONG, code="max_length")


def bounded(field: forms.Field) -> None:
    """Our bound and words instead of Django's 320; the browser cuts nothing off what is pasted."""
    field.validators = [each for each in field.validators if not isinstance(each, MaxLengthValidator)] + [
        fits
    ]
    field.widget.attrs.pop("maxlength", None)
