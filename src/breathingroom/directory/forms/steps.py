"""The steps of the editor, in order: what each asks, and which of the missing things it mends."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from breathingroom.directory.forms import editor
from breathingroom.directory.rules import Missing

REVIEW = "review"


@dataclass(frozen=True)
class Step:
    """One page of the editor; `mends` says, for each thing that may be missing here, what to do."""

    slug: str
    name: str | Promise
    form: type[editor.StepForm]
    mends: dict[Missing, str | Promise]


STEPS = (
    Step(
        "you",
        _("About you"),
        editor.YouForm,
        {Missing.NAME: _("Say your name"), Missing.PROFESSION: _("Choose your profession")},
    ),
    Step(
        "work",
        _("Your work"),
        editor.WorkForm,
        {
            Missing.ROLE: _("Say whether you are therapist, supervisor or consultant"),
            Missing.FORMAT: _("Say whether you meet online or in person"),
            Missing.CONCERNS: _("Choose what you work with"),
        },
    ),
    Step("where", _("Where"), editor.WhereForm, {Missing.PLACE: _("Say where you sit when you work")}),
    Step("hours", _("Hours"), editor.HoursForm, {}),
    Step(
        "fee",
        _("Fee and languages"),
        editor.FeeForm,
        {Missing.LANGUAGES: _("Choose the languages you work in")},
    ),
    Step(
        "openings", _("Openings"), editor.OpeningsForm, {Missing.OPENINGS: _("Say whether you have openings")}
    ),
    Step(
        "words",
        _("Words and picture"),
        editor.WordsForm,
        {
            Missing.WORDS: _("Write one sentence about your work"),
        },
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}


def after(slug: str) -> str:
    """The step that follows; the review after the last."""
    slugs = [*BY_SLUG, REVIEW]
    return slugs[slugs.index(slug) + 1]


@dataclass(frozen=True)
class Mending:
    """Something that is missing: what to do about it, and in which step."""

    words: str | Promise
    step: Step


def mending(need: Missing) -> Mending:
    """What to do about something that is missing."""
    step = next(step for step in STEPS if need in step.mends)
    return Mending(step.mends[need], step)


def trail() -> list[tuple[str, str]]:
    """(name, address) of every page of the editor, for the line of steps."""
    pages = [(str(step.name), reverse("listing_step", args=[step.slug])) for step in STEPS]
    return [*pages, (gettext("Review"), reverse("listing_review"))]
