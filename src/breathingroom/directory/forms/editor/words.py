"""What they say of themselves, how to reach them, and a picture."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from breathingroom.directory import photos
from breathingroom.directory.forms.editor.step import StepForm


class WordsForm(StepForm):
    NEEDED = ("headline",)

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
        label=_("Another way to reach you"),
        max_length=200,
        required=False,
        help_text=_(
            "If you like: a web page (https://…), a number or an address. Anybody can read it. "
            "People can write to you here without it."
        ),
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
