"""Every answer the house gives: headers on all of them, and on whole pages what a page must have."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, override_settings
from django.urls import path

from breathingroom.config import urls
from breathingroom.core.middleware import FOR_STRANGERS, STAND_ALONE
from tests.laws import house, page, probe
from tests.laws.probe import Crowd
from tests.laws.world import VISITOR, World

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
READERS = (VISITOR, "member", "owner", "moderator", "operator")
ROUTES = {route.name: route for route in house.routes()}


@pytest.fixture(scope="module")
def crowd(world: World) -> Crowd:
    return Crowd(world)


def header_faults(response: HttpResponseBase, *, signed_in: bool) -> list[str]:
    """What an answer's headers lack."""
    policy = dict(
        part.strip().split(" ", 1) for part in response.get("Content-Security-Policy", "").split(";") if part
    )
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = [
        f"{name} is {response.get(name)}" for name, value in wanted.items() if response.get(name) != value
    ]
    if response.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append(f"Referrer-Policy is {response.get('Referrer-Policy')}")
    if policy != POLICY:
        found.append(f"policy is {policy}")
    if "camera=()" not in response.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    is_picture = response.get("Content-Type", "").startswith("image/")  # its address changes with it
    if signed_in and not is_picture and "no-store" not in response.get("Cache-Control", ""):
        found.append(f"may be kept: {response.get('Cache-Control')}")
    return found


def _is_page(response: HttpResponseBase) -> bool:
    html = response.get("Content-Type", "").startswith("text/html")
    return html and response.status_code not in {301, 302, 303, 307, 308} and bool(_body(response))


def _body(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def _judged(response: HttpResponseBase, *, signed_in: bool) -> list[str]:
    found = header_faults(response, signed_in=signed_in)
    return found + (page.faults(_body(response)) if _is_page(response) else [])


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_page_is_whole(name: str, world: World, crowd: Crowd) -> None:
    wrong = []
    readers = ("member", "operator") if name.startswith("staff:") else READERS
    for kind, (given, owner) in probe.objects(world, ROUTES[name]).items():
        place = probe.address(ROUTES[name], given)
        for role in dict.fromkeys((*readers, owner)):
            response = crowd.ask(role, "GET", place)
            knows = not place.startswith(STAND_ALONE) and not FOR_STRANGERS.match(place)
            private = role != VISITOR and knows
            for fault in _judged(response, signed_in=private):
                wrong.append(f"{kind} as {role} ({response.status_code}): {fault}")
    assert not wrong, f"{name}\n" + "\n".join(dict.fromkeys(wrong))


@pytest.fixture
def quiet(world: World) -> Client:
    """A visitor whose browser gets the error page where a test would get the exception."""
    return Client(raise_request_exception=False)


@login_not_required
def _breaks(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault that nobody foresaw: zq-secret-in-an-error")


urlpatterns = [path("broken/", _breaks), *urls.urlpatterns]
handler500 = urls.handler500


@override_settings(ROOT_URLCONF=__name__)
def test_a_broken_page_is_whole_and_says_nothing_of_its_inside(quiet: Client) -> None:
    response = quiet.get("/broken/")
    assert response.status_code == 500
    assert not _judged(response, signed_in=False)
    assert "zq-secret" not in _body(response)


def test_an_unknown_address_is_a_whole_page(quiet: Client) -> None:
    response = quiet.get("/nothing-of-that-name/<script>/")
    assert response.status_code == 404
    assert not _judged(response, signed_in=False)
    assert "<script>/" not in _body(response)


def test_an_unknown_host_is_turned_away(quiet: Client) -> None:
    response = quiet.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert not _judged(response, signed_in=False)


@pytest.mark.parametrize("place", ["/account/login/", "/language/", "/account/logout/"])
def test_a_form_without_its_token_is_refused_by_a_whole_page(place: str) -> None:
    response = Client(enforce_csrf_checks=True).post(place, {"email": "someone@example.org"})
    assert response.status_code == 403
    assert not _judged(response, signed_in=False)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_address_takes_a_post_without_a_token(name: str, world: World) -> None:
    """Refused whoever asks: only addresses that take no POST at all may answer otherwise."""
    client = Client(enforce_csrf_checks=True)
    for given, _owner in probe.objects(world, ROUTES[name]).values():
        response = client.post(probe.address(ROUTES[name], given), {})
        assert response.status_code in {403, 404, 405}, f"{name} answers {response.status_code}"


def test_a_redirect_carries_the_headers(quiet: Client) -> None:
    response = quiet.get("/account/privacy")
    assert response.status_code in {301, 302}
    assert not header_faults(response, signed_in=False)


def test_cookies_tell_nothing_to_scripts(quiet: Client) -> None:
    quiet.get("/account/login/")
    quiet.post("/account/login/", {"login": "owner@example.org"})
    quiet.post("/language/", {"language": "es"})
    assert {"csrf", "session", "language"} <= quiet.cookies.keys()
    for cookie in quiet.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key


def test_templates_hold_no_script_or_style() -> None:
    """What no test rendered is searched as well: styles and handlers in a template's own words."""
    bad = re.compile(r"""<style|\sstyle=|\son[a-z]+=["']|javascript:|<script(?![^>]*\bsrc=)|hx-on""", re.I)
    found = [
        house.named(path)
        for path in house.templates()
        if path.suffix == ".html" and bad.search(path.read_text())
    ]
    assert not found


def test_settings_hold_no_word_unsafe() -> None:
    assert "unsafe" not in str(settings.CONTENT_SECURITY_POLICY)
