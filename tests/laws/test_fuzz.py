"""Whatever is typed, sent or asked: no address answers with a fault of ours.

Every form is met with something hostile in every field. A thorough run adds generated examples, and
`FUZZ_EXAMPLES` says how many an address.
"""

import os
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import HealthCheck, Phase, given, settings

from tests.laws import hostile, house, probe
from tests.laws.probe import Crowd
from tests.laws.world import VISITOR, World
from tests.plugins.depth import THOROUGH, examples

T = TypeVar("T")
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", examples(0, 6)))
EXAMPLES_OF_STAFF = int(os.environ.get("FUZZ_EXAMPLES", examples(0, 2)))  # one admin, a hundred times
PARAMETER = re.compile(r"(<[^>]+>|\(\?P<\w+>[^)]*\))")
ROUTES = {route.name: route for route in house.routes()}
NAMES = sorted(ROUTES)
# Pages of Django's admin that read a form; a quick run gives them the query and the form at once.
OF_A_ROW = ("_add", "_change", "_delete", "_history")
# The admin reads all its requests alike: of its pages, a quick run sends mangled ones to every seventh.
MANGLED = [name for at, name in enumerate(NAMES) if THOROUGH or not name.startswith("staff:") or at % 7 == 0]
FEW = settings(
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class _Fields(HTMLParser):
    """The names of all fields of a page, of what its links ask by, and of fields that take a file."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.files: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"input", "select", "textarea", "button"} and found.get("name"):
            name = str(found["name"])
            (self.files if found.get("type") == "file" else self.names).add(name)
        if tag == "a" and (found.get("href") or "").startswith("?"):
            self.names |= {key for key, _value in parse_qsl(str(found["href"])[1:])}


class _Forms:
    """What can be filled in at an address, each page read once."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self._known: dict[str, _Fields] = {}

    def at(self, role: str, path: str) -> _Fields:
        if path not in self._known:
            fields = self._known[path] = _Fields()
            response = self.crowd.ask(role, "GET", path)
            if response.get("Content-Type", "").startswith("text/html"):
                fields.feed(response.content.decode())
        return self._known[path]

    def of(self, route: house.Route) -> set[str]:
        """The names of the fields, whatever the address is about."""
        found = [self.at(role, path) for kind, role, path in _things(self.crowd, route) if kind != "gone"]
        return {name for fields in found for name in fields.names | fields.files}


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


@pytest.fixture(scope="module")
def forms(crowd: Crowd) -> _Forms:
    return _Forms(crowd)


def _things(crowd: Crowd, route: house.Route) -> Iterator[tuple[str, str, str]]:
    """Each kind of object that an address may be about, who asks, and where."""
    for kind, (parameters, owner) in probe.objects(crowd.world, route).items():
        yield kind, _role(route, owner), probe.address(route, parameters)


def _role(route: house.Route, owner: str) -> str:
    return "operator" if route.name.startswith("staff") else owner


def _share(things: Sequence[T], turn: int, few: int) -> Sequence[T]:
    """All in a thorough run; else a few, and the next few when it is the turn of the next address."""
    start = turn * few % len(things)
    return things if THOROUGH else [*things[start:], *things[:start]][:few]


def _asking(path: str, query: bytes) -> str:
    return f"{path}?{query.decode()[:8000]}"


def _ask(crowd: Crowd, role: str, path: str) -> None:
    assert crowd.ask(role, "GET", path).status_code < 500, path


def _send(crowd: Crowd, role: str, path: str, body: bytes = b"", kind: str = probe.FORM) -> None:
    assert crowd.ask(role, "POST", path, body, kind).status_code < 500, (path, kind)


@pytest.mark.parametrize("name", NAMES)
def test_no_form_breaks_the_house(name: str, crowd: Crowd, forms: _Forms) -> None:
    fields = forms.of(ROUTES[name])
    things = list(_things(crowd, ROUTES[name]))
    for number, (kind, role, path) in enumerate(things, NAMES.index(name)):
        if kind == "gone" and len(things) > 1 and not THOROUGH:
            continue  # ids that never were are asked about below
        query, form, other = (hostile.filled(fields, 3 * number + turn) for turn in range(3))
        if name.startswith("staff:") and name.endswith(OF_A_ROW) and not THOROUGH:
            _send(crowd, role, _asking(path, query), form)
            continue
        _ask(crowd, role, _asking(path, query))
        if kind != "gone":
            _send(crowd, role, path, form)
            _send(crowd, VISITOR, path, other)
        if EXAMPLES:
            _generate(crowd, role, path, fields, post=kind != "gone")


def _generate(crowd: Crowd, role: str, path: str, fields: set[str], *, post: bool) -> None:
    few = settings(FEW, max_examples=EXAMPLES_OF_STAFF if path.startswith("/staff/") else EXAMPLES)

    @few
    @given(hostile.forms(fields))
    def ask(query: bytes) -> None:
        _ask(crowd, role, _asking(path, query))

    @few
    @given(hostile.forms(fields))
    def send(body: bytes) -> None:
        _send(crowd, role, path, body)

    ask()
    if post:
        send()


def test_no_id_breaks_the_house(crowd: Crowd) -> None:
    for turn, route in enumerate(ROUTES[name] for name in NAMES if ROUTES[name].takes):
        staff = route.name.startswith("staff:")
        for bad in _share(hostile.IDS, turn, 1 if staff else 2):
            path = "/" + "".join(
                bad if part.startswith(("<", "(")) else part for part in PARAMETER.split(route.pattern)
            )
            _ask(crowd, _role(route, "owner"), path)
            if not staff:
                _send(crowd, _role(route, "owner"), path)


def test_no_mangled_request_breaks_the_house(crowd: Crowd) -> None:
    for turn, name in enumerate(MANGLED):
        _kind, role, path = next(_things(crowd, ROUTES[name]))
        bodies = hostile.BODIES[:3] if name.startswith("staff:") else hostile.BODIES
        for body, kind in _share(bodies, turn, 1):
            _send(crowd, role, path, body, kind)


def test_no_file_breaks_an_upload(crowd: Crowd, forms: _Forms) -> None:
    things = [thing for route in ROUTES.values() for thing in _things(crowd, route)]
    taking = [
        (role, path, name)
        for kind, role, path in things
        if kind != "gone"
        for name in forms.at(role, path).files
    ]
    assert taking, "No address takes a file: is the picture form gone?"
    for role, path, field in taking:
        for name, content in hostile.FILES.items():
            upload = {field: SimpleUploadedFile(name, content, "image/png")}
            _send(crowd, role, path, encode_multipart(BOUNDARY, upload), MULTIPART_CONTENT)


@pytest.mark.parametrize("headers", hostile.HEADERS, ids=str)
def test_no_header_breaks_the_house(headers: dict[str, str], world: World) -> None:
    for name in ("home", "find", "crisis", "account_login"):
        assert Client().get(probe.address(ROUTES[name], {}), headers=headers).status_code < 500


def test_a_query_of_many_keys_breaks_nothing(world: World) -> None:
    query = urlencode([(f"k{n}", "v") for n in range(1500)])
    assert Client().get(f"/find/?{query}").status_code < 500
