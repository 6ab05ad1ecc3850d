"""What can be reported: each room that holds such a thing gives an adapter at start.

Safety knows no room above it. A report names a kind and an id; the adapter says what the thing says, who
wrote it, and takes it out of sight.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from breathingroom.people.models import Member

Words = str | Promise


@dataclass(frozen=True)
class Reading:
    """What a thing says now, (what, words) for each part of it, and who wrote it, where that is a member."""

    lines: tuple[tuple[str, str], ...]
    author: Member | None


class Reportable(Protocol):
    """One kind of thing that can be reported; `kind` is "room.noun".

    `name` is what it is called, `hides` what taking it out of sight does, in words. `scope` is the sanction
    (`choices.Scope`) that keeps it there until a moderator lifts it, or "" where it is done for good.
    """

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> Words: ...

    @property
    def hides(self) -> Words: ...

    @property
    def scope(self) -> str: ...

    def read(self, object_id: str) -> Reading | None:
        """The thing as it is now; None when it is gone."""
        ...

    def take_out_of_sight(self, *, by: Member, object_id: str) -> None:
        """Inside the caller's transaction; what is gone already needs nothing."""
        ...


_known: dict[str, Reportable] = {}


def register(reportable: Reportable) -> None:
    """Add one kind; a kind registered again replaces its own."""
    _known[reportable.kind] = reportable


def known(kind: str) -> Reportable | None:
    """The adapter of a kind, or None."""
    return _known.get(kind)
