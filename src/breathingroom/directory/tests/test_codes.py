"""Approaches, identities and hours: each rule of their tables, broken once."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from breathingroom.directory.models import ListingApproach, ListingHours, ListingIdentity
from breathingroom.directory.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

NINE, TEN = dt.time(9), dt.time(10)


def refused(model: type[models.Model], **fields: Any) -> str:
    """What the database says to one row more."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model._default_manager.create(**fields)
    return str(caught.value)


def test_listing_approach_once_and_listing_approach_is_known() -> None:
    row = cast.listing()
    ListingApproach.objects.create(listing=row, code="emdr")
    assert "approach" in refused(ListingApproach, listing=row, code="emdr")
    assert "listing_approach_is_known" in refused(ListingApproach, listing=row, code="xx")


def test_listing_identity_once_and_listing_identity_is_known() -> None:
    row = cast.listing()
    ListingIdentity.objects.create(listing=row, code="queer")
    assert "identity" in refused(ListingIdentity, listing=row, code="queer")
    assert "listing_identity_is_known" in refused(ListingIdentity, listing=row, code="xx")


def test_listing_hours_once() -> None:
    row = cast.listing()
    ListingHours.objects.create(listing=row, weekday=0, begins=NINE, ends=TEN)
    assert "hours" in refused(ListingHours, listing=row, weekday=0, begins=NINE, ends=dt.time(11))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("listing_hours_on_a_weekday", {"weekday": 7, "begins": NINE, "ends": TEN}),
        ("listing_hours_end_after_begin", {"weekday": 0, "begins": TEN, "ends": TEN}),
        ("listing_hours_end_after_begin", {"weekday": 0, "begins": TEN, "ends": NINE}),
    ],
)
def test_hours_that_break_a_rule_are_refused(constraint: str, fields: dict[str, Any]) -> None:
    assert constraint in refused(ListingHours, listing=cast.listing(), **fields)


def test_they_have_names_to_be_called_by() -> None:
    assert str(ListingApproach(code="emdr")) == "emdr"
    assert str(ListingIdentity(code="queer")) == "queer"
    assert str(ListingHours(weekday=1, begins=NINE, ends=TEN)) == "1 09:00 to 10:00"
