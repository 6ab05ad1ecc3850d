"""Everybody asks at an address: each role of the statute, by the methods that are worth its while."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.laws import house, matrix, probe
from tests.laws.matrix import COLUMNS
from tests.laws.probe import Answer, Crowd
from tests.plugins.depth import THOROUGH

PLAIN = ("GET", "POST")
RARE = ("HEAD", "PUT", "DELETE")
HALTED = {"in", "setup", "prove", "why", "door"}
MEMBER = COLUMNS.index("member")


@dataclass(frozen=True)
class Asked:
    """One request about one kind of object, as a role of the statute: its answer, and the SQL it took."""

    name: str
    kind: str
    method: str
    role: str
    path: str
    answer: Answer
    sql: list[str]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind}) {self.method} as {self.role}"

    @property
    def stated(self) -> set[str]:
        """What the statute gives this role. HEAD answers as GET; PUT and DELETE are no back door."""
        rows, column = matrix.statute_for(self.name), COLUMNS.index(self.role)
        known = {method: rows[self.kind, method][column] for kind, method in rows if kind == self.kind}
        if known and self.method in {"PUT", "DELETE"}:
            return {"405", *known.values()}
        method = "GET" if self.method == "HEAD" else self.method
        return {known[method]} if method in known else set()


def at(crowd: Crowd, route: house.Route, turn: int) -> Iterator[Asked]:
    """All requests at one address; `turn` is the number of the address, for those who take turns."""
    for kind, (given, owner) in probe.objects(crowd.world, route).items():
        path = probe.address(route, given)
        for role in _askers(route):
            for method in _methods(route, role, turn):
                with probe.statements() as sql:
                    answer = crowd.ask(owner if role == "owner" else role, method, path)
                yield Asked(route.name, kind, method, role, path, answer, sql)


def leading(route: house.Route) -> list[str]:
    """Who gets furthest: whoever may do more than a member, and among members a stranger and the owner."""
    first = set() if _is_behind_the_door(route) else {"visitor", "owner"}
    return [role for role in COLUMNS if role in first or _stands_out(route, role)]


def _stands_out(route: house.Route, role: str) -> bool:
    """Whether the statute gives a role what it does not give every member, other than to be halted."""
    rows = matrix.statute_for(route.name).values()
    return not rows or any(row[COLUMNS.index(role)] not in {*HALTED, row[MEMBER]} for row in rows)


def _is_behind_the_door(route: house.Route) -> bool:
    return route.name.startswith("staff:")


def _askers(route: house.Route) -> list[str]:
    """No member owns anything behind the door of the staff pages."""
    return [role for role in COLUMNS if not (_is_behind_the_door(route) and role in {"owner", "other"})]


def _methods(route: house.Route, role: str, turn: int) -> Sequence[str]:
    """In a quick run, those turned away alike take turns with the methods, and the rare ones take turns."""
    number = turn + COLUMNS.index(role)
    if role in leading(route):
        return (*PLAIN, *_taking_turns(RARE, number))
    if role in {"member", "other"} and not _is_behind_the_door(route):
        return PLAIN
    return _taking_turns(PLAIN, number)


def _taking_turns(methods: Sequence[str], number: int) -> Sequence[str]:
    return methods if THOROUGH else (methods[number % len(methods)],)
