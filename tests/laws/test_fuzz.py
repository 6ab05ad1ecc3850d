"""Whatever is typed, sent or asked: no address answers with a fault of ours.

`FUZZ_EXAMPLES` asks for more examples an address than the few of a normal run.
"""

import os
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.laws import hostile, house, probe
from tests.laws.probe import Crowd
from tests.laws.world import VISITOR, World

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "6"))
EXAMPLES_OF_STAFF = int(os.environ.get("FUZZ_EXAMPLES", "2"))  # Django's admin a hundred times over
PARAMETER = re.compile(r"(<[^>]+>|\(\?P<\w+>[^)]*\))")
ROUTES = {route.name: route for route in house.routes()}
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


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


def _role(route: house.Route, owner: str) -> str:
    return "operator" if route.name.startswith("staff") else owner


def _fields(crowd: Crowd, role: str, path: str) -> _Fields:
    fields = _Fields()
    response = crowd.ask(role, "GET", path)
    if response.get("Content-Type", "").startswith("text/html"):
        fields.feed(response.content.decode())
    return fields


def _fuzz(crowd: Crowd, role: str, path: str, *, post: bool) -> None:
    fields = _fields(crowd, role, path)
    few = settings(FEW, max_examples=EXAMPLES_OF_STAFF if path.startswith("/staff/") else EXAMPLES)

    @few
    @given(hostile.forms(fields.names | fields.files), st.sampled_from([role, VISITOR]))
    def send(body: bytes, who: str) -> None:
        assert crowd.ask(who, "POST", path, body).status_code < 500

    @few
    @given(hostile.forms(fields.names))
    def ask(query: bytes) -> None:
        assert crowd.ask(role, "GET", f"{path}?{query.decode()[:8000]}").status_code < 500

    ask()
    if post:
        send()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_form_breaks_the_house(name: str, world: World, crowd: Crowd) -> None:
    route = ROUTES[name]
    for kind, (parameters, owner) in probe.objects(world, route).items():
        _fuzz(crowd, _role(route, owner), probe.address(route, parameters), post=kind != "gone")


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if route.takes))
def test_no_id_breaks_the_house(name: str, crowd: Crowd) -> None:
    route = ROUTES[name]
    for bad in hostile.IDS:
        path = "/" + "".join(
            bad if part.startswith(("<", "(")) else part for part in PARAMETER.split(route.pattern)
        )
        for method in ("GET",) if name.startswith("staff:") else ("GET", "POST"):
            assert crowd.ask(_role(route, "owner"), method, path).status_code < 500


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_mangled_request_breaks_the_house(name: str, world: World, crowd: Crowd) -> None:
    route = ROUTES[name]
    parameters, owner = next(iter(probe.objects(world, route).values()))
    path = probe.address(route, parameters)
    for body, kind in hostile.BODIES[:3] if name.startswith("staff:") else hostile.BODIES:
        assert crowd.ask(_role(route, owner), "POST", path, body, kind).status_code < 500, kind


def test_no_file_breaks_an_upload(world: World, crowd: Crowd) -> None:
    taken = 0
    for route in ROUTES.values():
        for parameters, owner in probe.objects(world, route).values():
            path, role = probe.address(route, parameters), _role(route, owner)
            for field in _fields(crowd, role, path).files:
                taken += 1
                for name, content in hostile.FILES.items():
                    upload = {field: SimpleUploadedFile(name, content, "image/png")}
                    body = encode_multipart(BOUNDARY, upload)
                    assert crowd.ask(role, "POST", path, body, MULTIPART_CONTENT).status_code < 500, name
    assert taken, "No address takes a file: is the picture form gone?"


@pytest.mark.parametrize("headers", hostile.HEADERS, ids=str)
def test_no_header_breaks_the_house(headers: dict[str, str], world: World) -> None:
    for name in ("home", "find", "crisis", "account_login"):
        assert Client().get(probe.address(ROUTES[name], {}), headers=headers).status_code < 500


def test_a_query_of_many_keys_breaks_nothing(world: World) -> None:
    query = urlencode([(f"k{n}", "v") for n in range(1500)])
    assert Client().get(f"/find/?{query}").status_code < 500
