"""Who seeks supervision in the demo, who offered it, and whom its provider keeps away from."""

import datetime as dt
from random import Random

from breathingroom.config.demo import accounts
from breathingroom.core import clock
from breathingroom.directory.actions import hiding, supervision
from breathingroom.directory.choices import Away, Stage
from breathingroom.directory.models import Hiding, Listing, SupervisionWish
from breathingroom.people.models import Member

SEEKERS = 26
AWAY = ((Away.PERSON, "someone.i.knew@elsewhere.demo.invalid"), (Away.PRACTICE, "Elm House Counselling"))


def write() -> None:
    """A few dozen wishes, one of them by the demo's member with an offer to it, unless there are some."""
    provider = Member.objects.get(email=accounts.by_role("provider").email)
    if SupervisionWish.objects.exists():
        return
    Listing.objects.filter(member=provider).update(supervisor=True)
    for kind, words in AWAY:
        if not Hiding.objects.filter(member=provider, kind=kind).exists():
            hiding.add(by=provider, kind=kind, words=words)
    _wishes(provider)
    _of_the_member()


def _wishes(provider: Member) -> None:
    """By members who have a listing of their own, for the demo has few others."""
    dice = Random("breathing room supervision")  # noqa: S311 - invented people need no secrets
    drafts = Listing.objects.exclude(member=provider).filter(profession__isnull=False, place__isnull=False)
    rows = [_wish(row, dice) for row in drafts.order_by("pk")[:SEEKERS]]
    SupervisionWish.objects.bulk_create(rows)


def _wish(listing: Listing, dice: Random) -> SupervisionWish:
    stage = dice.choice(Stage.values)
    online = dice.random() < 0.8
    return SupervisionWish(
        member_id=listing.member_id,
        profession_id=listing.profession_id or "",
        place_id=listing.place_id or "",
        stage=stage,
        hours_left=None if stage == Stage.LICENSED else dice.randrange(100, 3000, 50),
        online=online,
        in_person=not online or dice.random() < 0.4,
        renewed_on=clock.today() - dt.timedelta(days=dice.randrange(50)),
    )


def _of_the_member() -> None:
    """The demo's member seeks, and one verified supervisor has offered."""
    member = Member.objects.get(email=accounts.by_role("member").email)
    fields = {
        "place_id": "US-WA",
        "profession_id": "psychologist",
        "stage": Stage.ASSOCIATE,
        "hours_left": 1200,
        "online": True,
        "in_person": False,
    }
    supervision.seek(by=member, fields=fields)
    wish = SupervisionWish.objects.get(member=member)
    offering = Listing.objects.visible().filter(supervisor=True).exclude(member=member).order_by("pk").first()
    if offering:
        wish.offers.create(listing=offering)
