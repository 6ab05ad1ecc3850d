"""The log takes new lines only, and the positions move by one."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from breathingroom.audit import actions, queries
from breathingroom.audit.models import Event, Position


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
    assert queries.positions("one", "two", "three") == {"one": 3, "two": 1, "three": 0}


@pytest.mark.django_db
def test_positions_cost_one_query(django_assert_num_queries: object) -> None:
    actions.advance("one")
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.positions("one", "two", "three")


def test_the_words_of_rows(line: Event) -> None:
    assert str(line).endswith("audit.test.done a thing")
    assert str(Position(name="room", value=3)) == "room 3"
