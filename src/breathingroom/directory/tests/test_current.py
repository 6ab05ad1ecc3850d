"""The index follows the tables: what is written is in the next answer, however it is kept."""

import importlib
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import transaction
from tests.plugins.depth import examples

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.core.tests.generated import seeds
from breathingroom.directory import index
from breathingroom.directory.actions import listings
from breathingroom.directory.choices import Facet
from breathingroom.directory.index import Criteria, Results, entries, plain, store, tables
from breathingroom.directory.index.snapshot import Snapshot as Index
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast
from breathingroom.directory.tests.houses import House
from breathingroom.directory.tests.made import same
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.actions import held
from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Licence,
    Profession,
)
from breathingroom.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(world: None, db: None) -> None:
    """Both rooms have been written to before: the first change of all tells too little."""
    compact = Compact.objects.create(
        slug="psypact", name="PSYPACT", country="US", model="authority", **cast.FACT
    )
    compact.professions.set(Profession.objects.all())
    CompactPrivilege.objects.create(
        compact=compact,
        kind="telehealth",
        name="APIT",
        covers_online=True,
        covers_in_person=False,
        **cast.FACT,
    )
    for place in cast.PLACES:
        CompactMember.objects.create(
            compact=compact, jurisdiction_id=place, status="operational", **cast.FACT
        )
    for room in store.ROOMS:
        audit.advance(room)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[mock.Mock]:
    """A house so large that its index is a file; making it is ordered, and done when a test does it."""
    monkeypatch.setattr(store, "WORTH_A_FILE", 1)
    with mock.patch.object(store, "order") as ordered:
        yield ordered


def truth(asked: Criteria) -> Results:
    return plain.answer(list(entries.read()), asked, clock.today(), licensure.facts())


def from_tables(asked: Criteria) -> Results:
    found = tables.Tables(clock.today(), licensure.facts(), licensure.jurisdiction_choices())
    return tables.search(found, asked)


# -- made-up houses ------------------------------------------------------------------------------
@seeds(3, 3)
def test_index_and_tables_answer_as_the_plain_search_does_through_edits(seed: int) -> None:
    house = House(seed)
    house.settle(18)
    for _ in range(examples(2, 6)):
        for asked in house.searches(examples(1, 2)):
            expected = truth(asked)
            same(index.search(index.current(), asked), expected)
            same(from_tables(asked), expected)
        house.edit()


def test_the_tables_find_as_many_as_the_plain_search_does() -> None:
    house = House(7)
    house.settle(18)
    known = tables.Tables(clock.today(), licensure.facts(), ())
    listed = list(entries.read())
    for asked in house.searches(examples(40, 200), strictness=0.3):
        expected = plain.answer(listed, asked, known.on, known.facts)
        assert tables.Search(known, asked).rows().count() == expected.total, asked


def test_loosening_is_the_same_in_index_and_tables() -> None:
    house, offered = House(1), set[str]()
    house.settle(12)
    for asked in house.searches(examples(6, 20), strictness=0.3):
        looser = index.search(index.current(), asked).looser
        assert looser == from_tables(asked).looser
        offered.update(looser)
    assert len(offered) >= 2, "no search was helped at all"


# -- what is read again --------------------------------------------------------------------------
def test_one_change_reads_one_listing() -> None:
    rows = cast.many(3)
    snapshot = index.current()
    listings.pause(by=rows[0].member)
    with mock.patch.object(entries, "read", wraps=entries.read) as read:
        assert index.current() is snapshot
    assert [str(rows[0].pk) in str(call.args) for call in read.call_args_list] == [True]
    assert index.search(snapshot, Criteria()).total == 2


def test_an_unknown_change_reads_everything_again() -> None:
    cast.many(2)
    snapshot = index.current()
    with transaction.atomic():
        Listing.objects.update(sliding=True)
        audit.advance("directory")
    assert index.current() is not snapshot
    assert index.search(index.current(), Criteria(sliding=True)).total == 2


def test_facts_are_known_anew_without_a_new_image() -> None:
    cast.many(1)
    snapshot = index.current()
    asked = Criteria(where="US-WA")
    assert index.search(snapshot, asked).total == 1
    with transaction.atomic():
        Jurisdiction.objects.filter(code="US-WA").update(certainty="unverified")
        audit.advance("licensure", "facts")
    assert index.current() is snapshot
    assert snapshot.facts.places["US-WA"].basis.certainty == "unverified"


def test_another_name_of_a_place_is_found_by_its_words() -> None:
    cast.many(1)
    index.current()
    with transaction.atomic():
        Jurisdiction.objects.filter(code="US-WA").update(name="Evergreen")
        audit.advance("licensure", "facts")
    assert index.search(index.current(), Criteria(words=("evergr",))).total == 1


def test_more_changes_than_one_wants_to_follow_make_a_new_image(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = cast.many(3)
    snapshot = index.current()
    monkeypatch.setattr(store, "MANY", 2)
    for row in rows:
        listings.pause(by=row.member)
    assert index.current() is not snapshot
    assert index.search(index.current(), Criteria()).total == 0


# -- a large house -------------------------------------------------------------------------------
def test_a_large_house_answers_from_its_tables_until_the_file_is_there(large: mock.Mock) -> None:
    cast.many(3)
    assert isinstance(index.current(), tables.Tables)
    assert index.search(index.current(), Criteria()).total == 3
    assert large.called
    assert store.make()
    snapshot = index.current()
    assert isinstance(snapshot, Index)
    same(index.search(snapshot, Criteria()), truth(Criteria()))


def test_what_changed_after_the_file_was_made_is_read_on_top(large: mock.Mock) -> None:
    rows = cast.many(3)
    with transaction.atomic():
        audit.advance("directory", rows[0].pk)
    store.make()
    listings.pause(by=rows[0].member)
    assert index.search(index.current(), Criteria()).total == 2
    assert not large.called


def test_a_file_of_another_history_is_not_used(large: mock.Mock) -> None:
    cast.many(3)
    store.make()
    with transaction.atomic():
        audit.advance("directory")
    assert isinstance(index.current(), tables.Tables)
    assert large.called


def test_a_damaged_file_is_made_again(large: mock.Mock) -> None:
    cast.many(3)
    store.make()
    store.path().write_bytes(store.path().read_bytes()[:-1])
    assert isinstance(index.current(), tables.Tables)
    assert large.called


def test_after_many_changes_a_new_file_takes_over_without_a_pause(
    large: mock.Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = cast.many(4)
    store.make()
    old = index.current()
    monkeypatch.setattr(store, "MANY", 2)
    for row in rows[:2]:
        listings.pause(by=row.member)
        index.current()
    assert index.current() is old
    assert large.called
    store.make()
    listings.pause(by=rows[2].member)
    assert index.search(index.current(), Criteria()).total == 1
    importlib.import_module("breathingroom.directory.index.held")._loading.join(10)
    listings.pause(by=rows[3].member)
    assert index.current() is not old
    assert index.search(index.current(), Criteria()).total == 0


def test_one_at_a_time_makes_the_file() -> None:
    with store._alone() as mine, store._alone() as other:
        assert mine
        assert not other
        assert not store.make()


def test_drafts_of_a_dead_maker_are_swept_up() -> None:
    draft = store.path().with_name("find.1.dead.draft")
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.touch()
    store.make()
    assert not draft.exists()


def test_members_who_left_are_not_in_a_new_image() -> None:
    row = cast.many(1)[0]
    Member.objects.filter(pk=row.member_id).update(is_active=False)
    assert index.search(index.current(), Criteria()).total == 0


def test_a_check_of_a_licence_is_in_the_next_answer() -> None:
    row = cast.listing()
    asked = Criteria(where="US-WA")
    assert index.search(index.current(), asked).total == 0
    licence = held.claim_licence(by=row.member, profession="psychologist", jurisdiction="US-WA")
    assert index.search(index.current(), asked).counts[Facet.ANSWERS]["ask"] == 1
    found = {"status": "active", "checked_on": clock.today(), "checked_by": row.member_id}
    Licence.objects.filter(pk=licence.pk).update(**found)
    with transaction.atomic():
        audit.advance("licensure", row.member_id)
    assert index.search(index.current(), asked).counts[Facet.ANSWERS]["yes"] == 1
