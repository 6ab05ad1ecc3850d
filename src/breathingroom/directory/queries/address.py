"""A search as an address: shareable, without empty fields, changed one filter at a time."""

from collections.abc import Collection, Iterator
from urllib.parse import urlencode

from django.http import QueryDict

FIELDS = (
    *("q", "exact", "where", "role", "format", "near", "within", "answer", "concern", "approach"),
    *("language", "time", "years", "identity", "fee_max", "currency", "sliding", "pro_bono"),
    *("accepting", "unconfirmed", "page"),
)
MEANT_WITH = {"currency": "fee_max", "within": "near"}
"""Fields that say nothing without another one."""


class Address:
    """The query string of a search, read once."""

    def __init__(self, query: QueryDict) -> None:
        self._query = query

    def chosen(self, name: str) -> frozenset[str]:
        """What was sent in a field."""
        return frozenset(self._query.getlist(name))

    def text(self, name: str) -> str:
        """What was typed in a field, as it was typed."""
        return self._query.get(name, "")

    def link(self, *without: str, **changed: str | int | list[str]) -> str:
        """This search `without` some fields and with others `changed`, from its first page: "?…" or "."."""
        kept = list(self.pairs({*without, *changed, "page"}))
        query = urlencode([*kept, *changed.items()], doseq=True)
        return f"?{query}" if query else "?"

    def __str__(self) -> str:
        query = urlencode(list(self.pairs()))
        return f"?{query}" if query else ""

    def pairs(self, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """(field, value) of all that was asked, but for the fields `without`."""
        for name in FIELDS:
            other = MEANT_WITH.get(name)
            if name not in without and (other is None or (other not in without and self.text(other))):
                yield from ((name, value) for value in self._query.getlist(name) if value)
