"""Which people to see side by side, and for where: a query string, read as far as it can be."""

from uuid import UUID

from django import forms
from django.http import QueryDict

from breathingroom.directory.forms.search import SearchForm
from breathingroom.directory.index import Criteria, Grouped

AT_MOST = 3


class CompareForm(SearchForm):
    """The question of the search, for up to three listings."""

    listing = forms.Field(widget=forms.MultipleHiddenInput, required=False)

    def __init__(self, data: QueryDict, *, places: Grouped) -> None:
        super().__init__(data, places=places)
        for name in set(self.fields) - {"listing", "where", "format", "near"}:
            del self.fields[name]

    def clean_listing(self) -> list[str]:
        """What was sent as ids, each once, in its order."""
        return list(dict.fromkeys(self.cleaned_data["listing"] or ()))

    @property
    def sent(self) -> list[str]:
        return list(self.cleaned_data.get("listing", ()))

    @property
    def ids(self) -> list[UUID]:
        """The first three that are ids at all."""
        found = [_id(text) for text in self.sent[:AT_MOST]]
        return [id for id in found if id]

    def question(self) -> Criteria:
        """Where and how, as a search asks it."""
        return self.asked().criteria


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
