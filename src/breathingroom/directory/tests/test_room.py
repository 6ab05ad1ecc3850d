"""What the room does for the house: stewardship, sweeping, short phrases."""

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from breathingroom.directory import photos
from breathingroom.directory.adapters import DirectorySteward
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import words
from breathingroom.directory.tasks import photos as tasks
from breathingroom.directory.tests import cast, pictures
from breathingroom.people.tests.actors import make_member

TODAY = dt.date(2026, 11, 22)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def test_the_steward_shows_exports_suspends_and_erases() -> None:
    steward, row = DirectorySteward(), cast.listing(photo="abc.webp")
    assert len(steward.holds(row.member)) == 1
    told = steward.export(row.member)["listing"]
    assert (told["name"], told["photo"], told["place"]) == ("Maren Oduya", "abc.webp", "US-WA")
    assert sorted(told["concerns"]) == ["burnout", "vicarious_trauma"]
    assert "Maren Oduya" in DjangoJSONEncoder().encode(told)
    steward.suspend(member=row.member)
    assert not Listing.objects.visible().exists()
    assert steward.erase(member=row.member) == []
    assert not Listing.objects.exists()


def test_the_steward_of_who_has_no_listing_says_so() -> None:
    steward, member = DirectorySteward(), make_member("nobody@example.org")
    assert steward.holds(member) == []
    assert steward.export(member)["listing"] is None
    assert steward.files(member) == {}
    assert steward.erase(member=member) == []


def test_the_steward_hands_over_the_photograph_under_the_name_in_the_export() -> None:
    steward, row = DirectorySteward(), cast.listing()
    assert steward.files(row.member) == {}
    picture = photos.clean(pictures.jpeg(size=(30, 30)))
    row.photo = photos.store(row.pk, picture)
    row.save()
    assert steward.files(row.member) == {steward.export(row.member)["listing"]["photo"]: picture}
    photos.remove(row.photo)
    assert steward.files(row.member) == {}


def test_pictures_that_no_listing_names_are_swept_once_they_are_old() -> None:
    row = cast.listing()
    picture = photos.clean(pictures.jpeg(size=(30, 30)))
    kept = photos.store(row.pk, picture)
    Listing.objects.filter(pk=row.pk).update(photo=kept)
    orphan = photos.store(row.member.pk, picture)
    assert tasks.sweep_photos() == 0
    folder, old = Path(settings.MEDIA_ROOT) / photos.FOLDER, time.time() - 7200
    for file in folder.glob("*"):
        os.utime(file, (old, old))
    tasks.sweep_photos()
    assert photos.read(orphan) is None
    assert photos.read(kept) == picture


def test_a_house_without_pictures_sweeps_nothing(tmp_path: Path) -> None:
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path):
        assert tasks.sweep_photos() == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fee_least": None, "fee_most": None}, "Fee on request"),
        ({"fee_least": None, "fee_most": None, "sliding": True}, "Sliding scale"),
        ({"fee_least": 0, "fee_most": 0}, "No fee"),
        ({"fee_least": 14000, "fee_most": 14000}, "$140"),
        ({"fee_least": 8250, "fee_most": 14000, "sliding": True}, "$82.50 to $140, sliding"),
        ({"fee_least": 9000, "fee_most": 9000, "currency": "GBP"}, "£90"),
    ],
)
def test_a_fee_in_words(fields: dict[str, Any], said: str) -> None:
    assert words.fee(Listing(**fields)) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"accepting": True, "openings": 1}, "1 opening"),
        ({"accepting": True, "openings": 2}, "2 openings"),
        ({"accepting": True}, "Taking new people"),
        ({"accepting": True, "wait_weeks": 3}, "Waiting list, about 3 weeks"),
        ({"wait_weeks": 1}, "Waiting list, about 1 week"),
        ({}, "Not taking anybody new now"),
    ],
)
def test_openings_in_words(fields: dict[str, Any], said: str) -> None:
    assert words.openings(Listing(**fields)) == said


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (None, ""),
        (2026, "began treating clinicians this year"),
        (2025, "1 year treating clinicians"),
        (2012, "14 years treating clinicians"),
    ],
)
def test_years_in_words(since: int | None, said: str) -> None:
    assert words.years(Listing(treating_since=since), TODAY) == said


def test_labels_inside_a_sentence() -> None:
    assert words.listed(["Burnout", "Grief and loss", "ADHD"]) == "burnout, grief and loss and ADHD"
    assert words.and_list(["Spanish", "English"]) == "Spanish and English"


@pytest.mark.parametrize(
    ("last", "said"),
    [("inglés", "español e inglés"), ("hindi", "español e hindi"), ("urdu", "español y urdu")],
)
def test_spanish_changes_its_and_before_the_sound_of_i(last: str, said: str) -> None:
    with translation.override("es"):
        assert words.and_list(["español", last]) == said
