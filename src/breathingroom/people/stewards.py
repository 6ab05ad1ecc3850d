"""Each room answers for what it holds about a member: to show it, hand it over, erase it, suspend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise

from breathingroom.people.models import Member

Words = str | Promise


@dataclass(frozen=True)
class Holding:
    """One thing a room holds about a member, in words for the privacy centre."""

    what: Words
    why: Words
    until: Words
    stays: bool = False  # after erasure; the steward's `erase` then says why


@dataclass(frozen=True)
class Kept:
    """One thing that stays after erasure, and why it must."""

    what: Words
    why: Words


class Steward(Protocol):
    """What every room with a table that touches a person registers in its `ready()`.

    One whose things are not all words also has `files(member) -> dict[str, bytes]`: name → content.
    """

    room: str
    tables: tuple[type[models.Model], ...]

    def holds(self, member: Member) -> list[Holding]:
        """What is held about this member now, in words."""
        ...

    def export(self, member: Member) -> dict[str, Any]:
        """Everything the member may take along, JSON-able."""
        ...

    def erase(self, *, member: Member) -> list[Kept]:
        """Erase, inside the caller's transaction; say what stays."""
        ...

    def suspend(self, *, member: Member) -> None:
        """Take the member's things out of sight until they may sign in again."""
        ...


_stewards: dict[str, Steward] = {}


def register(steward: Steward) -> None:
    """Add one room's steward; a room registered again replaces its own."""
    _stewards[steward.room] = steward


def all_stewards() -> list[Steward]:
    """In the order of registration, which is the order of INSTALLED_APPS: upper rooms first."""
    return list(_stewards.values())


def tables() -> Iterable[type[models.Model]]:
    """Every table that some room answers for."""
    return (table for steward in _stewards.values() for table in steward.tables)
