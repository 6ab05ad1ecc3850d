"""Each rule of the tables, broken once."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from breathingroom.directory.models import Listing, ListingConcern, ListingLanguage
from breathingroom.directory.tests import cast
from breathingroom.people.tests.actors import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def broken(row: Listing, **fields: Any) -> str:
    """What the database says to a change."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Listing.objects.filter(pk=row.pk).update(**fields)
    return str(caught.value)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("listing_state_is_known", {"state": "hidden"}),
        ("listing_beyond_draft_is_complete", {"name": ""}),
        ("listing_beyond_draft_is_complete", {"profession": None}),
        ("listing_beyond_draft_is_complete", {"place": None}),
        ("listing_beyond_draft_is_complete", {"therapist": False}),
        ("listing_beyond_draft_is_complete", {"online": False}),
        ("listing_beyond_draft_is_complete", {"openings_confirmed_on": None}),
        ("listing_beyond_draft_is_complete", {"published_at": None}),
        ("listing_currency_is_known", {"currency": "XXX"}),
        ("listing_fee_is_a_range", {"fee_least": 14001}),
        ("listing_fee_is_a_range", {"fee_most": None}),
        ("listing_fee_is_a_range", {"fee_least": None}),
        ("listing_openings_only_if_accepting", {"accepting": False}),
        ("listing_wait_is_two_years_at_most", {"wait_weeks": 105}),
        ("listing_treating_since_is_a_year", {"treating_since": 14}),
    ],
)
def test_a_listing_that_breaks_a_rule_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    assert constraint in broken(cast.listing(), **fields)


def test_a_draft_may_lack_everything() -> None:
    row = Listing.objects.create(member=make_member("new@example.org"))
    assert row.state == "draft"


def test_listing_concern_once() -> None:
    row = cast.listing()
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingConcern.objects.create(listing=row, code="burnout")


def test_listing_language_once() -> None:
    row = cast.listing()
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingLanguage.objects.create(listing=row, code="en")


def test_listing_language_is_known() -> None:
    row = cast.listing()
    with pytest.raises(IntegrityError, match="listing_language_is_known"), transaction.atomic():
        ListingLanguage.objects.create(listing=row, code="xx")


def test_a_member_has_one_listing() -> None:
    row = cast.listing()
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.create(member=row.member)


def test_rows_have_names_to_be_called_by() -> None:
    row = cast.listing(openings_confirmed_on=dt.date(2026, 1, 1))
    assert str(row) == "Maren Oduya"
    assert str(row.concerns.first()) in {"burnout", "vicarious_trauma"}
    assert str(row.languages.first()) == "en"
    assert str(Listing(name="")) != ""
