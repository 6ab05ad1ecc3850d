"""What the small community has of keeping away, of openings asked about, and of supervision sought."""

from typing import Any

from breathingroom.core import clock
from breathingroom.directory.actions import expiry, hiding, supervision
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Hiding, Listing, Reminder, SupervisionOffer, SupervisionWish
from breathingroom.licensure.models import Licence
from tests.laws import world as worlds

CAST = ("supervising", "seeking")
# Who stands for the owner at an address without an id.
ASKERS = {
    "supervision": "supervising",
    "supervision_renew": "seeking",
    "supervision_stop": "seeking",
}


def settle(world: "worlds.World") -> None:
    """A verified supervisor; an unverified one (`other`); somebody who seeks; a list of the owner's."""
    for role in CAST:
        world.cast[role] = worlds.make_member(role)
    _verified(world)
    Listing.objects.filter(member=world.cast["other"]).update(supervisor=True)
    hiding.add(by=world.cast["owner"], kind=Away.PERSON, words="elsewhere@example.org")
    hiding.add(by=world.cast["owner"], kind=Away.PRACTICE, words="The practice elsewhere")
    world.things["line of owner"] = Hiding.objects.get(member=world.cast["owner"], kind=Away.PERSON)
    _asked(world)
    _sought(world)


def _verified(world: "worlds.World") -> None:
    worlds.make_licence(world, "supervising")
    worlds.make_listing(world, "supervising", "published")
    supervising = world.cast["supervising"]
    Listing.objects.filter(member=supervising).update(supervisor=True)
    Licence.objects.filter(member=supervising).update(
        status="active", checked_on=clock.today(), checked_by=world.cast["operator"].pk
    )


def _asked(world: "worlds.World") -> None:
    """The openings of the owner's listing were asked about."""
    listing = Listing.objects.get(member=world.cast["owner"])
    assert listing.openings_confirmed_on
    token = expiry._token(listing, listing.openings_confirmed_on)
    world.things["question to owner"] = Reminder.objects.create(
        listing=listing, confirmed_on=listing.openings_confirmed_on, days=25, mark=expiry._marks(token)[0]
    )


def _sought(world: "worlds.World") -> None:
    """A wish, and an offer by a supervisor who is not the verified one of the cast."""
    supervision.seek(
        by=world.cast["seeking"],
        fields={
            "place_id": "US-WA",
            "profession_id": "psychologist",
            "stage": "associate",
            "hours_left": 1200,
            "online": True,
            "in_person": False,
        },
    )
    wish = SupervisionWish.objects.get(member=world.cast["seeking"])
    world.things["wish of seeking"] = wish
    world.things["offer to seeking"] = SupervisionOffer.objects.create(
        wish=wish, listing=Listing.objects.get(member=world.cast["other"])
    )


def about(world: "worlds.World") -> dict[str, dict[str, tuple[Any, str]]]:
    """The kinds of object at addresses that take an id, each with id and owner."""
    question = world.things["question to owner"]
    assert isinstance(question, Reminder)
    token = expiry._token(question.listing, question.confirmed_on)
    return {
        "distance_remove": {"line": (world.things["line of owner"].pk, "owner")},
        "still": {"asked": (token, "owner")},
        "supervision_offer": {"wish": (world.things["wish of seeking"].pk, "supervising")},
        "supervision_decline": {"offer": (world.things["offer to seeking"].pk, "seeking")},
    }
