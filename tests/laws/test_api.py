"""The public API gives away no more than the pages: nothing that is marked, and nobody who is not there."""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client, override_settings

from breathingroom.core.privacy import DataClass
from breathingroom.directory.models import Listing
from tests.laws import sentinels
from tests.laws.probe import Crowd
from tests.laws.sentinels import Marks
from tests.laws.world import VISITOR, World


@pytest.fixture(scope="module")
def marks(world: World) -> Marks:
    return sentinels.seed(world)


@pytest.fixture(scope="module")
def crowd(world: World, marks: Marks) -> Crowd:
    return Crowd(world)


def _answers(crowd: Crowd, role: str, world: World) -> Iterator[tuple[str, str]]:
    """All that the API says to this role: lists, each listing, each answer about one, its own schema."""
    waiting = [
        "/api/v1/listings/?unconfirmed=1&where=US-WA",
        "/api/v1/listings/?q=zq",
        "/api/v1/concerns/",
        "/api/v1/jurisdictions/",
        "/api/v1/openapi.json",
    ]
    for row in Listing.objects.all():
        waiting += [f"/api/v1/listings/{row.pk}/", f"/api/v1/eligibility/?listing={row.pk}&where=US-WA"]
    for path in waiting:
        text = sentinels.said(crowd.ask(role, "GET", path))
        yield path, text
        following = json.loads(text[text.index("{") :]).get("next") if '"next"' in text else None
        if following:
            waiting.append(urlsplit(following)._replace(scheme="", netloc="").geturl())


@override_settings(API_PER_MINUTE=10**6)
@pytest.mark.parametrize("role", [VISITOR, "other", "operator"])
def test_no_answer_gives_a_mark_away(role: str, world: World, crowd: Crowd, marks: Marks) -> None:
    found = [
        f"{mark.where} at {path}"
        for path, text in _answers(crowd, role, world)
        for mark in marks.found_in(text)
        if mark.text.lower() not in path.lower()
    ]
    assert not found, "\n".join(found)


@override_settings(API_PER_MINUTE=10**6)
def test_contact_and_identities_stay_on_the_page(world: World, crowd: Crowd) -> None:
    Listing.objects.update(contact="zqcontact@example.org", practice="zqpractice")
    assert not [
        path for path, text in _answers(crowd, VISITOR, world) if "zqcontact" in text or "zqpractice" in text
    ]


@override_settings(API_PER_MINUTE=10**6)
def test_search_knows_no_hidden_word(crowd: Crowd, marks: Marks) -> None:
    """A word that stands only in hidden fields finds nobody, so it cannot be guessed letter by letter."""
    for mark in (mark for mark in marks.marks if mark.kind is not DataClass.SECRET):
        found = crowd.ask(
            VISITOR, "GET", f"/api/v1/listings/?exact=1&unconfirmed=1&q={quote(mark.text[:100])}"
        )
        assert json.loads(found.content).get("total", 0) == 0, mark.where


def test_a_session_is_not_even_looked_up(world: World, django_assert_num_queries: object) -> None:
    """The same queries with the cookie of a member as with none."""
    signed, stranger = world.client("owner"), Client()
    for client in (signed, stranger):
        client.get("/api/v1/concerns/")
    with django_assert_num_queries(3):  # type: ignore[operator]
        signed.get("/api/v1/concerns/")
    with django_assert_num_queries(3):  # type: ignore[operator]
        stranger.get("/api/v1/concerns/")
