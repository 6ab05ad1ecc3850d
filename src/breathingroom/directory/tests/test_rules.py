"""Each rule on its own."""

import datetime as dt
from typing import Any

import pytest

from breathingroom.core import clock
from breathingroom.directory import rules
from breathingroom.directory.models import Listing
from breathingroom.directory.rules import Missing
from breathingroom.directory.tests import cast


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "published", "paused"])
@pytest.mark.parametrize("is_active", [True, False])
def test_visible_is_what_is_published_by_who_is_active(state: str, is_active: bool) -> None:
    cast.world()
    row = cast.listing(state=state)
    row.member.is_active = is_active
    row.member.save()
    assert Listing.objects.visible().exists() is (state == "published" and is_active)


@pytest.mark.parametrize("days", [0, 1, 30, 31, 400])
def test_openings_count_for_thirty_days(days: int) -> None:
    today = clock.today()
    assert rules.is_fresh(today - dt.timedelta(days=days), today) is (days <= 30)


def test_what_was_never_confirmed_is_not_fresh() -> None:
    assert not rules.is_fresh(None, dt.date(2026, 11, 22))


FULL: dict[str, Any] = {
    "name": "Maren",
    "profession": "psychologist",
    "therapist": False,
    "supervisor": True,
    "consultant": False,
    "online": False,
    "in_person": True,
    "place": "US-WA",
    "openings_confirmed_on": dt.date(2026, 11, 22),
    "headline": "A sentence",
    "contact": "https://maren.example.org",
    "concerns": ["burnout"],
    "languages": ["en"],
}


@pytest.mark.parametrize(
    ("without", "need"),
    [
        ({}, None),
        ({"name": ""}, Missing.NAME),
        ({"profession": None}, Missing.PROFESSION),
        ({"supervisor": False}, Missing.ROLE),
        ({"in_person": False}, Missing.FORMAT),
        ({"concerns": []}, Missing.CONCERNS),
        ({"place": None}, Missing.PLACE),
        ({"languages": []}, Missing.LANGUAGES),
        ({"openings_confirmed_on": None}, Missing.OPENINGS),
        ({"headline": ""}, Missing.WORDS),
    ],
)
def test_each_missing_thing_is_named(without: dict[str, Any], need: Missing | None) -> None:
    assert rules.missing({**FULL, **without}) == ([need] if need else [])
