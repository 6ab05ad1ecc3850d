"""Answers that no address of its own gives: errors, refusals, redirects and cookies are whole as well.

Every address by every role is judged in `test_matrix.py`.
"""

import re

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from breathingroom.config import urls
from tests.laws import answers, house, probe
from tests.laws.world import World

ROUTES = {route.name: route for route in house.routes()}


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
    assert not answers.faults(response, signed_in=False)
    assert "zq-secret" not in answers.body(response)


def test_an_unknown_address_is_a_whole_page(quiet: Client) -> None:
    response = quiet.get("/nothing-of-that-name/<script>/")
    assert response.status_code == 404
    assert not answers.faults(response, signed_in=False)
    assert "<script>/" not in answers.body(response)


def test_an_unknown_host_is_turned_away(quiet: Client) -> None:
    response = quiet.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert not answers.faults(response, signed_in=False)


@pytest.mark.parametrize("place", ["/account/login/", "/language/", "/account/logout/"])
def test_a_form_without_its_token_is_refused_by_a_whole_page(place: str) -> None:
    response = Client(enforce_csrf_checks=True).post(place, {"email": "someone@example.org"})
    assert response.status_code == 403
    assert not answers.faults(response, signed_in=False)


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
    assert not answers.header_faults(response, signed_in=False)


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
