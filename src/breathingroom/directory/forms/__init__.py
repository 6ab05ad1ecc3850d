"""Forms: what a query string or a post may hold."""

from breathingroom.directory.forms.listing import DeleteForm, PlaceForm
from breathingroom.directory.forms.search import SearchForm

__all__ = ["DeleteForm", "PlaceForm", "SearchForm"]
