"""Every write about whom a member keeps away from. The log names the member and nobody else."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from breathingroom.audit import actions as audit
from breathingroom.audit import queries as log
from breathingroom.core import clock
from breathingroom.directory.choices import MOST_AWAY, MOST_AWAY_A_DAY, Away
from breathingroom.directory.models import Hiding
from breathingroom.directory.queries import hiding
from breathingroom.people.models import Member

DAY = dt.timedelta(days=1)
CHUNK = 500
ADDED = "directory.hiding.added"


class NotListed(Exception):
    """The member has no such line on their list."""


class ListFull(Exception):
    """The member keeps away from as many as one list holds."""


class EnoughToday(Exception):
    """The member has added as many as a day allows."""


class Nothing(Exception):
    """Nothing is left of a name once it is compared plainly."""


def add(*, by: Member, kind: Away, words: str) -> None:
    """Keep away from a person (an address, whoever has it) or a practice; twice is as good as once.

    It counts from the next answer on. What happens here, and what it takes, is the same whether anybody
    has that address or not. Raises Nothing, ListFull and EnoughToday.
    """
    if not hiding.key(kind, words):
        raise Nothing
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=by.pk)
        mine, marks = Hiding.objects.filter(member=by), hiding.marks_of(kind, words)
        if mine.filter(mark__in=marks).exists():
            return
        _demand_room(by, mine.count())
        Hiding.objects.create(
            member=by, kind=kind, mark=marks[0], words=words.strip(), whom=_whom(by, kind, words)
        )
        audit.record(by=by, did=ADDED, on=by)


def _demand_room(by: Member, count: int) -> None:
    if count >= MOST_AWAY:
        raise ListFull
    if log.count(by=by, did=ADDED, since=clock.now() - DAY) >= MOST_AWAY_A_DAY:
        raise EnoughToday


def remove(*, by: Member, hiding_id: UUID) -> None:
    """Take one line off the list; both find each other again, unless the other keeps away too.

    Raises NotListed.
    """
    with transaction.atomic():
        gone, _rows = Hiding.objects.filter(member=by, pk=hiding_id).delete()
        if not gone:
            raise NotListed
        audit.record(by=by, did="directory.hiding.removed", on=by)


def _whom(by: Member, kind: Away, words: str) -> Member | None:
    """Who has that address today; asked about a practice just the same."""
    found = Member.objects.filter(email=hiding.key(Away.PERSON, words)).exclude(pk=by.pk).first()
    return found if kind == Away.PERSON else None


def bind() -> int:
    """Note who stands behind an address that was listed before they came; return how many.

    So that changing one's own address is no way round.
    """
    loose = list(Hiding.objects.filter(kind=Away.PERSON, whom=None).order_by("pk"))
    return sum(_bind(loose[start : start + CHUNK]) for start in range(0, len(loose), CHUNK))


def _bind(rows: list[Hiding]) -> int:
    keys = {row.pk: hiding.key(Away.PERSON, row.words) for row in rows}
    known = dict(Member.objects.filter(email__in=keys.values()).values_list("email", "pk"))
    bound = 0
    for row in rows:
        whom = known.get(keys[row.pk])
        if whom and whom != row.member_id:
            bound += Hiding.objects.filter(pk=row.pk, whom=None).update(whom=whom)
    return bound


def erase(*, member: Member) -> None:
    """Erase the member's own list; part of erasing an account, in the caller's transaction."""
    Hiding.objects.filter(member=member).delete()
