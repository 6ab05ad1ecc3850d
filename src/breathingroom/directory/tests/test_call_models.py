"""Each rule of the tables of calls, broken once."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from breathingroom.directory.models import Call, CallOffer, CallSkip, CallTerms
from breathingroom.directory.tests import callers, cast
from breathingroom.people.tests.actors import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def refused(queryset: Any, **fields: Any) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        queryset.update(**fields)
    return str(caught.value)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("call_terms_way_is_known", {"by": "bird"}),
        ("call_terms_notice", {"notice_hours": 0}),
        ("call_terms_notice", {"notice_hours": 337}),
        ("call_terms_horizon", {"horizon_days": 6}),
        ("call_terms_horizon", {"horizon_days": 93}),
    ],
)
def test_terms_that_break_a_rule_are_refused(constraint: str, fields: dict[str, Any]) -> None:
    callers.terms(cast.listing())
    assert constraint in refused(CallTerms.objects, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("call_offer_on_a_weekday", {"weekday": 7}),
        ("call_offer_ends_after_it_begins", {"ends_on": dt.date(2001, 1, 1)}),
        ("call_offer_of_one_day_has_one_day", {"weekday": None}),
        ("call_offer_of_one_day_has_one_day", {"weekday": None, "ends_on": dt.date(2099, 1, 1)}),
        ("call_offer_is_short", {"minutes": 50}),
    ],
)
def test_an_offer_that_breaks_a_rule_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    callers.offering()
    assert constraint in refused(CallOffer.objects, **fields)


def test_call_offer_once() -> None:
    listing = callers.offering()
    with pytest.raises(IntegrityError), transaction.atomic():
        callers.offer(listing)
    day = dt.date(2026, 12, 1)
    callers.offer(listing, weekday=None, begins_on=day, ends_on=day)
    with pytest.raises(IntegrityError), transaction.atomic():  # NULL is as good as a weekday here
        callers.offer(listing, weekday=None, begins_on=day, ends_on=day)


def test_call_skip_once() -> None:
    offer = callers.offering().call_offers.get()
    CallSkip.objects.create(offer=offer, on=dt.date(2026, 12, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CallSkip.objects.create(offer=offer, on=dt.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("call_state_is_known", {"state": "lost"}),
        ("call_cancelled_by_somebody", {"state": "cancelled"}),
        ("call_cancelled_by_somebody", {"state": "cancelled", "cancelled_by": "wind"}),
        ("call_cancelled_by_somebody", {"cancelled_by": "member"}),
        ("call_is_short", {"minutes": 45}),
    ],
)
def test_a_call_that_breaks_a_rule_is_refused(constraint: str, fields: dict[str, Any]) -> None:
    callers.book(make_member(), callers.offering())
    assert constraint in refused(Call.objects, **fields)


def test_call_time_is_taken_once() -> None:
    """Whatever the code above does, the database takes a time once; a cancelled one is free again."""
    listing = callers.offering()
    call = callers.book(make_member(), listing)
    other = make_member("vera@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        callers.past(other, listing, starts_at=call.starts_at)
    Call.objects.update(state="cancelled", cancelled_by="member")
    callers.past(other, listing, starts_at=call.starts_at)


def test_call_of_a_pair_is_open_once() -> None:
    listing, member = callers.offering(), make_member()
    callers.book(member, listing)
    with pytest.raises(IntegrityError), transaction.atomic():
        callers.past(member, listing, days=-9)


def test_a_number_or_link_is_sealed_at_rest() -> None:
    callers.terms(cast.listing(), reach="+1 206 555 0199")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reach FROM directory_callterms")
        stored = str(cursor.fetchone()[0])
    assert stored
    assert "206 555 0199" not in stored
    assert CallTerms.objects.get().reach == "+1 206 555 0199"


def test_rows_have_names_to_be_called_by() -> None:
    listing = callers.offering()
    call = callers.book(make_member(), listing)
    skip = CallSkip.objects.create(offer=listing.call_offers.get(), on=dt.date(2026, 12, 1))
    assert str(call) == f"{call.starts_at:%Y-%m-%d %H:%M}"
    assert (str(skip), str(skip.offer)) == ("2026-12-01", "09:00 America/Los_Angeles")
    assert "telephone" in str(listing.call_terms)
