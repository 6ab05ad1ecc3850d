"""Twenty clients want one time for a call: one gets it; without protection, several do."""

import datetime as dt
from collections import Counter

import pytest
from django.db import IntegrityError

from breathingroom.core import clock
from breathingroom.directory.actions import calls
from breathingroom.directory.models import Call, CallOffer, CallTerms, Listing
from breathingroom.directory.queries import calls as times
from breathingroom.licensure import facts
from breathingroom.people.models import Member
from tests.config.houses import House, Ready
from tests.plugins.depth import examples

CLIENTS, ROUNDS = 20, examples(1, 3)

pytestmark = pytest.mark.race


def settle(_ready: Ready) -> None:
    facts.load(by=None)
    listing = Listing.objects.create(
        member=Member.objects.create_user("owner@example.org", name="Owner"),
        state="published",
        name="Owner",
        headline="One sentence",
        profession_id="psychologist",
        place_id="US-WA",
        therapist=True,
        online=True,
        openings_confirmed_on=clock.today(),
        published_at=clock.now(),
    )
    CallTerms.objects.create(listing=listing, by="phone", reach="+1 206 555 0100")
    CallOffer.objects.create(
        listing=listing,
        weekday=0,
        begins_on=clock.today(),
        at=dt.time(9),
        time_zone="America/Los_Angeles",
        minutes=20,
    )
    for n in range(CLIENTS):
        Member.objects.create_user(f"c{n}@example.org")


def book(ready: Ready, number: int, mode: str) -> str:
    """One client's try, and how it ended.

    "guarded" books as the product does; "constraint" comes round the lock, "nothing" round lock and
    constraint (the race takes that off the table): all have seen that the time is free, and then write.
    """
    member, listing = Member.objects.get(email=f"c{number}@example.org"), Listing.objects.get()
    slot = times.free(listing)[0]
    ready()
    try:
        if mode == "guarded":
            calls.book(by=member, listing=listing, starts_at=slot.starts_at)
        else:
            _write(member, listing, slot)
    except calls.Taken:
        return "taken"
    except IntegrityError:
        return "refused"
    return "booked"


def _write(member: Member, listing: Listing, slot: times.Slot) -> None:
    Call.objects.create(
        member=member,
        listing=listing,
        on=slot.on,
        at=slot.at,
        time_zone=slot.time_zone,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
    )


@pytest.fixture(scope="module")
def house(empty_house: House) -> House:
    """With one offer and twenty members."""
    empty_house.alone(settle)
    return empty_house


def race(house: House, mode: str) -> Counter[str]:
    """Let all clients loose at the same moment; how often it ended how."""
    house.sql("DELETE FROM directory_call")
    return Counter(house.race(book, [[n, mode] for n in range(CLIENTS)]))


def counted(house: House) -> tuple[int, int]:
    """Open calls and mails that stand in the database."""
    open_calls = house.sql("SELECT COUNT(*) FROM directory_call WHERE state = 'open'")
    return open_calls[0][0], house.sql("SELECT COUNT(*) FROM notify_mail")[0][0]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_of_twenty_gets_the_time_and_the_others_are_told(house: House, turn: int) -> None:
    mails = counted(house)[1]
    assert race(house, "guarded") == {"booked": 1, "taken": CLIENTS - 1}
    assert counted(house) == (1, mails + 2), "one call, and a mail to each of the two"


def test_the_constraint_alone_lets_one_in(house: House) -> None:
    assert race(house, "constraint") == {"booked": 1, "refused": CLIENTS - 1}
    assert counted(house)[0] == 1


def test_without_lock_and_constraint_several_get_it(house: House) -> None:
    """The control, and the last one: it takes the constraint off the table."""
    house.sql("DROP INDEX call_time_is_taken_once")
    assert race(house, "nothing")["booked"] > 1
    assert counted(house)[0] > 1
