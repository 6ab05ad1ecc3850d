"""Who does not exist for whom. Whatever one of two keeps away from, neither finds: it works both ways.

A listing that is hidden from somebody is to them, byte for byte, one that never was. So the set is asked for
anew with each answer, and nothing is remembered of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast

from breathingroom.core import marks, text
from breathingroom.core.fields import unseal
from breathingroom.directory.choices import Away
from breathingroom.directory.models import Hiding, Listing
from breathingroom.people.models import Member

PURPOSE = {Away.PERSON: "hiding person", Away.PRACTICE: "hiding practice"}
_STATED = "stated"


def key(kind: str, words: str) -> str:
    """What two ways of typing the same address or name have in common; "" when nothing is left of it."""
    if kind == Away.PERSON:
        return words.strip().lower()
    return text.plain(words)[: Listing._meta.get_field("practice_key").max_length]


def marks_of(kind: str, words: str) -> list[str]:
    """The marks under which it may stand in a list, the one to write first."""
    return marks.marks(PURPOSE[Away(kind)], key(kind, words))


@dataclass(frozen=True)
class Entry:
    """One line of one's own list, as it was typed."""

    id: UUID
    kind: str
    words: str


def own(member: Member) -> list[Entry]:
    """The member's list, people first, the newest first; one query."""
    rows = Hiding.objects.filter(member=member)
    return [Entry(row.id, row.kind, row.words) for row in rows]


# -- whom somebody must not meet -----------------------------------------------------------------
def hidden_from(asker: object) -> frozenset[UUID]:
    """The listings that do not exist for whoever asks; two queries for a member, none for a stranger."""
    return _found(asker, "listing__pk") if isinstance(asker, Member) else frozenset()


def apart_from(member: Member) -> frozenset[UUID]:
    """The members whom this one must not meet, with a listing or without; two queries."""
    return _found(member, "pk")


def are_apart(one: Member, other: Member) -> bool:
    """Whether these two must not meet; two queries."""
    return other.pk in apart_from(one)


@dataclass
class _Side:
    """What a member is known by in the lists of others, and whom their own list names."""

    marks: list[str]
    emails: list[str]
    members: list[UUID]
    practices: list[str]


def _found(member: Member, column: str) -> frozenset[UUID]:
    first, *others = (arm.exclude(pk=member.pk).values_list(column, flat=True) for arm in _arms(member))
    return frozenset(found for found in first.union(*others) if found)


def _arms(member: Member) -> Iterator[QuerySet[Member]]:
    """Members from either side. A union, for with OR over three tables a database reads all of them."""
    side, members = _side(member), Member.objects.all()
    yield members.filter(hidings__mark__in=side.marks)
    yield members.filter(hidings__whom=member)
    yield members.filter(email__in=side.emails)
    yield members.filter(pk__in=side.members)
    yield members.filter(listing__practice_key__in=side.practices)


def _side(member: Member) -> _Side:
    """Read with one query: the member's own list, and the practice that their listing states."""
    side = _Side(marks_of(Away.PERSON, member.email), [], [], [])
    for kind, words, whom in _lines(member):
        if kind == _STATED:
            side.marks += marks_of(Away.PRACTICE, words) if words else []
        elif kind == Away.PRACTICE:
            side.practices += filter(None, [key(kind, unseal(words))])
        else:
            side.emails.append(key(kind, unseal(words)))
            side.members += [whom] if whom else []
    return side


def _lines(member: Member) -> QuerySet[Any, tuple[str, str, UUID | None]]:
    """(kind, sealed words, whom) of the list, and (_STATED, plain practice, None) of the listing."""
    nobody = Cast(Value(None), UUIDField(null=True))
    stated = Listing.objects.filter(member=member).values_list(
        Cast(Value(_STATED), TextField()), Cast("practice_key", TextField()), nobody
    )
    listed = Hiding.objects.filter(member=member).order_by()
    return listed.values_list(Cast("kind", TextField()), Cast("words", TextField()), "whom_id").union(
        stated, all=True
    )
