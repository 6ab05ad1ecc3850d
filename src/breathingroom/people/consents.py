"""The texts that members agree to. Raise `version` when a meaning changes: every member is asked again."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Text:
    """One text to agree to; `consequence` says what withdrawing it does."""

    kind: str
    version: int
    title: Words
    words: tuple[Words, ...]
    consequence: Words


TERMS = Text(
    kind="terms",
    version=1,
    title=_("How we treat each other here"),
    words=(
        _("What you say about yourself and your licences is true, and you keep it up to date."),
        _("You write to people, not to sell. You do not collect what others share here."),
        _("You never write about a client in a way that somebody could recognise."),
        _("Nothing here is emergency help, and this house is nobody’s therapist."),
        _("We may close an account that harms others. We say why, and you may answer."),
    ),
    consequence=_(
        "Without this agreement you cannot use an account. Withdrawing it takes your listing out of sight "
        "and signs you out everywhere; you can agree again when you come back, or erase everything."
    ),
)
PRIVACY = Text(
    kind="privacy",
    version=1,
    title=_("What we may keep about you"),
    words=(
        _("We keep your e-mail address, and what you choose to write on your own pages."),
        _("We use it to run this house for you, and for nothing else. No advertising, no trackers, no sale."),
        _("The operator of this house can read what is not encrypted in your browser."),
        _("You can see it, take it along and erase it at any time, in your privacy centre."),
    ),
    consequence=_(
        "Without this agreement we may keep nothing about you, so you cannot use an account. "
        "Withdrawing it takes your listing out of sight and signs you out everywhere; "
        "erasing the account removes what we hold."
    ),
)
TEXTS = (TERMS, PRIVACY)
KINDS = {text.kind: text for text in TEXTS}
