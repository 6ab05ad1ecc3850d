"""One request by one role, and its answer in one word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.core.cache import cache
from django.db import connection, models
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from breathingroom.core.tests.undone import undone
from tests.laws import apart, house
from tests.laws import world as worlds
from tests.laws.world import World

SENT_TO = {
    "account_login": "in",
    "mfa_index": "setup",
    "account_reauthenticate": "prove",
    "mfa_reauthenticate": "prove",
    "mfa_reauthenticate_webauthn": "prove",
    "staff_enter": "why",
    "staff:login": "door",
    "consent": "agree",
}
WORDS = {200: "page", 204: "done", 304: "page"}
FORM = "application/x-www-form-urlencoded"
Answer = HttpResponse
GONE = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": 999_999_999,
    "path": "00000000-0000-4000-8000-000000000000",
    "slug": "nothing-of-that-name",
    "str": "nothing-of-that-name",
}


def word(response: HttpResponse) -> str:
    """What an answer means to the one who asked: a word of the statute, or the bare status."""
    if 300 <= response.status_code < 400 and response.status_code != 304:
        path = urlsplit(response["Location"]).path
        return next((said for name, said in SENT_TO.items() if path == reverse(name)), "go")
    return WORDS.get(response.status_code, str(response.status_code))


class Crowd:
    """Every role at once, each in a browser of its own; what a request writes is undone at once.

    Everybody has just been at the front page: what the first visit notes in a session stays noted.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients = {role: world.client(role) for role in (worlds.VISITOR, *world.cast)}
        for client in self.clients.values():
            client.get("/")

    def ask(self, role: str, method: str, address: str, data: bytes = b"", kind: str = FORM) -> Answer:
        """One request as this role, with a body of this content type."""
        client = self.clients[role]
        cookies = SimpleCookie(client.cookies)
        cache.clear()
        try:
            with undone():
                return client.generic(method, address, data, kind if data else "")  # type: ignore[return-value]
        finally:
            client.cookies = cookies


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that is sent inside the block."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def objects(world: World, route: house.Route) -> dict[str, tuple[dict[str, Any], str]]:
    """For each kind of object this address may be about: the parameters, and the role that owns it."""
    if not route.takes:
        return {"-": ({}, apart.ASKERS.get(route.name, "owner"))}
    things = _things(world, route)
    return {kind: (dict.fromkeys(route.takes, pk), owner) for kind, (pk, owner) in things.items()}


def _things(world: World, route: house.Route) -> dict[str, tuple[Any, str]]:
    if route.name.startswith("staff:"):
        model = _staff_model(route.name)
        row = model._default_manager.order_by("pk").first() if model else None
        return {"row": (row.pk, "owner")} if row else {"gone": (_gone(route), "owner")}
    kinds = next((kinds for name, kinds in world.about.items() if fnmatch(route.name, name)), {})
    return {**kinds, "gone": (_gone(route), "owner")}


def _staff_model(name: str) -> type[models.Model] | None:
    parts = name.partition(":")[2].rsplit("_", 1)[0].split("_")
    try:
        return apps.get_model(parts[0], parts[1])
    except (LookupError, IndexError):
        return None


def _gone(route: house.Route) -> Any:
    kind = route.pattern.partition("<")[2].partition(":")[0]
    return GONE.get(kind, "nothing-of-that-name")


def address(route: house.Route, given: dict[str, Any]) -> str:
    """The address of a route; a route without a name is spelled from its pattern."""
    try:
        return reverse(route.name, kwargs=given)
    except NoReverseMatch:
        return _spelled(route, given)


def _spelled(route: house.Route, given: dict[str, Any]) -> str:
    path = "/" + route.pattern.replace("^", "").replace("$", "")
    for name, value in given.items():
        path = path.replace(f"<path:{name}>", str(value)).replace(f"<str:{name}>", str(value))
        path = path.replace("(?P<url>.*)", str(value)).replace("(?P<app_label>", "").replace(")", "")
    return path
