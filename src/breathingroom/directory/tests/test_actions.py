"""Every verb: what it writes, what it refuses, what it tells the log and the index."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from breathingroom.audit.models import Event
from breathingroom.audit.queries import positions
from breathingroom.core import clock
from breathingroom.directory import photos
from breathingroom.directory.actions import listings
from breathingroom.directory.choices import State
from breathingroom.directory.models import (
    Listing,
    ListingApproach,
    ListingConcern,
    ListingHours,
    ListingIdentity,
    ListingLanguage,
)
from breathingroom.directory.rules import Missing
from breathingroom.directory.tests import cast, pictures
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    cast.world()


@pytest.fixture
def maren() -> Member:
    return make_member("maren@example.org", name="Maren")


def stands() -> int:
    return positions("directory")["directory"].value


def moved_by(before: int) -> int:
    return stands() - before


def did() -> list[str]:
    return list(
        Event.objects.filter(did__startswith="directory.").order_by("pk").values_list("did", flat=True)
    )


def test_a_draft_borrows_the_name_and_is_begun_once(maren: Member) -> None:
    first, second = listings.start(by=maren), listings.start(by=maren)
    assert first == second
    assert (first.name, first.state) == ("Maren", State.DRAFT)
    assert did() == ["directory.listing.started"]


def test_what_no_stranger_sees_does_not_move_the_position(maren: Member) -> None:
    before = stands()
    listings.start(by=maren)
    listings.change(by=maren, fields={"city": "Seattle"})
    listings.set_photo(by=maren, picture=photos.clean(pictures.jpeg()))
    listings.suspend(member=maren)
    listings.delete(by=maren, typed="Maren")
    assert moved_by(before) == 0


def test_whatever_a_stranger_would_see_moves_the_position(maren: Member) -> None:
    cast.listing(maren, state=State.DRAFT)
    before = stands()
    listings.publish(by=maren)
    listings.pause(by=maren)
    listings.change(by=maren, fields={"city": "Tacoma"})
    assert moved_by(before) == 2
    listings.publish(by=maren)
    listings.change(by=maren, fields={"city": "Seattle"})
    listings.delete(by=maren, typed="Maren Oduya")
    assert moved_by(before) == 5


def test_a_change_is_saved_with_its_codes_and_moves_the_position(maren: Member) -> None:
    cast.listing(maren)
    before = stands()
    listings.change(by=maren, fields={"city": "Seattle"}, concerns=["grief", "sleep"], languages=["en"])
    listings.change(by=maren, fields={}, concerns=["sleep", "burnout"])
    row = Listing.objects.get(member=maren)
    assert row.city == "Seattle"
    assert sorted(row.concerns.values_list("code", flat=True)) == ["burnout", "sleep"]
    assert list(row.languages.values_list("code", flat=True)) == ["en"]
    assert moved_by(before) == 2


def test_a_listing_beyond_draft_keeps_what_it_must_have(maren: Member) -> None:
    cast.listing(maren)
    with pytest.raises(listings.Incomplete) as caught:
        listings.change(by=maren, fields={"city": "Tacoma"}, concerns=[])
    assert caught.value.missing == [Missing.CONCERNS]
    assert Listing.objects.get(member=maren).city == "Seattle"
    assert ListingConcern.objects.count() == 2


def test_publishing_needs_everything_and_dates_itself_once(maren: Member) -> None:
    listings.start(by=maren)
    with pytest.raises(listings.Incomplete) as caught:
        listings.publish(by=maren)
    assert Missing.PLACE in caught.value.missing
    assert "place" in str(caught.value)
    Listing.objects.all().delete()
    row = cast.listing(maren, state=State.DRAFT, published_at=None)
    first = listings.publish(by=maren).published_at
    listings.pause(by=maren)
    assert listings.publish(by=maren).published_at == first
    assert Listing.objects.get(pk=row.pk).state == State.PUBLISHED


def test_only_a_published_listing_can_be_paused(maren: Member) -> None:
    cast.listing(maren)
    assert listings.pause(by=maren).state == State.PAUSED
    with pytest.raises(listings.WrongState):
        listings.pause(by=maren)
    assert did() == ["directory.listing.paused"]


def test_confirming_sets_todays_date_and_not_on_a_draft(maren: Member) -> None:
    row = cast.listing(maren, openings_confirmed_on=clock.today() - dt.timedelta(days=90))
    assert listings.confirm_openings(by=maren).openings_confirmed_on == clock.today()
    Listing.objects.filter(pk=row.pk).update(state=State.DRAFT)
    with pytest.raises(listings.WrongState):
        listings.confirm_openings(by=maren)


def files() -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / photos.FOLDER).glob("*"))


@pytest.fixture
def _no_files() -> None:
    for file in files():
        file.unlink()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_files")
def test_a_photograph_replaces_the_last_one_and_goes_with_the_listing(maren: Member) -> None:
    cast.listing(maren)
    first = listings.set_photo(by=maren, picture=photos.clean(pictures.jpeg("red"))).photo
    listings.set_photo(by=maren, picture=photos.clean(pictures.jpeg("red")))
    second = listings.set_photo(by=maren, picture=photos.clean(pictures.jpeg("blue"))).photo
    assert first != second
    assert [file.name for file in files()] == [second]
    assert listings.remove_photo(by=maren).photo == ""
    assert files() == []
    listings.set_photo(by=maren, picture=photos.clean(pictures.jpeg("red")))
    listings.delete(by=maren, typed="Maren Oduya")
    assert files() == []


def test_deleting_needs_the_name_and_leaves_nothing(maren: Member) -> None:
    cast.listing(maren)
    with pytest.raises(listings.NotTyped):
        listings.delete(by=maren, typed="Maren")
    listings.delete(by=maren, typed=" Maren Oduya ")
    assert not any(table.objects.exists() for table in (Listing, ListingConcern, ListingLanguage))
    assert did() == ["directory.listing.deleted"]


def test_a_nameless_draft_is_deleted_by_its_id(maren: Member) -> None:
    row = listings.start(by=make_member("nameless@example.org"))
    listings.delete(by=row.member, typed=str(row.pk))
    assert not Listing.objects.exists()


def test_a_member_without_a_listing_can_do_nothing_to_it(maren: Member) -> None:
    for act in (listings.publish, listings.pause, listings.confirm_openings, listings.remove_photo):
        with pytest.raises(listings.NoListing):
            act(by=maren)
    with pytest.raises(listings.NoListing):
        listings.change(by=maren, fields={})
    with pytest.raises(listings.NoListing):
        listings.delete(by=maren, typed="")


def test_suspending_takes_it_out_of_sight_and_erasing_takes_it_away(maren: Member) -> None:
    cast.listing(maren)
    before = stands()
    listings.suspend(member=maren)
    listings.suspend(member=maren)
    assert Listing.objects.get().state == State.PAUSED
    assert did() == ["directory.listing.suspended"]
    listings.erase(member=maren)
    listings.erase(member=maren)
    assert not Listing.objects.exists()
    assert moved_by(before) == 1


def test_the_log_never_holds_the_public_id_of_a_listing(maren: Member) -> None:
    """After an erasure the lines stay, and an old bookmark must not lead to who acted."""
    row = cast.listing(maren, state=State.DRAFT)
    listings.publish(by=maren)
    listings.change(by=maren, fields={"city": "Tacoma"})
    listings.set_photo(by=maren, picture=photos.clean(pictures.jpeg()))
    listings.remove_photo(by=maren)
    listings.confirm_openings(by=maren)
    listings.pause(by=maren)
    listings.suspend(member=maren)
    listings.delete(by=maren, typed="Maren Oduya")
    second = listings.start(by=maren)
    listings.erase(member=maren)
    told = [f"{line}{line.actor}{line.why}" for line in Event.objects.all()]
    assert len(told) >= 8
    assert not [line for line in told if str(row.pk) in line or str(second.pk) in line]
    assert set(Event.objects.values_list("on_id", flat=True)) == {str(maren.pk)}


NINE, NOON, SIX, SEVEN = dt.time(9), dt.time(12), dt.time(18), dt.time(19)


def test_hours_are_replaced_and_say_evenings_and_weekends(maren: Member) -> None:
    row = cast.listing(maren)
    kept = [(0, NINE, NOON), (5, NINE, NOON)]
    listings.change(by=maren, fields={}, hours=[*kept, (1, NINE, SEVEN)])
    first = {each.weekday: each.pk for each in row.hours.all()}
    row.refresh_from_db()
    assert (row.evenings, row.weekends) == (True, True)
    listings.change(by=maren, fields={}, hours=[kept[0], (5, NINE, SIX)])
    row.refresh_from_db()
    assert [(each.weekday, each.begins, each.ends) for each in row.hours.all()] == [
        (0, NINE, NOON),
        (5, NINE, SIX),
    ]
    assert row.hours.get(weekday=0).pk == first[0]
    assert (row.evenings, row.weekends) == (False, True)
    listings.change(by=maren, fields={"city": "Tacoma"})
    assert row.hours.count() == 2
    listings.change(by=maren, fields={}, hours=[])
    row.refresh_from_db()
    assert (row.hours.count(), row.evenings, row.weekends) == (0, False, False)


def test_approaches_and_identities_are_saved_beside_the_rest(maren: Member) -> None:
    row = cast.listing(maren)
    before = stands()
    listings.change(by=maren, fields={"pro_bono": 2}, approaches=["emdr"], identities=["queer", "parent"])
    listings.change(by=maren, fields={}, identities=["parent"])
    assert [each.code for each in row.approaches.all()] == ["emdr"]
    assert [each.code for each in row.identities.all()] == ["parent"]
    assert moved_by(before) == 2


def test_deleting_takes_what_hangs_on_a_listing(maren: Member) -> None:
    row = cast.listing(maren)
    hours = [(0, NINE, NOON)]
    listings.change(by=maren, fields={}, approaches=["emdr"], identities=["queer"], hours=hours)
    listings.erase(member=maren)
    assert not any(
        table.objects.filter(listing_id=row.pk).exists()
        for table in (ListingApproach, ListingIdentity, ListingHours)
    )
