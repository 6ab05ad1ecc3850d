"""Limits that no attempt slips through, two people who agree on one role only; each without its guard."""

import datetime as dt
import time
from contextlib import nullcontext

import pytest
from django.db import transaction

from breathingroom.directory.actions import answers
from breathingroom.directory.actions.enquiries import Excluded
from breathingroom.directory.choices import Role
from breathingroom.directory.models import EnquiryPair
from breathingroom.directory.queries import enquiries as queries
from breathingroom.directory.queries.enquiries import Sender
from breathingroom.people.models import Member
from breathingroom.safety.actions import limits
from breathingroom.safety.models import Attempt
from tests.config.houses import House, Ready

WORKERS, TIMES, MOST, ROUNDS = 4, 40, 50, 8
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.race


def settle(_ready: Ready) -> None:
    Member.objects.create_user("maren@example.org")


@pytest.fixture(scope="module")
def house(empty_house: House) -> House:
    """With one clinician in it."""
    empty_house.alone(settle)
    return empty_house


def careless_raise(mark: str, ends_at: dt.datetime) -> int:
    """The control: read, then write what was read and one more."""
    with transaction.atomic():
        row = Attempt.objects.filter(mark=mark).first()
    number = (row.number if row else 0) + 1
    time.sleep(0.002)
    with transaction.atomic():
        Attempt.objects.update_or_create(mark=mark, defaults={"number": number, "ends_at": ends_at})
    return number


def careless_agree(one: Member, other: Sender, role: Role) -> None:
    """The control: look whether the two have agreed, then note it."""
    if queries.excluded_by(one, other, role):
        raise Excluded(role)
    time.sleep(0.15)
    for mark in queries.pairs(one, other):
        with transaction.atomic():
            EnquiryPair.objects.update_or_create(mark=mark, defaults={"role": role})


def count(ready: Ready, mode: str) -> int:
    """How many of this one's attempts were let in."""
    if mode != "guarded":
        limits._raise = careless_raise
    let_in = 0
    ready()
    for _ in range(TIMES):
        try:
            limits.take(what="race", who=mode, most=MOST, within=DAY)
            let_in += 1
        except limits.TooMany:
            pass
    return let_in


def agree(ready: Ready, mode: str, role: str) -> list[int]:
    """In which rounds this role was agreed on; each round begins at the same moment for both."""
    doing = answers.agree if mode == "guarded" else careless_agree
    provider, held = Member.objects.get(email="maren@example.org"), []
    for number in range(ROUNDS):
        ready()
        try:
            with transaction.atomic() if mode == "guarded" else nullcontext():
                doing(provider, Sender(None, f"{mode}{number}@example.org"), Role(role))
            held.append(number)
        except Excluded:
            pass
    return held


def let_in(house: House, mode: str) -> int:
    return sum(house.race(count, [[mode]] * WORKERS))


def test_a_limit_lets_in_as_many_as_it_says(house: House) -> None:
    assert let_in(house, "guarded") == MOST


def test_without_the_one_statement_more_get_in(house: House) -> None:
    assert let_in(house, "careless") > MOST


def both_held(house: House, mode: str) -> tuple[set[int], set[int]]:
    """(rounds in which some role was agreed on, rounds in which both were)."""
    first, second = map(set, house.race(agree, [[mode, "therapist"], [mode, "supervisor"]]))
    return first | second, first & second


def test_of_two_roles_at_the_same_moment_one_is_agreed_on(house: House) -> None:
    some, both = both_held(house, "guarded")
    assert len(some) == ROUNDS
    assert not both


def test_without_the_constraint_both_are(house: House) -> None:
    assert both_held(house, "careless")[1]
