"""Facts about listings as short phrases: fees, openings, years."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from django.utils import formats
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from breathingroom.core.templatetags.ui import ago
from breathingroom.core.text import plain
from breathingroom.directory import rules
from breathingroom.directory.choices import SIGNS
from breathingroom.directory.models import Listing
from breathingroom.licensure.eligibility import Verdict

BY_MILE = frozenset({"US"})
KILOMETRES_A_MILE = 1.609344
ROUND_MILES = {10: 6, 25: 15, 50: 30, 100: 60, 200: 125}
"""What people say for the radii one can choose."""


def money(amount: int, currency: str) -> str:
    """Minor units as an amount: "$140", "£82.50"."""
    whole, cents = divmod(amount, 100)
    shown = formats.number_format(amount / 100, decimal_pos=2 if cents else 0, force_grouping=whole >= 10_000)
    return f"{SIGNS[currency]}{shown}"


def many(count: int) -> str:
    """A count of people: "87", "1,111"."""
    return _grouped(count, get_language()) if count > 999 else str(count)


@lru_cache(maxsize=4096)
def _grouped(count: int, _language: str | None) -> str:
    return formats.number_format(count, force_grouping=True)


def radius(kilometres: int, country: str) -> str:
    """How far an office may be, in what is usual in the country, and in kilometres: "30 miles (50 km)"."""
    if country not in BY_MILE:
        return _("%(n)d km") % {"n": kilometres}
    miles = ROUND_MILES.get(kilometres) or round(kilometres / KILOMETRES_A_MILE)
    both = ngettext("%(miles)d mile (%(n)d km)", "%(miles)d miles (%(n)d km)", miles)
    return both % {"miles": miles, "n": kilometres}


def away(kilometres: float, country: str) -> str:
    """How far an office is, no closer than postal codes can tell: "about 12 miles away"."""
    by_mile = country in BY_MILE
    n = round(kilometres / KILOMETRES_A_MILE if by_mile else kilometres)
    if n < 2:
        return _("less than 2 miles away") if by_mile else _("less than 2 km away")
    return (_("about %(n)d miles away") if by_mile else _("about %(n)d km away")) % {"n": n}


def fee(listing: Listing) -> str:
    """What a session costs: "$95 to $140, sliding"."""
    if listing.fee_least is None or listing.fee_most is None:
        return _("Sliding scale") if listing.sliding else _("Fee on request")
    if listing.fee_most == 0:
        return _("No fee")
    shown = money(listing.fee_most, listing.currency)
    if listing.fee_least != listing.fee_most:
        least = money(listing.fee_least, listing.currency)
        shown = _("%(least)s to %(most)s") % {"least": least, "most": shown}
    return _("%(fee)s, sliding") % {"fee": shown} if listing.sliding else shown


def free(listing: Listing) -> str:
    """Places without a fee: "2 pro bono places", "" when there are none."""
    if not listing.pro_bono:
        return ""
    return ngettext("%(n)d pro bono place", "%(n)d pro bono places", listing.pro_bono) % {
        "n": listing.pro_bono
    }


def rule(verdict: Verdict) -> str:
    """The rule in a few words, and the day it rests on: "Licensed in Washington · as of June 1, 2026"."""
    parts = tuple((id(said), *values.items()) for said, values in verdict.rule.shorts)
    key = (get_language(), verdict.as_of, parts)
    if key not in _rules:
        if len(_rules) > 4096:
            _rules.clear()
        as_of = _("as of %(day)s") % {"day": formats.date_format(verdict.as_of, "DATE_FORMAT")}
        _rules[key] = f"{verdict.rule.short} · {as_of}"
    return _rules[key]


_rules: dict[tuple[object, ...], str] = {}
"""Rules in words: most people on a page are judged by the same few."""


def openings(listing: Listing) -> str:
    """Whether there is room: "2 openings", "Waiting list, about 3 weeks"."""
    if not listing.accepting:
        return _waiting(listing) if listing.wait_weeks else _("Not taking anybody new now")
    if listing.openings:
        return ngettext("%(n)d opening", "%(n)d openings", listing.openings) % {"n": listing.openings}
    return _waiting(listing) if listing.wait_weeks else _("Taking new people")


def _waiting(listing: Listing) -> str:
    weeks = listing.wait_weeks or 0
    return ngettext("Waiting list, about %(weeks)d week", "Waiting list, about %(weeks)d weeks", weeks) % {
        "weeks": weeks
    }


def confirmed(listing: Listing, on: dt.date) -> str:
    """When the openings were last confirmed, and that an old word is no promise."""
    when = ago(listing.openings_confirmed_on)
    if rules.is_fresh(listing.openings_confirmed_on, on):
        return _("confirmed %(ago)s") % {"ago": when}
    return _("not confirmed: last said %(ago)s, so ask") % {"ago": when}


def years(listing: Listing, on: dt.date) -> str:
    """How long they have treated clinicians."""
    if listing.treating_since is None:
        return ""
    count = max(0, on.year - listing.treating_since)
    if not count:
        return _("began treating clinicians this year")
    return ngettext("%(n)d year treating clinicians", "%(n)d years treating clinicians", count) % {"n": count}


def profession(listing: Listing) -> str:
    """The name of their profession, "" while they have not said it."""
    return str(listing.profession or "")


def title(listing: Listing) -> str:
    """Name and credentials: "Maren Oduya, PhD"."""
    return ", ".join(filter(None, [listing.name, listing.credentials]))


def inline(label: str | Promise) -> str:
    """A label as it stands inside a sentence."""
    words = str(label)
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def listed(labels: Iterable[str | Promise]) -> str:
    """ "burnout, grief and sleep" """
    return _row([inline(label) for label in labels])


def and_list(labels: Iterable[str | Promise]) -> str:
    """Names as they are: "Spanish and English"."""
    return _row([str(label) for label in labels])


def _row(words: list[str]) -> str:
    """The words with "and" before the last; Spanish has another "and" before the sound of i."""
    heard = plain(words[-1]) if words else ""
    before_i = heard.startswith(("i", "hi")) and not heard.startswith(("ie", "hie"))
    return get_text_list(words, pgettext("before the sound of i", "and") if before_i else _("and"))
