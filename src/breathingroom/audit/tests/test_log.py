"""The log takes new lines only, and the positions move by one."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from breathingroom.audit import actions, queries
from breathingroom.audit.models import Change, Event, Position
from breathingroom.audit.tasks import forget_changes
from breathingroom.core import clock


@pytest.fixture
def line(db: None) -> Event:
    return actions.record(by=None, did="audit.test.done", on="a thing", why="to see")


def refused() -> "pytest.RaisesExc[IntegrityError]":
    return pytest.raises(IntegrityError, match="never")


def test_a_line_says_who_did_what_on_what(line: Event) -> None:
    assert (line.actor, line.did, line.on_type, line.on_id, line.why) == (
        None,
        "audit.test.done",
        "a thing",
        "",
        "to see",
    )
    later = actions.record(by=None, did="audit.test.done", on="a thing")
    assert list(Event.objects.all()) == [later, line]


def test_a_line_about_a_row_holds_its_number(line: Event) -> None:
    about = actions.record(by=None, did="audit.test.read", on=line)
    assert (about.on_type, about.on_id) == ("audit.event", str(line.pk))


@pytest.mark.django_db
def test_what_is_too_long_is_cut_and_not_refused() -> None:
    line = actions.record(by=None, did="audit.test.long", on="x" * 500, why="y" * 5000)
    assert (len(line.on_type), len(line.why)) == (80, 500)


def test_the_database_refuses_to_change_a_line(line: Event) -> None:
    line.why = "another"
    with refused(), transaction.atomic():
        line.save()
    with refused(), transaction.atomic():
        Event.objects.update(actor=uuid.uuid4())
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET why = 'another'")
    assert Event.objects.get().why == "to see"


def test_the_database_refuses_to_delete_a_line(line: Event) -> None:
    with refused(), transaction.atomic():
        line.delete()
    with refused(), transaction.atomic():
        Event.objects.all().delete()
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_line_needs_a_transaction_to_stand_or_fall_with() -> None:
    with pytest.raises(actions.OutsideTransaction):
        actions.record(by=None, did="audit.test.done", on="a thing")
    with pytest.raises(actions.OutsideTransaction):
        actions.advance("room")


@pytest.mark.django_db(transaction=True)
def test_a_line_falls_with_its_transaction() -> None:
    with transaction.atomic():
        actions.record(by=None, did="audit.test.done", on="a thing")
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_event_says_what_was_done() -> None:
    with pytest.raises(IntegrityError, match="event_says_what_was_done"), transaction.atomic():
        actions.record(by=None, did="", on="a thing")


@pytest.mark.django_db
def test_position_is_not_negative() -> None:
    with pytest.raises(IntegrityError, match="position_is_not_negative"), transaction.atomic():
        Position.objects.create(name="room", value=-1)


@pytest.mark.django_db
def test_a_position_moves_by_one() -> None:
    for _ in range(3):
        actions.advance("one")
    actions.advance("two")
    standings = queries.positions("one", "two", "three")
    assert {name: standing.value for name, standing in standings.items()} == {"one": 3, "two": 1, "three": 0}


@pytest.mark.django_db
def test_positions_cost_one_query(django_assert_num_queries: object) -> None:
    actions.advance("one")
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.positions("one", "two", "three")


@pytest.mark.django_db
def test_what_changed_is_told_between_two_standings(django_assert_num_queries: object) -> None:
    actions.advance("one", "first")
    before = queries.positions("one", "two")
    actions.advance("one", "a", "b", "a")
    actions.advance("one", "a")
    after = queries.positions("one", "two")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.changes(before, after) == {("one", "a"), ("one", "b")}
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.changes(after, after) == set()


@pytest.mark.django_db
def test_after_a_change_without_a_key_nothing_is_known() -> None:
    actions.advance("one", "a")
    before = queries.positions("one")
    actions.advance("one")
    assert queries.changes(before, queries.positions("one")) is None


@pytest.mark.django_db
def test_changes_that_were_forgotten_are_missed() -> None:
    actions.advance("one", "a")
    before = queries.positions("one")
    actions.advance("one", "b")
    actions.forget_changes()
    assert queries.changes(before, queries.positions("one")) == {("one", "b")}
    Change.objects.update(at=clock.now() - actions.TOLD_FOR * 2)
    actions.advance("one", "c")
    forget_changes()
    assert queries.changes(before, queries.positions("one")) is None


@pytest.mark.django_db
def test_a_standing_that_went_back_is_another_history() -> None:
    actions.advance("one", "a")
    after = queries.positions("one")
    before = {"one": queries.Standing(after["one"].epoch, 7)}
    assert queries.changes(before, after) is None


@pytest.mark.django_db
def test_change_is_told_once() -> None:
    Change.objects.create(room="one", value=1, key="a")
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
    ):  # SQLite names columns: change_is_told_once
        Change.objects.create(room="one", value=1, key="a")
    assert "room" in str(error.value) or "change_is_told_once" in str(error.value)


@pytest.mark.django_db
def test_change_says_of_what() -> None:
    with pytest.raises(IntegrityError, match="change_says_of_what"), transaction.atomic():
        Change.objects.create(room="one", value=1, key="")


def test_the_words_of_rows(line: Event) -> None:
    assert str(line).endswith("audit.test.done a thing")
    assert str(Position(name="room", value=3)) == "room 3"
    assert str(Change(room="room", value=3, key="a")) == "room 3 a"
