"""The statute holds: every address, every role, every method, and the object's own, foreign or gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tests.laws import house, matrix, probe
from tests.laws.matrix import COLUMNS, Row
from tests.laws.probe import Crowd
from tests.laws.world import World

ROUTES = {route.name: route for route in house.routes()}
# Tables that a safe request may write: sessions, the audit line that reading a sealed number leaves, and how
# often an address has asked the public API.
MAY_MOVE = ("django_session", "usersessions_usersession", "audit_event", "safety_attempt")
WITH_IDS = sorted(name for name, route in ROUTES.items() if route.takes and not name.startswith("staff"))


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


def _observed(crowd: Crowd, route: house.Route, kind: str, method: str) -> Row:
    given, owner = probe.objects(crowd.world, route)[kind]
    path = probe.address(route, given)
    found = {role: probe.word(crowd.ask(role, method, path)) for role in _askers(route, owner)}
    return Row(route.name, kind, method, tuple(found[_stands_for(route, owner, role)] for role in COLUMNS))


def _askers(route: house.Route, owner: str) -> set[str]:
    return {_stands_for(route, owner, role) for role in COLUMNS}


def _stands_for(route: house.Route, owner: str, role: str) -> str:
    """Who asks for a column. No member owns anything behind the door of the staff pages."""
    if role in {"owner", "other"} and route.name.startswith("staff:"):
        return "member"
    return owner if role == "owner" else role


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_address_answers_as_the_statute_says(name: str, world: World, crowd: Crowd) -> None:
    route = ROUTES[name]
    stated = matrix.statute_for(name)
    found = [
        _observed(crowd, route, kind, m) for kind in probe.objects(world, route) for m in ("GET", "POST")
    ]
    wrong = [row for row in found if stated.get((row.kind, row.method)) != row.answers]
    said = [f"{row}   (the statute: {stated.get((row.kind, row.method), 'nothing')})" for row in wrong]
    assert not wrong, "\n" + "\n".join(said)


def test_no_row_speaks_of_an_address_that_is_gone() -> None:
    idle = [str(row) for row in matrix.rows() if not any(matrix.speaks_of(row, name) for name in ROUTES)]
    assert not idle, "\n".join(idle)


@contextmanager
def _writes() -> Iterator[list[str]]:
    """What is written to the database inside the block, sessions aside."""
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and not _may(sql):
            seen.append(sql[:90])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def _may(sql: str) -> bool:
    return any(name in sql for name in MAY_MOVE)


def _few(name: str, owner: str) -> tuple[str, ...]:
    """Roles that get furthest: behind the door of the staff pages that is the operator alone."""
    return ("operator",) if name.startswith("staff") else ("visitor", owner)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_safe_request_writes_nothing(name: str, world: World, crowd: Crowd) -> None:
    for given, owner in probe.objects(world, ROUTES[name]).values():
        path = probe.address(ROUTES[name], given)
        for role in _few(name, owner):
            with _writes() as written:
                answers = {probe.word(crowd.ask(role, method, path)) for method in ("GET", "HEAD")}
            assert not written, f"{path} as {role} writes: {written}"
            assert len(answers) == 1, f"{path} answers HEAD otherwise than GET: {answers}"


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_other_methods_are_no_back_door(name: str, world: World, crowd: Crowd) -> None:
    """PUT and DELETE get what the statute gives GET or POST, or are no way to ask at all."""
    stated = matrix.statute_for(name)
    for kind, (given, owner) in probe.objects(world, ROUTES[name]).items():
        path = probe.address(ROUTES[name], given)
        for role in _few(name, owner):
            column = COLUMNS.index("owner" if role == owner else role)
            known = {"405", *(stated[kind, method][column] for method in ("GET", "POST"))}
            found = {probe.word(crowd.ask(role, method, path)) for method in ("PUT", "DELETE")}
            assert found <= known, f"{path} as {role}: {found - known}"


@pytest.mark.parametrize("name", WITH_IDS)
def test_a_private_miss_is_as_if_there_were_nothing(name: str, world: World, crowd: Crowd) -> None:
    """Byte for byte: whoever may not know of a thing is told what is told of things that do not exist."""
    objects = probe.objects(world, ROUTES[name])
    gone = probe.address(ROUTES[name], objects["gone"][0])
    for kind, (given, owner) in objects.items():
        path = probe.address(ROUTES[name], given)
        for role in COLUMNS:
            answer = crowd.ask(owner if role == "owner" else role, "GET", path)
            nothing = crowd.ask(owner if role == "owner" else role, "GET", gone)
            if answer.status_code == 404 and kind != "gone":
                assert _words(answer, path) == _words(nothing, gone), f"{role} {path}"


def _words(response: Any, path: str) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content.replace(path.encode(), b"HERE"), dict(response.items())
