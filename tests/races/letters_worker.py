"""One worker of the races about letters. Called with what to do, and "guarded" or not; it
says when it is ready, and is told the moment to begin.

`count` tries a limit as often as the third word says and prints how often it was let in; `agree` lets one of
two people agree on a role and prints whether that held.
"""

import datetime as dt
import sys
import time
from contextlib import nullcontext

import django

django.setup()

from django.db import transaction  # noqa: E402

from breathingroom.directory.actions import answers  # noqa: E402
from breathingroom.directory.actions.enquiries import Excluded  # noqa: E402
from breathingroom.directory.choices import Role  # noqa: E402
from breathingroom.directory.models import EnquiryPair  # noqa: E402
from breathingroom.directory.queries import enquiries as queries  # noqa: E402
from breathingroom.directory.queries.enquiries import Sender  # noqa: E402
from breathingroom.people.models import Member  # noqa: E402
from breathingroom.safety.actions import limits  # noqa: E402
from breathingroom.safety.models import Attempt  # noqa: E402

DAY = dt.timedelta(days=1)
what, mode, *more = sys.argv[1:]


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


def count(most: int, times: int) -> int:
    """How many of so many attempts were let in."""
    let_in = 0
    for _ in range(times):
        try:
            limits.take(what="race", who=mode, most=most, within=DAY)
            let_in += 1
        except limits.TooMany:
            pass
    return let_in


def agree(rounds: int, role: str) -> list[int]:
    """In which rounds the role was agreed on."""
    doing = answers.agree if mode == "guarded" else careless_agree
    provider, held = Member.objects.get(email="maren@example.org"), []
    for number in range(rounds):
        time.sleep(max(0.0, begin + number * 0.5 - time.time()))
        try:
            with transaction.atomic() if mode == "guarded" else nullcontext():
                doing(provider, Sender(None, f"{mode}{number}@example.org"), Role(role))
            held.append(number)
        except Excluded:
            pass
    return held


if mode != "guarded":
    limits._raise = careless_raise
print("ready", flush=True)
begin = float(sys.stdin.readline())
time.sleep(max(0.0, begin - time.time()))
if what == "count":
    print(count(int(more[0]), int(more[1])))
else:
    print(",".join(map(str, agree(int(more[0]), more[1]))))
