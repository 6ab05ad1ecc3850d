"""The index follows the tables: what is written is in the next answer, however it is kept."""

import datetime as dt
import importlib
import random
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import transaction

from breathingroom.audit import actions as audit
from breathingroom.core import clock
from breathingroom.directory import index
from breathingroom.directory.actions import listings
from breathingroom.directory.choices import Approach, Facet, Identity
from breathingroom.directory.index import Criteria, Results, entries, plain, store, tables
from breathingroom.directory.index.snapshot import Snapshot as Index
from breathingroom.directory.models import Listing, ListingApproach, ListingConcern, ListingIdentity
from breathingroom.directory.tests import cast
from breathingroom.directory.tests.made import same
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.actions import held
from breathingroom.licensure.models import (
    Authority,
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Licence,
    Profession,
)
from breathingroom.people.models import Member

pytestmark = pytest.mark.django_db
CONCERNS = ["burnout", "grief", "vicarious_trauma"]
SPOTS = ["", "98101", "98402", "99201"]


@pytest.fixture(autouse=True)
def _world() -> None:
    """Both rooms have been written to before: the first change of all tells too little."""
    cast.world()
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
class Chance(random.Random):
    """Draws houses, edits and searches."""

    def some(self, of: list[str]) -> frozenset[str]:
        return frozenset(self.sample(of, self.randint(0, min(2, len(of)))))

    def fields(self) -> dict[str, object]:
        today = clock.today()
        return {
            "name": self.choice(["Maren Oduya", "Márta Seaborn", "Sam Iwu"]),
            "therapist": self.random() < 0.7,
            "supervisor": True,
            "online": self.random() < 0.5,
            "in_person": True,
            "place_id": self.choice(list(cast.PLACES)),
            "spot": self.choice(SPOTS),
            "evenings": self.random() < 0.5,
            "fee_least": (fee := self.choice([None, 0, 9000, 14000])),
            "fee_most": fee,
            "currency": self.choice(["USD", "CAD"]),
            "sliding": self.random() < 0.5,
            "pro_bono": self.choice([0, 0, 2]),
            "accepting": (accepting := self.random() < 0.7),
            "openings": int(accepting),
            "openings_confirmed_on": today - dt.timedelta(self.choice([0, 29, 30, 31, 90, 91])),
            "treating_since": self.choice([None, today.year - 5, today.year - 12]),
        }

    def settle(self, count: int) -> None:
        for row in cast.many(count):
            self.furnish(row)

    def furnish(self, row: Listing) -> None:
        Listing.objects.filter(pk=row.pk).update(**self.fields())
        ListingConcern.objects.filter(listing=row).delete()
        for code in self.some(CONCERNS):
            ListingConcern.objects.create(listing=row, code=code)
        ListingApproach.objects.filter(listing=row).delete()
        for code in self.some(Approach.values[:3]):
            ListingApproach.objects.create(listing=row, code=code)
        ListingIdentity.objects.filter(listing=row).delete()
        for code in self.some(Identity.values[:2]):
            ListingIdentity.objects.create(listing=row, code=code)
        today = clock.today()
        active: dict[str, object] = {
            "status": "active",
            "checked_by": row.member_id,
            "checked_on": today - dt.timedelta(3),
        }
        claimed: dict[str, object] = {"status": "claimed", "checked_by": None, "checked_on": None}
        Licence.objects.filter(member=row.member).update(
            jurisdiction=self.choice(list(cast.PLACES)),
            **self.choice([active, active, claimed]),
            expires_on=self.choice([None, today, today - dt.timedelta(1), today + dt.timedelta(30)]),
        )
        Authority.objects.filter(licence__member=row.member).delete()
        for licence in Licence.objects.filter(member=row.member):
            if self.random() < 0.5:
                self.entitle(licence)

    def entitle(self, licence: Licence) -> None:
        today = clock.today()
        checked = self.choice([None, today])
        Authority.objects.create(
            licence=licence,
            privilege=CompactPrivilege.objects.get(),
            expires_on=self.choice([None, today - dt.timedelta(1)]),
            checked_on=checked,
            checked_by=licence.member_id if checked else None,
        )

    def edit(self) -> None:
        """Something that happens to somebody, told as the actions tell it."""
        row = self.choice(list(Listing.objects.order_by("member__email")))
        what = self.choice(["change", "pause", "publish", "licence", "delete"])
        if what == "delete":
            listings.erase(member=row.member)
        elif what == "licence":
            with transaction.atomic():
                Licence.objects.filter(member=row.member).delete()
                audit.advance("licensure", row.member_id)
        else:
            state = {"pause": "paused"}.get(what, "published")
            with transaction.atomic():
                self.furnish(row)
                Listing.objects.filter(pk=row.pk).update(state=state)
                audit.advance("directory", row.pk)

    def criteria(self) -> Criteria:
        ids = list(Listing.objects.values_list("pk", flat=True))
        return Criteria(
            roles=self.some(["therapist", "supervisor"]),
            where=self.choice(["", "US-WA", "US-ID"]),
            formats=self.some(["online", "in_person"]),
            answers=self.some(["yes", "ask", "no"]),
            near=self.choice(["", "98101"]),
            within=self.choice([0, 50, 200]),
            concerns=self.some(CONCERNS),
            approaches=self.some(Approach.values[:3]) if self.random() < 0.3 else frozenset(),
            times=self.some(["evenings"]) if self.random() < 0.3 else frozenset(),
            years=self.choice([0, 0, 5, 10]),
            identities=self.some(Identity.values[:2]) if self.random() < 0.3 else frozenset(),
            ceiling=self.choice([None, None, 9000, 14000]),
            sliding=self.random() < 0.2,
            pro_bono=self.random() < 0.2,
            accepting=self.random() < 0.3,
            unconfirmed=self.random() < 0.7,
            words=self.choice([(), (), ("mar",), ("mar", "sea")]),
            page=self.choice([1, 2]),
            without=frozenset(self.sample(ids, min(2, len(ids)))) if self.random() < 0.3 else frozenset(),
        )


@pytest.mark.parametrize("seed", range(3))
def test_index_and_tables_answer_as_the_plain_search_does_through_edits(seed: int) -> None:
    chance = Chance(seed)
    chance.settle(18)
    for _ in range(6):
        asked = [chance.criteria() for _ in range(2)]
        for each in asked:
            expected = truth(each)
            same(index.search(index.current(), each), expected)
            same(from_tables(each), expected)
        chance.edit()


def test_loosening_is_the_same_in_index_and_tables() -> None:
    chance = Chance(99)
    chance.settle(6)
    for _ in range(6):
        asked = chance.criteria()
        assert index.search(index.current(), asked).looser == from_tables(asked).looser


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
