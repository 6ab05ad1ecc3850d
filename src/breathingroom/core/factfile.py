"""Reading a JSON file of facts: every complaint names the file, the row and the key."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import TextChoices

from breathingroom.core.facts import Certainty, FactError, date_of

LARGEST = 5_000_000


@dataclass(frozen=True)
class Row:
    """One JSON object and where it stands, such as "compacts.json, compacts[2]"."""

    where: str
    data: dict[str, Any]

    def text(self, key: str, default: str | None = None, *, longest: int = 2_000) -> str:
        """The text under `key`; null and absent are `default`, or an error when there is none."""
        value = self.data.get(key)
        if value is None:
            if default is None:
                raise self.wrong(key, "is missing")
            return default
        if not isinstance(value, str) or "\0" in value:
            raise self.wrong(key, "must be text")
        if len(value) > longest:
            raise self.wrong(key, f"is longer than {longest} characters")
        return value.strip()

    def texts(self, key: str) -> list[str]:
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "must be a list of texts")
        return value

    def choice(self, key: str, choices: type[TextChoices]) -> str:
        value = self.text(key)
        if value not in choices.values:
            raise self.wrong(key, f"must be one of {', '.join(choices.values)}, not {value!r}")
        return value

    def day(self, key: str) -> dt.date | None:
        return self._day(key) if self.data.get(key) is not None else None

    def as_of(self, fallback: "Row | None" = None) -> dt.date:
        """The row's own as-of date, else that of the row around it."""
        return self._day("as_of") if fallback is None or "as_of" in self.data else fallback.as_of()

    def certainty(self, default: str) -> str:
        """One of `Certainty`, `default` when the row does not say."""
        return self.choice("certainty", Certainty) if "certainty" in self.data else default

    def rows(self, key: str) -> Iterator["Row"]:
        """The objects in the list under `key`; absent means none."""
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list")
        for number, item in enumerate(value):
            place = f"{self.where}, {key}[{number}]"
            if not isinstance(item, dict):
                raise FactError(f"{place}: must be an object")
            yield Row(place, item)

    def wrong(self, key: str, what: str) -> FactError:
        return FactError(f"{self.where}: {key!r} {what}")

    def _day(self, key: str) -> dt.date:
        try:
            return date_of(self.text(key))
        except ValueError as error:
            raise self.wrong(key, f"must hold a date such as 2026-11-21: {error}") from error


def read(path: Path) -> Row:
    """The object in a JSON file. Raises FactError for what cannot be read or is not there."""
    try:
        if path.stat().st_size > LARGEST:
            raise FactError(f"{path.name}: larger than {LARGEST} bytes")
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FactError(f"{path.name}: not found in {path.parent}") from error
    except (OSError, ValueError) as error:
        raise FactError(f"{path.name}: cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise FactError(f"{path.name}: must hold an object")
    return Row(path.name, data)
