"""The two forms of an import: where it comes from, and what of it to take."""

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.forms.importing.meaning import Value
from breathingroom.directory.forms.importing.proposals import FIELDS, fields_of
from breathingroom.directory.forms.importing.raw import LABELS, LISTS, LONGEST, MOST_VALUES
from breathingroom.licensure import npi

MOST_BYTES = 300_000
TOO_LARGE = _("This is larger than 300 kB. Give only the part that is about you.")
MOST_HELD = 100_000
STALE = _("What you had chosen is no longer here. Please give the file again.")


class SourceForm(forms.Form):
    """A text or a file; one of them."""

    text = forms.CharField(
        label=_("Paste it here"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("JSON-LD from your own page, or the filled-in CSV."),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,.html,.htm,.csv,.txt"}),
        help_text=_("A page of yours that you saved (HTML), a JSON-LD file, or a CSV. Up to 300 kB."),
    )

    def clean_file(self) -> str:
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if upload is None:
            return ""
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return _decoded(upload.read())

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and not said.get("text", "").strip() and not said.get("file", "").strip():
            self.add_error("text", _("Paste something, or choose a file."))
        return said

    def source(self) -> str:
        """What was given; a file counts before a text."""
        return str(self.cleaned_data["file"] or self.cleaned_data["text"])


def _decoded(data: bytes) -> str:
    """The text of a file as spreadsheets and browsers save it. Raises ValidationError for what is no text."""
    is_wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise forms.ValidationError(_("This file is not text. Save it as HTML, JSON or CSV."))


class NpiForm(forms.Form):
    """One's own number in the public register."""

    number = npi.NpiField(label=_("Your NPI"), required=True)


class TakeForm(forms.Form):
    """What the preview offered, carried by the page, and which of it to take."""

    held = forms.CharField(max_length=MOST_HELD, widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(
        choices=list(LABELS.items()),
        required=False,
        error_messages={"required": _("Choose at least one thing, or leave it all as it is.")},
    )

    def clean_held(self) -> dict[str, dict[str, Value]]:
        """Values by key and field, as texts or lists of texts; the editor's forms judge them again."""
        try:
            held = json.loads(self.cleaned_data["held"])
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(STALE) from error
        if not isinstance(held, dict) or not all(_is_held(key, values) for key, values in held.items()):
            raise forms.ValidationError(STALE)
        return held

    def chosen(self) -> dict[str, dict[str, Value]]:
        """The values to take, in the order of the editor."""
        held, take = self.cleaned_data["held"], self.cleaned_data["take"]
        return {key: held[key] for key in LABELS if key in take and key in held}


def _is_held(key: str, values: Any) -> bool:
    return (
        key in FIELDS
        and isinstance(values, dict)
        and bool(values)
        and all(name in fields_of(key) and _is_value(key, value) for name, value in values.items())
    )


def _is_value(key: str, value: Any) -> bool:
    if key in LISTS:
        known = isinstance(value, list) and len(value) <= MOST_VALUES
        return known and all(isinstance(each, str) for each in value)
    return isinstance(value, str) and len(value) <= LONGEST and "\0" not in value
