"""Every verb: what it writes, what it refuses, what it tells the log and the index."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from breathingroom.audit.models import Event
from breathingroom.audit.queries import positions
from breathingroom.core import clock
from breathingroom.directory import actions, photos
from breathingroom.directory.choices import State
from breathingroom.directory.models import Listing, ListingConcern, ListingLanguage
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


def moved_by(before: int) -> int:
    return positions("directory")["directory"] - before


def did() -> list[str]:
    return list(
        Event.objects.filter(did__startswith="directory.").order_by("pk").values_list("did", flat=True)
    )


def test_a_draft_borrows_the_name_and_is_begun_once(maren: Member) -> None:
    first, second = actions.start(by=maren), actions.start(by=maren)
    assert first == second
    assert (first.name, first.state) == ("Maren", State.DRAFT)
    assert did() == ["directory.listing.started"]


def test_what_no_stranger_sees_does_not_move_the_position(maren: Member) -> None:
    before = positions("directory")["directory"]
    actions.start(by=maren)
    actions.change(by=maren, fields={"city": "Seattle"})
    actions.set_photo(by=maren, picture=photos.clean(pictures.jpeg()))
    actions.suspend(member=maren)
    actions.delete(by=maren, typed="Maren")
    assert moved_by(before) == 0


def test_whatever_a_stranger_would_see_moves_the_position(maren: Member) -> None:
    cast.listing(maren, state=State.DRAFT)
    before = positions("directory")["directory"]
    actions.publish(by=maren)
    actions.pause(by=maren)
    actions.change(by=maren, fields={"city": "Tacoma"})
    assert moved_by(before) == 2
    actions.publish(by=maren)
    actions.change(by=maren, fields={"city": "Seattle"})
    actions.delete(by=maren, typed="Maren Oduya")
    assert moved_by(before) == 5


def test_a_change_is_saved_with_its_codes_and_moves_the_position(maren: Member) -> None:
    cast.listing(maren)
    before = positions("directory")["directory"]
    actions.change(by=maren, fields={"city": "Seattle"}, concerns=["grief", "sleep"], languages=["en"])
    actions.change(by=maren, fields={}, concerns=["sleep", "burnout"])
    row = Listing.objects.get(member=maren)
    assert row.city == "Seattle"
    assert sorted(row.concerns.values_list("code", flat=True)) == ["burnout", "sleep"]
    assert list(row.languages.values_list("code", flat=True)) == ["en"]
    assert moved_by(before) == 2


def test_a_listing_beyond_draft_keeps_what_it_must_have(maren: Member) -> None:
    cast.listing(maren)
    with pytest.raises(actions.Incomplete) as caught:
        actions.change(by=maren, fields={"city": "Tacoma"}, concerns=[])
    assert caught.value.missing == [Missing.CONCERNS]
    assert Listing.objects.get(member=maren).city == "Seattle"
    assert ListingConcern.objects.count() == 2


def test_publishing_needs_everything_and_dates_itself_once(maren: Member) -> None:
    actions.start(by=maren)
    with pytest.raises(actions.Incomplete) as caught:
        actions.publish(by=maren)
    assert Missing.PLACE in caught.value.missing
    assert "place" in str(caught.value)
    Listing.objects.all().delete()
    row = cast.listing(maren, state=State.DRAFT, published_at=None)
    first = actions.publish(by=maren).published_at
    actions.pause(by=maren)
    assert actions.publish(by=maren).published_at == first
    assert Listing.objects.get(pk=row.pk).state == State.PUBLISHED


def test_only_a_published_listing_can_be_paused(maren: Member) -> None:
    cast.listing(maren)
    assert actions.pause(by=maren).state == State.PAUSED
    with pytest.raises(actions.WrongState):
        actions.pause(by=maren)
    assert did() == ["directory.listing.paused"]


def test_confirming_sets_todays_date_and_not_on_a_draft(maren: Member) -> None:
    row = cast.listing(maren, openings_confirmed_on=clock.today() - dt.timedelta(days=90))
    assert actions.confirm_openings(by=maren).openings_confirmed_on == clock.today()
    Listing.objects.filter(pk=row.pk).update(state=State.DRAFT)
    with pytest.raises(actions.WrongState):
        actions.confirm_openings(by=maren)


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
    first = actions.set_photo(by=maren, picture=photos.clean(pictures.jpeg("red"))).photo
    actions.set_photo(by=maren, picture=photos.clean(pictures.jpeg("red")))
    second = actions.set_photo(by=maren, picture=photos.clean(pictures.jpeg("blue"))).photo
    assert first != second
    assert [file.name for file in files()] == [second]
    assert actions.remove_photo(by=maren).photo == ""
    assert files() == []
    actions.set_photo(by=maren, picture=photos.clean(pictures.jpeg("red")))
    actions.delete(by=maren, typed="Maren Oduya")
    assert files() == []


def test_deleting_needs_the_name_and_leaves_nothing(maren: Member) -> None:
    cast.listing(maren)
    with pytest.raises(actions.NotTyped):
        actions.delete(by=maren, typed="Maren")
    actions.delete(by=maren, typed=" Maren Oduya ")
    assert not any(table.objects.exists() for table in (Listing, ListingConcern, ListingLanguage))
    assert did() == ["directory.listing.deleted"]


def test_a_nameless_draft_is_deleted_by_its_id(maren: Member) -> None:
    row = actions.start(by=make_member("nameless@example.org"))
    actions.delete(by=row.member, typed=str(row.pk))
    assert not Listing.objects.exists()


def test_a_member_without_a_listing_can_do_nothing_to_it(maren: Member) -> None:
    for act in (actions.publish, actions.pause, actions.confirm_openings, actions.remove_photo):
        with pytest.raises(actions.NoListing):
            act(by=maren)
    with pytest.raises(actions.NoListing):
        actions.change(by=maren, fields={})
    with pytest.raises(actions.NoListing):
        actions.delete(by=maren, typed="")


def test_suspending_takes_it_out_of_sight_and_erasing_takes_it_away(maren: Member) -> None:
    cast.listing(maren)
    before = positions("directory")["directory"]
    actions.suspend(member=maren)
    actions.suspend(member=maren)
    assert Listing.objects.get().state == State.PAUSED
    assert did() == ["directory.listing.suspended"]
    actions.erase(member=maren)
    actions.erase(member=maren)
    assert not Listing.objects.exists()
    assert moved_by(before) == 1


def test_the_log_never_holds_the_public_id_of_a_listing(maren: Member) -> None:
    """After an erasure the lines stay, and an old bookmark must not lead to who acted."""
    row = cast.listing(maren, state=State.DRAFT)
    actions.publish(by=maren)
    actions.change(by=maren, fields={"city": "Tacoma"})
    actions.set_photo(by=maren, picture=photos.clean(pictures.jpeg()))
    actions.remove_photo(by=maren)
    actions.confirm_openings(by=maren)
    actions.pause(by=maren)
    actions.suspend(member=maren)
    actions.delete(by=maren, typed="Maren Oduya")
    second = actions.start(by=maren)
    actions.erase(member=maren)
    told = [f"{line}{line.actor}{line.why}" for line in Event.objects.all()]
    assert len(told) >= 8
    assert not [line for line in told if str(row.pk) in line or str(second.pk) in line]
    assert set(Event.objects.values_list("on_id", flat=True)) == {str(maren.pk)}
