"""The statute holds, and with it whatever is law for every answer: at every address, for every role."""

import pytest

from breathingroom.core.middleware import FOR_STRANGERS, STAND_ALONE
from tests.laws import answers, asking, house, matrix, probe, proofs, sentinels
from tests.laws.asking import Asked
from tests.laws.matrix import COLUMNS
from tests.laws.probe import Crowd
from tests.laws.world import VISITOR, World

ROUTES = {route.name: route for route in house.routes()}
NAMES = sorted(ROUTES)
SAFE = ("GET", "HEAD")
# Tables that a safe request may write: sessions, the audit line that reading a sealed number leaves, and how
# often an address has asked the public API.
MAY_MOVE = ("django_session", "usersessions_usersession", "audit_event", "safety_attempt")


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


def as_stated(asked: Asked) -> list[str]:
    """The answer is the word of the statute."""
    found = probe.word(asked.answer)
    said = " or ".join(sorted(asked.stated)) or "nothing"
    return [] if found in asked.stated else [f"is answered {found}; the statute says {said}"]


def writes_nothing(asked: Asked) -> list[str]:
    """A safe request leaves every row as it was."""
    writes = [
        sql[:90] for sql in asked.sql if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    return [f"writes {sql}" for sql in writes if not any(table in sql for table in MAY_MOVE)]


def is_whole(asked: Asked) -> list[str]:
    """The answer carries its headers; a page has all that a page must have."""
    alone = asked.path.startswith(STAND_ALONE) or FOR_STRANGERS.match(asked.path)
    return answers.faults(asked.answer, signed_in=asked.role != VISITOR and not alone)


def shows_nothing_handed_in(asked: Asked) -> list[str]:
    """What was handed in for a check stands on no page."""
    return ["shows what was handed in"] if proofs.WORDS in sentinels.said(asked.answer) else []


LAWS = {
    as_stated: ("GET", "HEAD", "POST", "PUT", "DELETE"),
    writes_nothing: SAFE,
    is_whole: ("GET",),
    shows_nothing_handed_in: ("GET",),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_keeps_the_laws(name: str, world: World, crowd: Crowd) -> None:
    everything = list(asking.at(crowd, ROUTES[name], NAMES.index(name)))
    faults = [
        f"{asked} {fault}"
        for asked in everything
        for law, methods in LAWS.items()
        if asked.method in methods
        for fault in law(asked)
    ]
    faults += _known_misses(everything)
    assert not faults, "\n" + "\n".join(faults)


def _known_misses(everything: list[Asked]) -> list[str]:
    """Byte for byte: whoever may not know of a thing is told what is told of things that do not exist."""
    read = [asked for asked in everything if asked.method == "GET" and asked.answer.status_code == 404]
    nothing = {asked.role: _words(asked) for asked in read if asked.kind == "gone"}
    return [
        f"{asked} is not answered as if there were nothing"
        for asked in read
        if asked.role in nothing and _words(asked) != nothing[asked.role]
    ]


def _words(asked: Asked) -> tuple[bytes, dict[str, str]]:
    return asked.answer.content.replace(asked.path.encode(), b"HERE"), dict(asked.answer.items())


def test_no_row_speaks_of_an_address_that_is_gone() -> None:
    idle = [str(row) for row in matrix.rows() if not any(matrix.speaks_of(row, name) for name in ROUTES)]
    assert not idle, "\n".join(idle)


def test_behind_the_staff_door_members_are_alike() -> None:
    """No member owns anything there, so `member` asks for all three."""
    alike = [COLUMNS.index(role) for role in ("member", "owner", "other")]
    rows = [row for row in matrix.rows() if row.name.startswith("staff:")]
    assert not [str(row) for row in rows if len({row.answers[column] for column in alike}) > 1]
