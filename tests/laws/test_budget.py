"""A page asks the database as often for many rows as for few."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from breathingroom.directory import index
from breathingroom.licensure.models import Jurisdiction, Licence
from breathingroom.notify import actions as notify
from breathingroom.people import actions as people
from tests.laws import calls, house, letters, passkeys, probe
from tests.laws import world as worlds
from tests.laws.probe import Crowd
from tests.laws.world import VISITOR, World


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


def _doors(world: World) -> Iterator[tuple[str, str]]:
    """(role, address) of every page whose rows grow in `_grow`."""
    for route in house.routes():
        if route.name.startswith("staff:") and route.name.endswith("_delete"):
            continue  # Django counts there what would go with the row
        for given, owner in probe.objects(world, route).values():
            roles = ("operator",) if route.name.startswith("staff") else (VISITOR, owner)
            for role in roles:
                yield role, probe.address(route, given)


def _queries(crowd: Crowd, role: str, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        crowd.ask(role, "GET", address)
    return sum(not query["sql"].startswith(("SAVEPOINT", "ROLLBACK", "RELEASE")) for query in seen)


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


def _measured(crowd: Crowd, doors: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
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
