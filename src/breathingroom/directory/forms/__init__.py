"""Forms: what a query string or a post may hold."""

from breathingroom.directory.forms.compare import CompareForm
from breathingroom.directory.forms.listing import DeleteForm, PlaceForm, ZoneForm
from breathingroom.directory.forms.search import SearchForm

__all__ = ["CompareForm", "DeleteForm", "PlaceForm", "SearchForm", "ZoneForm"]
