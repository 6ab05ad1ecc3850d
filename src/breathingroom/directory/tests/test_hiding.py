"""Keeping away: who does not exist for whom, and what may be added."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from breathingroom.audit.models import Event
from breathingroom.core import clock, marks
from breathingroom.directory.actions import hiding
from breathingroom.directory.adapters import DirectorySteward
from breathingroom.directory.choices import MOST_AWAY, MOST_AWAY_A_DAY, Away
from breathingroom.directory.models import Hiding, Listing
from breathingroom.directory.queries.hiding import apart_from, are_apart, hidden_from, own
from breathingroom.directory.tasks import hiding as tasks
from breathingroom.directory.tests import cast
from breathingroom.people import actions as people
from breathingroom.people.models import Member
from breathingroom.people.tests.actors import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture
def ana() -> Listing:
    return cast.listing("ana@example.org", practice="Harbour Rooms")


@pytest.fixture
def ben() -> Listing:
    return cast.listing("ben@example.org", practice="Elm  HOUSE, Counselling")


def away(member: Member, words: str, kind: Away = Away.PERSON) -> None:
    hiding.add(by=member, kind=kind, words=words)


def row(member: Member, **fields: Any) -> Hiding:
    given = {"kind": "person", "mark": "m", "words": "who@example.org"}
    return Hiding.objects.create(member=member, **{**given, **fields})


# -- both ways -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Away.PERSON, "ben@example.org"),
        (Away.PERSON, "  BEN@Example.org "),
        (Away.PRACTICE, "Elm House Counselling"),
        (Away.PRACTICE, "élm house  counselling."),
    ],
)
def test_neither_exists_for_the_other(ana: Listing, ben: Listing, kind: Away, words: str) -> None:
    away(ana.member, words, kind)
    assert hidden_from(ana.member) == {ben.pk}
    assert hidden_from(ben.member) == {ana.pk}
    assert are_apart(ana.member, ben.member)
    assert are_apart(ben.member, ana.member)


def test_nobody_else_is_touched(ana: Listing, ben: Listing) -> None:
    cleo = cast.listing("cleo@example.org", practice="Elm House")
    away(ana.member, "ben@example.org")
    away(ana.member, "Elm", Away.PRACTICE)
    assert hidden_from(cleo.member) == frozenset()
    assert not are_apart(ana.member, cleo.member)


def test_an_address_is_no_practice(ana: Listing) -> None:
    cleo = cast.listing("cleo@example.org", practice="cleo@example.org")
    away(ana.member, "cleo@example.org")
    dora = cast.listing("dora@example.org", practice="cleo@example.org")
    assert hidden_from(ana.member) == {cleo.pk}
    assert hidden_from(dora.member) == frozenset()


def test_a_member_without_a_listing_is_known_by_their_address(ana: Listing) -> None:
    seeker = make_member("seeker@example.org")
    away(ana.member, "seeker@example.org")
    assert hidden_from(seeker) == {ana.pk}
    assert hidden_from(ana.member) == frozenset()
    assert apart_from(ana.member) == {seeker.pk}


def test_what_a_draft_states_counts(ana: Listing) -> None:
    away(ana.member, "Elm House", Away.PRACTICE)
    draft = cast.listing("new@example.org", state="draft", practice="Elm House")
    assert hidden_from(draft.member) == {ana.pk}


def test_whoever_keeps_away_from_their_own_practice_finds_themselves(ana: Listing) -> None:
    cleo = cast.listing("cleo@example.org", practice="Harbour rooms")
    away(ana.member, "Harbour Rooms", Away.PRACTICE)
    assert hidden_from(ana.member) == {cleo.pk}
    assert hidden_from(cleo.member) == {ana.pk}


def test_a_listing_without_a_practice_is_of_no_practice(ana: Listing) -> None:
    cast.listing("cleo@example.org", practice="")
    row(ana.member, kind="practice", words="...", mark="x")
    assert hidden_from(ana.member) == frozenset()


def test_a_practice_that_changes_its_name_is_followed(ana: Listing, ben: Listing) -> None:
    away(ana.member, "Oak House", Away.PRACTICE)
    assert not are_apart(ana.member, ben.member)
    ben.practice = "Oak house"
    ben.save()
    assert are_apart(ana.member, ben.member)


def test_plain_words_of_a_practice_are_kept_in_step_when_made_in_bulk() -> None:
    made = Listing.objects.bulk_create([Listing(member=make_member(), practice="Ärztehaus, 2")])
    assert Listing.objects.get(pk=made[0].pk).practice_key == "arztehaus 2"


def test_a_stranger_sees_everybody(ana: Listing, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert hidden_from(None) == frozenset()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_costs_two_queries(
    ana: Listing, ben: Listing, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        away(ana.member, f"who{n}@example.org")
        away(ben.member, f"Practice {n}", Away.PRACTICE)
    with django_assert_num_queries(2):
        hidden_from(ana.member)
    with django_assert_num_queries(2):
        are_apart(ana.member, ben.member)


def test_it_is_found_by_indexes_alone(ana: Listing) -> None:
    """A scan of all listings or members would be seen in the time of every page."""
    away(ana.member, "ben@example.org")
    away(ana.member, "Elm House", Away.PRACTICE)
    if connection.vendor == "sqlite":
        from breathingroom.directory.queries import hiding as asked

        arms = [arm.exclude(pk=ana.member.pk).values_list("listing__pk") for arm in asked._arms(ana.member)]
        plan = arms[0].union(*arms[1:]).explain()
        assert "SCAN directory" not in plan, plan
        assert "SCAN people_member" not in plan, plan


# -- a new address is no way round ---------------------------------------------------------------
def test_whoever_changes_their_address_stays_away(ana: Listing, ben: Listing) -> None:
    away(ana.member, "ben@example.org")
    Member.objects.filter(pk=ben.member.pk).update(email="ben.new@example.org")
    ben.member.refresh_from_db()
    assert hidden_from(ben.member) == {ana.pk}
    assert hidden_from(ana.member) == {ben.pk}


def test_whoever_comes_later_is_noted_and_stays_away(ana: Listing) -> None:
    away(ana.member, "late@example.org")
    cast.listing("other@example.org")
    late = cast.listing("late@example.org")
    assert hidden_from(late.member) == {ana.pk}
    assert tasks.bind() == 1
    assert tasks.bind() == 0
    Member.objects.filter(pk=late.member.pk).update(email="later@example.org")
    late.member.refresh_from_db()
    assert hidden_from(late.member) == {ana.pk}


def test_nobody_is_noted_on_their_own_list(ana: Listing) -> None:
    away(ana.member, "ana.new@example.org")
    Member.objects.filter(pk=ana.member.pk).update(email="ana.new@example.org")
    assert tasks.bind() == 0


def test_keys_may_be_renewed(ana: Listing, ben: Listing) -> None:
    away(ana.member, "ben@example.org")
    Hiding.objects.update(whom=None)
    with override_settings(FIELD_KEYS=[Fernet.generate_key().decode(), *settings.FIELD_KEYS]):
        assert hidden_from(ben.member) == {ana.pk}
        away(ana.member, "ben@example.org")
        assert Hiding.objects.count() == 1


def test_marks_of_two_purposes_cannot_be_laid_beside_each_other() -> None:
    assert marks.mark("one", "x") != marks.mark("two", "x")
    assert marks.mark("one", "x") == marks.mark("one", "x")
    assert len(marks.mark("one", "\ud800")) == marks.LENGTH


# -- the list ------------------------------------------------------------------------------------
def test_twice_is_as_good_as_once(ana: Listing) -> None:
    for words in ("who@example.org", "WHO@example.org"):
        away(ana.member, words)
    assert [entry.words for entry in own(ana.member)] == ["who@example.org"]


def test_adding_is_the_same_whether_anybody_has_the_address(
    ana: Listing, ben: Listing, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for words in ("ben@example.org", "nobody@example.org"):
        with django_assert_num_queries(9):
            away(ana.member, words)
    known, unknown = (Event.objects.order_by("-pk")[n] for n in (1, 0))
    assert (known.did, known.on_id, known.why) == (unknown.did, unknown.on_id, unknown.why)


def test_a_list_holds_so_many(ana: Listing) -> None:
    rows = [Hiding(member=ana.member, kind="person", mark=str(n), words="x@example.org") for n in range(100)]
    assert len(rows) == MOST_AWAY
    Hiding.objects.bulk_create(rows)
    with pytest.raises(hiding.ListFull):
        away(ana.member, "one.more@example.org")


def test_a_day_allows_so_many_and_taking_off_gives_none_back(ana: Listing) -> None:
    for n in range(MOST_AWAY_A_DAY):
        away(ana.member, f"who{n}@example.org")
        hiding.remove(by=ana.member, hiding_id=own(ana.member)[0].id)
    with pytest.raises(hiding.EnoughToday):
        away(ana.member, "one.more@example.org")
    assert own(ana.member) == []


def test_a_name_of_nothing_but_dots_is_refused(ana: Listing) -> None:
    with pytest.raises(hiding.Nothing):
        away(ana.member, "...", Away.PRACTICE)


def test_taking_off_counts_at_once(ana: Listing, ben: Listing) -> None:
    away(ana.member, "ben@example.org")
    hiding.remove(by=ana.member, hiding_id=own(ana.member)[0].id)
    assert hidden_from(ana.member) == hidden_from(ben.member) == frozenset()


def test_nobody_takes_off_what_another_listed(ana: Listing, ben: Listing) -> None:
    away(ana.member, "ben@example.org")
    line: UUID = own(ana.member)[0].id
    for member, number in ((ben.member, line), (ana.member, uuid4())):
        with pytest.raises(hiding.NotListed):
            hiding.remove(by=member, hiding_id=number)


def test_the_log_and_the_table_tell_nobody(ana: Listing, ben: Listing) -> None:
    away(ana.member, "ben@example.org")
    line = Event.objects.latest("pk")
    assert (line.did, line.actor, line.on_id) == (hiding.ADDED, ana.member.pk, str(ana.member.pk))
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark, words FROM directory_hiding")
        assert "ben@" not in str(cursor.fetchall())


def test_the_steward_shows_exports_and_erases_ones_own_list_alone(ana: Listing, ben: Listing) -> None:
    steward = DirectorySteward()
    away(ana.member, "ben@example.org")
    away(ben.member, "ana@example.org")
    assert len(steward.holds(ana.member)) == 2
    assert [line["words"] for line in steward.export(ana.member)["kept_away_from"]] == ["ben@example.org"]
    people.erase(by=ana.member)
    assert [line.member for line in Hiding.objects.all()] == [ben.member]
    assert Hiding.objects.get().whom is None


# -- rules of the table --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("hiding_kind_is_known", {"kind": "place"}),
        ("hiding_of_a_practice_is_of_nobody", {"kind": "practice", "whom": "other"}),
        ("hiding_is_not_of_oneself", {"whom": "oneself"}),
    ],
)
def test_a_line_that_breaks_a_rule_is_refused(ana: Listing, constraint: str, fields: dict[str, str]) -> None:
    who = {"oneself": ana.member, "other": make_member("other@example.org")}
    given = {name: who.get(value, value) for name, value in fields.items()}
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row(ana.member, **given)
    assert constraint in str(caught.value)


def test_hiding_once(ana: Listing) -> None:
    row(ana.member)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(ana.member)


def test_a_line_is_called_by_its_number_alone(ana: Listing) -> None:
    line = row(ana.member, added_on=clock.today() - dt.timedelta(days=1))
    assert "example" not in str(line)
