"""Openings are a promise that runs out: asking whether it still holds, and the click that says so.

The link of a mail is a bearer link for one purpose. It follows from the listing and the day of the promise
it asks about, so that two mails about one promise carry one link, and a promise renewed has none.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from breathingroom.core import clock, marks
from breathingroom.directory.actions import listings
from breathingroom.directory.choices import ASKED_AFTER, SHOWN_FOR_DAYS
from breathingroom.directory.models import Listing, Reminder
from breathingroom.notify import actions as notify

PATH = "still"  # of the address in the mail, which names no topic


class Worthless(Exception):
    """The link was used, has run out, or never was one."""


# -- asking --------------------------------------------------------------------------------------
def ask(*, limit: int = 200) -> int:
    """Write to those whose promise is due for a question; return to how many.

    Whatever was missed while nobody worked is one question, not several. A listing that nobody sees anyway,
    paused or long out of date, is not asked about.
    """
    today, asked = clock.now().date(), 0
    for days in sorted(ASKED_AFTER, reverse=True):
        due = _due(today, days).select_related("member").order_by("openings_confirmed_on", "pk")
        for listing in due[: max(0, limit - asked)]:
            asked += _ask(listing, days)
    return asked


def _due(today: dt.date, days: int) -> "QuerySet[Listing]":
    """Listings whose promise is at least so old, and that were not asked about it at that age or later."""
    same = Reminder.objects.filter(
        listing=OuterRef("pk"), confirmed_on=OuterRef("openings_confirmed_on"), days__gte=days
    )
    old = Listing.objects.visible().filter(openings_confirmed_on__lte=today - dt.timedelta(days=days))
    return old.filter(~Exists(same))


def _ask(listing: Listing, days: int) -> bool:
    """One mail for one promise at one age, whoever else writes at the same time."""
    promised = listing.openings_confirmed_on
    assert promised is not None
    token = _token(listing, promised)
    fields = {"confirmed_on": promised, "days": days, "mark": _marks(token)[0]}
    with transaction.atomic():
        Reminder.objects.update_or_create(listing=listing, defaults=fields)
        with override(listing.member.language or None):
            subject, body = _words(token, promised)
        notify.post(to=listing.member.email, subject=subject, body=body, key=f"still {days} {fields['mark']}")
    return True


def _words(token: str, promised: dt.date) -> tuple[str, str]:
    """A subject and a body that say nothing of what it is about."""
    link = f"{settings.BASE_URL}/{PATH}/{token}/"
    ends = promised + dt.timedelta(days=SHOWN_FOR_DAYS)
    return _("Is this still right?"), _(
        "Hello,\n\n"
        "something you keep with us has not been confirmed for a while. If it is still right, "
        "open this page and press its button. You need not sign in:\n\n"
        "    %(link)s\n\n"
        "If it has changed, or you would rather stop for now, sign in and change it there. "
        "If nobody answers, it is no longer shown after a while; nothing is deleted.\n\n"
        "The link does this one thing, once, until %(day)s."
    ) % {"link": link, "day": f"{ends:%Y-%m-%d}"}


# -- answering -----------------------------------------------------------------------------------
def asked_about(token: str) -> Listing:
    """The listing whose openings the link can confirm today. Raises Worthless."""
    found = Reminder.objects.select_related("listing__member").filter(mark__in=_marks(token)).first()
    if found is None or not _worth(found, found.listing):
        raise Worthless
    return found.listing


def confirm(*, token: str) -> None:
    """The openings are still as listed, says whoever holds the link. Raises Worthless."""
    with transaction.atomic():
        found = Reminder.objects.select_related("listing__member").filter(mark__in=_marks(token)).first()
        if found is None:
            raise Worthless
        listing = Listing.objects.select_for_update().get(pk=found.listing_id)
        if not _worth(found, listing):
            raise Worthless
        listings.confirm_openings(by=found.listing.member)


def _worth(reminder: Reminder, listing: Listing) -> bool:
    """Whether the promise is still the one that was asked about, of a listing that is seen."""
    same = reminder.confirmed_on == listing.openings_confirmed_on
    return same and Listing.objects.visible().filter(pk=listing.pk).exists()


def _token(listing: Listing, promised: dt.date) -> str:
    return marks.mark("openings link", f"{listing.pk} {promised}")


def _marks(token: str) -> list[str]:
    return marks.marks("openings asked", token)
