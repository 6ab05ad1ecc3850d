"""A page asks the database as often for many rows as for few."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator

from breathingroom.directory import index
from breathingroom.licensure.models import Jurisdiction, Licence
from breathingroom.notify import actions as notify
from breathingroom.people import actions as people
from tests.laws import asking, calls, house, letters, matrix, passkeys, probe
from tests.laws import world as worlds
from tests.laws.matrix import COLUMNS
from tests.laws.probe import Crowd
from tests.laws.world import VISITOR, World

Door = tuple[str, str]


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


def _doors(world: World) -> Iterator[Door]:
    """(role, address) of every page whose rows grow in `_grow`, as the statute shows it to the foremost."""
    for route in house.routes():
        if route.name.startswith("staff:") and route.name.endswith("_delete"):
            continue  # Django counts there what would go with the row
        for kind, (given, owner) in probe.objects(world, route).items():
            stated = matrix.statute_for(route.name)[kind, "GET"]
            for role in asking.leading(route):
                if stated[COLUMNS.index(role)] == "page":
                    yield owner if role == "owner" else role, probe.address(route, given)


def _queries(crowd: Crowd, role: str, address: str) -> int:
    with probe.statements() as sent:
        assert crowd.ask(role, "GET", address).status_code == 200
    return sum(not sql.startswith(("SAVEPOINT", "ROLLBACK", "RELEASE")) for sql in sent)


def _grow(world: World) -> None:
    """Two more of whatever a page lists."""
    owner = world.cast["owner"]
    for number, place in enumerate(("US-OR", "US-NY")):
        role = f"more {number}"
        world.cast[role] = worlds.make_member(role)
        worlds.make_licence(world, role)
        worlds.make_listing(world, role, "published")
        first = Licence.objects.filter(member=owner)[0]
        first.pk, first._state.adding, first.jurisdiction = None, True, Jurisdiction.objects.get(code=place)
        first.save()
        Authenticator.objects.create(
            user=owner, type=Authenticator.Type.WEBAUTHN, data=passkeys.registered(f"Key {number}")
        )
        world.client("owner")
        notify.post(to=owner.email, subject="A word", body="For you alone.")
        people.note_export(by=owner)
        letters.more(world, role)
        calls.grow(world, role, number)


def _measured(crowd: Crowd, doors: list[Door]) -> dict[Door, int]:
    """Queries of each page, the search index being there already."""
    index.forget()
    crowd.ask(VISITOR, "GET", "/find/")
    return {door: _queries(crowd, *door) for door in doors}


def test_no_page_asks_more_often_for_more_rows(world: World, crowd: Crowd) -> None:
    doors = list(_doors(world))
    before = _measured(crowd, doors)
    _grow(world)
    after = _measured(crowd, doors)
    more = [f"{door}: {before[door]}, then {after[door]}" for door in doors if after[door] > before[door]]
    assert not more, "\n".join(more)
