"""What each address of the API answers, as its body."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from breathingroom.directory import access, index, queries
from breathingroom.directory.api import reading
from breathingroom.directory.api.door import open_to_all
from breathingroom.directory.api.schema import document
from breathingroom.directory.forms.eligibility import EligibilityForm
from breathingroom.directory.index import Question
from breathingroom.directory.queries import public
from breathingroom.directory.queries.listing import formats
from breathingroom.licensure import queries as licensure

Json = dict[str, Any]


@open_to_all
def listings(request: HttpRequest) -> Json:
    """The same search as the page's, a page at a time."""
    snapshot = index.current()
    asked = reading.search(request.GET, snapshot.places)
    results = index.search(snapshot, asked.criteria)
    following = queries.Address(request.GET).link(page=asked.criteria.page + 1)
    return public.found(results, asked.criteria, following)


@open_to_all
def listing(request: HttpRequest, listing_id: str) -> Json:
    """One listing that anybody may see."""
    reading.plain(request.GET, {})
    return public.one(access.visible(_id(listing_id), None))


def _id(text: str) -> UUID:
    """Raises Http404 for what is none, as for one of a listing that never was."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@open_to_all
def concerns(request: HttpRequest) -> Json:
    """What clinicians carry."""
    reading.plain(request.GET, {})
    return public.all_concerns()


@open_to_all
def jurisdictions(request: HttpRequest) -> Json:
    """Where one can be sitting."""
    reading.plain(request.GET, {})
    return public.all_jurisdictions(index.current())


@open_to_all
def eligibility(request: HttpRequest) -> Json:
    """May they see me there, on that day?"""
    snapshot = index.current()
    form = EligibilityForm(reading.plain(request.GET, EligibilityForm.base_fields), places=snapshot.places)
    reading.demand(form)
    asked = form.cleaned_data
    listing = access.visible(asked["listing"], None)
    offered = [way for way in formats(listing) if way == (asked["format"] or way)]
    question = Question(asked["where"], asked["on"] or snapshot.on, snapshot.facts)
    licences = licensure.held_by([listing.member_id])[listing.member_id]
    verdict = index.best(question, licences, listing.place_id or "", offered)
    return public.eligibility(listing, question, asked["format"], verdict)


@open_to_all
def openapi(request: HttpRequest) -> Json:
    """All of this in OpenAPI 3.1."""
    reading.plain(request.GET, {})
    return document(index.current().places)


@open_to_all
def nothing(_request: HttpRequest, _rest: str) -> Json:
    """Any other address under the API: said as the API says it."""
    raise Http404
