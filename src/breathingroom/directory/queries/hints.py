"""What in an enquiry reminds of frauds that therapists are sent. A hint, with its reason; never a verdict.

It looks for a handful of well-known stories: too much is paid and a part wanted back, somebody else pays or
books, money by ways that cannot be undone, a link to open. Innocent people write such words, too.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class _Story:
    pattern: re.Pattern[str]
    why: Promise


def _story(why: Promise, *parts: str) -> _Story:
    return _Story(re.compile("|".join(parts), re.I), why)


_STORIES = (
    _story(
        _("It speaks of a cheque, or of paying too much. A known fraud pays too much and wants a part back."),
        r"\b(?:e-?|cashier'?s |certified )?che(?:que|ck)s?\b(?!-?\s?(?:in|up|list|ing|ed)\b)",
        r"\boverpa(?:y|id|yment)",
        r"\brefund\b",
        r"\b(?:excess|balance) (?:funds?|amount|back)\b",
        r"\bsobrepago",
        r"\breembols",
        r"\bdevol\w+ (?:el resto|la diferencia)",
    ),
    _story(
        _("Somebody else is to pay or to arrange it. People who look for care for themselves seldom say so."),
        r"\b(?:my|his|her|the) (?:assistant|secretary|manager|employer|company|boss|pastor)"
        r" (?:will|can|is going to) (?:pay|send|handle|arrange)",
        r"\bon behalf of my (?:client|boss|employer)",
        r"\bmi (?:asistente|secretari[ao]|jefe|empresa) (?:pagar|enviar)",
        r"\b(?:my|our) (?:cousin|daughter|son|niece|nephew|ward|fiancée?)\b"
        r".{0,60}\b(?:visit|travel|coming|relocat)",
    ),
    _story(
        _("It offers to pay all in advance, or asks about cards or your bank. Talk first, be paid later."),
        r"\b(?:pay|paid|payment)\b.{0,30}\b(?:up ?front|in advance|in full|ahead)",
        r"\b(?:accept|take|process)\b.{0,20}\bcredit cards?",
        r"\bbank (?:details|account|information)",
        r"\b(?:routing|account) number",
        r"\bpag\w+ (?:todo )?(?:por adelantado|anticipad)",
    ),
    _story(
        _("It names a way of moving money that cannot be undone."),
        r"\b(?:western union|moneygram|gift ?cards?|bitcoin|crypto|wire transfer|zelle|cash ?app|usdt)\b",
    ),
    _story(
        _("It holds a link. You need not open it to answer."),
        r"\bhttps?://",
        r"\bwww\.",
        r"\b(?:bit\.ly|tinyurl|t\.me|wa\.me)\b",
    ),
    _story(
        _("It offers a service or a place in search results. That is not an enquiry."),
        r"\b(?:seo|backlinks?|google rank|web ?design|leads? generation|increase your (?:traffic|clients))\b",
    ),
)


def hints(*texts: str) -> list[Promise]:
    """The reasons to be a little careful with these words, each once, in a fixed order."""
    said = "\n".join(texts)
    return [story.why for story in _STORIES if story.pattern.search(said)]
