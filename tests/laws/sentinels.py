"""Marked values in every field that is not for everybody, and the search for them in what the house says."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponseBase

from breathingroom.audit.models import Event
from breathingroom.core.privacy import DataClass, declaration
from breathingroom.directory.models import Enquiry, Listing
from breathingroom.people.models import Member
from tests.laws import house
from tests.laws.world import World

HIDDEN = {DataClass.PRIVATE, DataClass.SEALED, DataClass.SECRET}

# Fields that are not marked: their values are words of ours, and stand on many pages anyway.
UNMARKED = {
    "people.Consent.kind": "the name of one of our texts",
    "people.Member.language": "the code of a language",
    "people.Member.time_zone": "the name of a zone",
    "people.Member.password": "an unusable password begins with a mark of its own",
    "audit.Event.did": "a verb of ours",
    "audit.Event.on_type": "the name of a table",
    "safety.Report.kind": "the name of a kind of thing",
}
# Signed or an HMAC, so a changed one would open nothing and hide nobody: what stands there is searched for.
AS_IT_IS = {
    "sessions.Session.session_data",
    "directory.Enquiry.token",
    "directory.Hiding.mark",
    "directory.Reminder.mark",
}
# Fields that belong to somebody else than their row does: the foreign key to their owner.
WHOSE = {"safety.Report.said": "about"}
LONG_ENOUGH = 12


@dataclass(frozen=True)
class Mark:
    """One value to look for: where it stands, how closed it is, and whose it is (a member's id, or None)."""

    text: str
    where: str
    kind: DataClass
    owner: UUID | None


@dataclass
class Marks:
    """All marks, found in a text at one go."""

    marks: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_text: dict[str, Mark] = {}
        for mark in self.marks:
            self._by_text.setdefault(mark.text.lower(), mark)
        words = sorted(self._by_text, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, words)))

    def found_in(self, text: str) -> set[Mark]:
        """The marks that a text gives away, upper or lower case."""
        return {self._by_text[found] for found in self._pattern.findall(text.lower())}

    def of(self, member: Member) -> list[Mark]:
        return [mark for mark in self.marks if mark.owner == member.pk]


def seed(world: World) -> Marks:
    """Put a mark into every text field of every row that is not for everybody; ids mark themselves."""
    found: dict[str, Mark] = {}
    numbers = count(1)
    for model in house.all_models():
        for row in model._default_manager.order_by("pk"):
            for mark in _seed_row(row, numbers):
                found.setdefault(mark.text.lower(), mark)
    for member in world.cast.values():
        member.refresh_from_db()
    return Marks(list(found.values()))


def _seed_row(row: models.Model, numbers: Iterator[int]) -> Iterator[Mark]:
    hidden = isinstance(row, Listing) and row.state != "published"
    declared = declaration(type(row))
    owner = owner_of(row)
    for column in row._meta.concrete_fields:
        kind = declared.fields.get(column.name) if declared else None
        if kind and (kind in HIDDEN or hidden) and not column.is_relation:
            text = _marked(row, column, next(numbers))
            if text:
                name = f"{row._meta.label}.{column.name}"
                yield Mark(text, name, kind, getattr(row, f"{WHOSE[name]}_id") if name in WHOSE else owner)


def _marked(row: models.Model, column: "models.Field[Any, Any]", number: int) -> str | None:
    """The text to look for in this column of this row: a fresh mark where one fits, else what is there."""
    text = f"zq{number:05d}zq"
    label = f"{row._meta.label}.{column.name}"
    if label in UNMARKED:
        return None
    fits = isinstance(column, models.CharField | models.TextField) and not (
        column.choices or column.primary_key
    )
    if fits and label not in AS_IT_IS:
        if isinstance(column, models.EmailField):
            text += "@example.org"
        if _put(row, column, text):
            return text
    return _as_it_is(getattr(row, column.attname))


def _put(row: models.Model, column: "models.Field[Any, Any]", text: str) -> bool:
    if column.max_length and len(text) > column.max_length:
        return False
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{column.attname: text})
    except DatabaseError:
        return False
    return True


def _as_it_is(value: Any) -> str | None:
    if isinstance(value, dict):
        value = max(_leaves(value), key=len, default="")
    text = str(value) if isinstance(value, str | UUID) else ""
    return text if len(text) >= LONG_ENOUGH else None


def _leaves(value: Any) -> Iterator[str]:
    """The texts inside a structure; the longest of a passkey or a TOTP is what nobody may see."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, str):
        yield value


def owner_of(row: models.Model) -> UUID | None:
    """Whose row this is: itself a member, whoever acted, or the first member its foreign keys lead to."""
    if isinstance(row, Member):
        return row.pk
    if isinstance(row, Event):
        return row.actor
    if isinstance(row, Enquiry):  # never the clinician's, also where a visitor wrote it
        return row.member_id
    for column in row._meta.concrete_fields:
        if isinstance(column, models.ForeignKey):
            target = getattr(row, column.name)
            owner = owner_of(target) if isinstance(target, models.Model) else None
            if owner:
                return owner
    return None


def said(response: HttpResponseBase) -> str:
    """Everything an answer says, headers and the files of a zip included; its own cookies are not said."""
    head = " ".join(f"{name}: {value}" for name, value in response.items())
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    if body[:2] == b"PK":
        return head + _unzipped(body)
    return head + body.decode(errors="replace")


def _unzipped(body: bytes) -> str:
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return " ".join(name + archive.read(name).decode(errors="replace") for name in archive.namelist())


def dump() -> str:
    """Every value of every table."""
    with connection.cursor() as cursor:
        return "\n".join(_table(cursor, model._meta.db_table) for model in house.all_models())


def _table(cursor: Any, name: str) -> str:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
    return "\n".join(f"{name} {_plain(row)}" for row in cursor.fetchall())


def _plain(row: Iterable[Any]) -> str:
    """SQLite keeps a UUID without dashes; a reader would know it again."""
    return " ".join(
        str(UUID(v)) if isinstance(v, str) and re.fullmatch(r"[0-9a-f]{32}", v) else str(v) for v in row
    )
