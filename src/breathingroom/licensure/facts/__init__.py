"""Bringing in the facts of licensing: professions, jurisdictions, compacts and what holds elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from breathingroom.audit import actions as audit
from breathingroom.core.facts import Fact, FactError, Tally, merge
from breathingroom.licensure.facts import reading
from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)
from breathingroom.people.models import Member

PACKAGED = Path(__file__).parent
Progress = Callable[[str, int, int], None]

Table = tuple[type[Fact], tuple[str, ...], Iterable[Mapping[str, Any]]]


def load(*, by: Member | None, folder: Path | None = None, progress: Progress | None = None) -> Tally:
    """Bring the JSON files of `folder` into the tables, all or nothing; the packaged ones stand in.

    A second run changes nothing. A row that an operator edited stays unless the file is newer; a row the
    file does not mention stays. `progress` is called with (what, done, of). Raises FactError.
    """
    read = reading.read_all(folder or PACKAGED, PACKAGED)
    tables = _tables(read)
    total = Tally()
    with transaction.atomic():
        for number, (model, key, rows) in enumerate(tables):
            total.add(_merge(model, key, rows))
            if progress:
                progress(str(model._meta.verbose_name_plural), number + 1, len(tables))
        linked = _link(Compact, read.covered) | _link(Mobility, read.eased)
        if total.wrote or linked:
            audit.record(by=by, did="licensure.facts.imported", on="licensure.facts", why=str(total))
            audit.advance("licensure", "facts")
    return total


def _merge(model: type[Fact], key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Tally:
    try:
        with transaction.atomic():
            return merge(model, key, rows)
    except IntegrityError as error:
        raise FactError(f"{model._meta.verbose_name_plural}: a row contradicts another: {error}") from error


def _tables(read: reading.Read) -> list[Table]:
    """In the order that foreign keys ask for."""
    return [
        (NuccCode, ("code",), read.nucc_codes),
        (Profession, ("slug",), read.professions),
        (Title, ("slug",), read.titles),
        (Jurisdiction, ("code",), read.jurisdictions),
        (Registration, ("country",), read.registrations),
        (Compact, ("slug",), read.compacts),
        (CompactPrivilege, ("compact_id", "kind"), read.privileges),
        (CompactMember, ("compact_id", "jurisdiction_id"), read.members),
        (Mobility, ("slug",), read.mobilities),
    ]


def _link(model: type[Compact] | type[Mobility], wanted: Mapping[str, set[str]]) -> bool:
    """Set the professions of each row, unless an operator edited that row; whether anything changed."""
    changed = False
    for row in model._default_manager.prefetch_related("professions"):
        found = {profession.slug for profession in row.professions.all()}
        if row.edited_on is None and row.slug in wanted and found != wanted[row.slug]:
            row.professions.set(Profession.objects.filter(slug__in=wanted[row.slug]))
            changed = True
    return changed
