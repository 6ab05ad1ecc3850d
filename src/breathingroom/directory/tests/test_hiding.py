"""Keeping away: who does not exist for whom, and the list."""

import pytest

from breathingroom.directory.actions import hiding
from breathingroom.directory.choices import Away
from breathingroom.directory.queries import hidden_from
from breathingroom.directory.queries.hiding import are_apart
from breathingroom.directory.tests import cast


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    cast.world()


def test_x():
    a, b, c = (
        cast.listing("a@example.org"),
        cast.listing("b@example.org", practice="Elm  HOUSE"),
        cast.listing("c@example.org"),
    )
    assert hidden_from(a.member) == frozenset()
    hiding.add(by=a.member, kind=Away.PERSON, words="C@example.org ")
    hiding.add(by=a.member, kind=Away.PRACTICE, words="Elm House.")
    assert hidden_from(a.member) == {b.pk, c.pk}
    assert hidden_from(b.member) == {a.pk} == hidden_from(c.member)
    assert are_apart(b.member, a.member)
