"""The front door, the gallery, the way out, and what is said when something is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from breathingroom.config import schema
from breathingroom.site import views

pytestmark = pytest.mark.django_db


def test_the_front_door_asks_where_and_what(client: Client, django_assert_num_queries: Any) -> None:
    schema.load_facts(None)
    client.get("/")
    with django_assert_num_queries(1):
        page = client.get("/").content.decode()
    assert 'name="where"' in page
    assert '<option value="US-WA">Washington</option>' in page
    assert 'name="q"' in page


def test_the_gallery_shows_every_component(client: Client) -> None:
    page = client.get("/design/").content.decode()
    for part in (
        "btn--primary",
        "chip--yes",
        "card--clay",
        "notice--care",
        "empty",
        "steps",
        "rings",
        "field__errors",
    ):
        assert part in page, part


def test_the_way_out_tells_the_other_side_nothing(client: Client) -> None:
    answer = client.get("/leave/")
    assert (answer.status_code, answer["Location"]) == (302, settings.QUICK_EXIT_URL)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.forbidden, 403),
        (views.csrf_failure, 403),
        (views.not_found, 404),
        (views.server_error, 500),
    ],
)
def test_an_error_says_what_happened_and_what_to_do(
    view: Callable[..., HttpResponse], status: int, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = view(rf.get("/nowhere/"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1") == 1
    assert 'href="/"' in page
    assert "/crisis/" in page
