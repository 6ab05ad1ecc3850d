"""Every write about supervision sought and offered. Nothing here is public, so no index moves."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from breathingroom.audit import actions as audit
from breathingroom.audit import queries as log
from breathingroom.core import clock
from breathingroom.directory.choices import MOST_OFFERS_A_DAY, WISH_ASKED_AFTER_DAYS, WISHED_FOR_DAYS
from breathingroom.directory.models import Listing, SupervisionOffer, SupervisionWish
from breathingroom.directory.queries import supervision
from breathingroom.notify import actions as notify
from breathingroom.people.models import Member

DAY = dt.timedelta(days=1)
OFFERED = "directory.supervision.offered"


class NoWish(Exception):
    """The member has no such wish."""


class NoOffer(Exception):
    """There is no such offer to the member."""


class NotVerified(Exception):
    """Only a verified supervisor may offer."""


class EnoughToday(Exception):
    """This supervisor has written to as many as one day allows."""


# -- seeking -------------------------------------------------------------------------------------
def seek(*, by: Member, fields: dict[str, Any]) -> None:
    """Say, or change, that one seeks supervision; `fields` are model fields. It holds from today."""
    with transaction.atomic():
        given = {**fields, **_holds()}
        SupervisionWish.objects.update_or_create(member=by, defaults=given)
        audit.record(by=by, did="directory.supervision.sought", on=by)


def renew(*, by: Member) -> None:
    """It still holds, from today. Raises NoWish."""
    with transaction.atomic():
        mine = SupervisionWish.objects.filter(member=by)
        if not mine.update(**_holds()):
            raise NoWish
        audit.record(by=by, did="directory.supervision.renewed", on=by)


def _holds() -> dict[str, Any]:
    """The fields of a wish that holds from today."""
    return {"renewed_on": clock.now().date(), "shown": True, "asked": False}


def stop(*, by: Member) -> None:
    """Take it back, with every offer to it. Raises NoWish."""
    with transaction.atomic():
        gone, _rows = SupervisionWish.objects.filter(member=by).delete()
        if not gone:
            raise NoWish
        audit.record(by=by, did="directory.supervision.stopped", on=by)


def decline(*, by: Member, offer_id: UUID) -> None:
    """Put an offer away; whoever made it is not told and cannot make it again. Raises NoOffer."""
    with transaction.atomic():
        if not SupervisionOffer.objects.filter(pk=offer_id, wish__member=by).update(declined=True):
            raise NoOffer
        audit.record(by=by, did="directory.supervision.declined", on=by)


# -- offering ------------------------------------------------------------------------------------
def offer(*, by: Member, wish_id: UUID) -> None:
    """Tell whoever wished that this supervisor would like to; twice is as good as once.

    Raises NotVerified, NoWish (gone, or not for this supervisor to see) and EnoughToday.
    """
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=by.pk)
        listing = supervision.supervisor(by)
        if listing is None:
            raise NotVerified
        wish = next((wish for wish in supervision.wishes(listing) if wish.pk == wish_id), None)
        if wish is None:
            raise NoWish
        if SupervisionOffer.objects.filter(wish=wish, listing=listing).exists():
            return
        if log.count(by=by, did=OFFERED, since=clock.now() - DAY) >= MOST_OFFERS_A_DAY:
            raise EnoughToday
        _offer(by, wish, listing)


def _offer(by: Member, wish: SupervisionWish, listing: Listing) -> None:
    made = SupervisionOffer.objects.create(wish=wish, listing=listing)
    audit.record(by=by, did=OFFERED, on=by)
    _tell(wish.member, key=f"offer {made.pk}")


def _tell(member: Member, *, key: str) -> None:
    """One mail that says nothing of what it is about."""
    with override(member.language or None):
        subject = _("Something is waiting for you")
        body = _(
            "Hello,\n\nsomething new is waiting for you. Sign in to read it:\n\n    %(link)s\n\n"
            "There is no hurry."
        )
    notify.post(to=member.email, subject=subject, body=body % {"link": _link()}, key=key)


def _link() -> str:
    return f"{settings.BASE_URL}/offers/"


# -- by itself -----------------------------------------------------------------------------------
def ask(*, limit: int = 100) -> int:
    """Ask those whose wish runs out in a week whether it still holds; return how many they were."""
    until = clock.now().date() - dt.timedelta(days=WISH_ASKED_AFTER_DAYS)
    due = SupervisionWish.objects.open().filter(renewed_on__lte=until, asked=False)
    return sum(map(_ask, due.select_related("member").order_by("renewed_on", "pk")[:limit]))


def _ask(wish: SupervisionWish) -> int:
    """One mail a promise, whoever else asks at the same time."""
    with transaction.atomic():
        won = SupervisionWish.objects.filter(pk=wish.pk, renewed_on=wish.renewed_on, asked=False)
        if not won.update(asked=True):
            return 0
        with override(wish.member.language or None):
            subject, body = (
                _("Is this still right?"),
                _(
                    "Hello,\n\nsomething you told us some weeks ago ends in a few days. If it is still "
                    "right, sign in and press one button:\n\n    %(link)s\n\n"
                    "If it is not, you need not do anything: it goes away by itself."
                ),
            )
        notify.post(to=wish.member.email, subject=subject, body=body % {"link": _link()})
    return 1


def forget() -> int:
    """Erase wishes that have run out, with the offers to them; return how many."""
    since = clock.now().date() - dt.timedelta(days=WISHED_FOR_DAYS)
    return SupervisionWish.objects.filter(renewed_on__lt=since).delete()[0]


def erase(*, member: Member) -> None:
    """Erase the member's wish; part of erasing an account, in the caller's transaction."""
    SupervisionWish.objects.filter(member=member).delete()


def suspend(*, member: Member) -> None:
    """Take the member's wish out of sight until they say that it holds."""
    SupervisionWish.objects.filter(member=member).update(shown=False)
