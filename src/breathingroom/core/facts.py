"""Facts about the world: where each row comes from, when it was true, how sure that is."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_DATE = re.compile(r"(20\d\d)(?:-(\d\d))?(?:-(\d\d))?")


class Certainty(models.TextChoices):
    """How sure a fact is, surest first."""

    VERIFIED = "verified", _("verified")
    HIGH = "high", _("likely right")
    MEDIUM = "medium", _("less certain")
    LOW = "low", _("doubtful")
    UNVERIFIED = "unverified", _("not verified")


DOUBT: Mapping[str, int] = {value: rank for rank, value in enumerate(Certainty.values)}


def said(words: str) -> str:
    """A name or note of a fact in the reader's language; what an operator typed stays as typed."""
    return gettext(words) if words else ""


class FactError(Exception):
    """A row of a facts file cannot be read; the message names the file and the row."""


class Fact(models.Model):
    """What every table of facts carries."""

    source = models.TextField(_("source"), blank=True)
    as_of = models.DateField(_("as of"))
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty)
    edited_on = models.DateField(_("edited by an operator"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(certainty__in=Certainty.values), name="%(class)s_certainty_is_known"
            )
        ]

    def is_older_than(self, days: int, on: dt.date) -> bool:
        """Whether, on the day `on`, the fact is more than `days` days old."""
        return (on - self.as_of).days > days


@dataclass
class Tally:
    """What an import did, counted in rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0  # an operator edited the row by hand, and the file is no newer

    def add(self, other: "Tally") -> None:
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.kept += other.kept

    @property
    def wrote(self) -> bool:
        return bool(self.created or self.changed)

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged, "
            f"{self.kept} kept as an operator edited them"
        )


def date_of(text: str) -> dt.date:
    """The first date in `text`; a month alone is its first day, a year alone its first of January.

    Raises ValueError when there is none.
    """
    found = _DATE.search(text)
    if found is None:
        raise ValueError(f"{text!r} holds no date")
    year, month, day = found.groups()
    return dt.date(int(year), int(month or 1), int(day or 1))


def merge(model: type[Fact], key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Tally:
    """Bring `rows` (field attname to value) into the table; `key` names the fields that identify a row.

    A row that an operator edited stays unless the file's as-of date is later than the row's; a file older
    than the row never wins. Rows the file does not mention stay too. Call it inside a transaction.
    """
    tally = Tally()
    found = {tuple(getattr(row, k) for k in key): row for row in model._default_manager.all()}
    fresh: list[Fact] = []
    for values in rows:
        row = found.get(tuple(values[k] for k in key))
        if row is None:
            fresh.append(model(**values))
        else:
            _update(row, values, tally)
    model._default_manager.bulk_create(fresh)
    tally.created = len(fresh)
    return tally


def _update(row: Fact, values: Mapping[str, Any], tally: Tally) -> None:
    different = [name for name, value in values.items() if getattr(row, name) != value]
    if not different:
        tally.unchanged += 1
    elif row.as_of > values["as_of"] or (row.edited_on and row.as_of == values["as_of"]):
        tally.kept += 1
    else:
        for name in different:
            setattr(row, name, values[name])
        row.edited_on = None
        row.save()
        tally.changed += 1
