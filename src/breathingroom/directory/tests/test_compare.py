"""Listings side by side."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from breathingroom.directory.actions import listings
from breathingroom.directory.models import Listing
from breathingroom.directory.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def people(count: int) -> list[Listing]:
    rows = [cast.listing(f"m{n}@example.org", name=f"Member {n}", fee_most=15000 + n) for n in range(count)]
    cast.licence(rows[0].member)
    return rows


def read(client: Client, rows: list[Any], **query: Any) -> str:
    response = client.get("/find/compare/", {"listing": [getattr(row, "pk", row) for row in rows], **query})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_three_people_stand_side_by_side(client: Client) -> None:
    page = read(client, people(3), where="US-WA", format="online")
    for words in (
        "Member 0, PhD",
        "Member 2, PhD",
        "May they see you in Washington?",
        "Licensed in Washington",
        "May not see you in Washington",
        "Burnout, Vicarious trauma",
        "$140 to $150.02",
    ):
        assert words in page
    assert page.count('role="columnheader"') == 3
    assert "?where=US-WA&amp;format=online" in page


def test_a_fourth_is_said_to_be_left_out(client: Client) -> None:
    page = read(client, people(4))
    assert "the first three you ticked" in page
    assert "Member 3" not in page


def test_one_can_be_left_out(client: Client) -> None:
    one, two = people(2)
    page = read(client, [one, two], where="US-WA")
    assert f'href="?listing={two.pk}&amp;where=US-WA"' in page


def test_the_way_back_leads_to_the_whole_search(client: Client) -> None:
    asked = {"q": "so tired", "where": "US-WA", "concern": "grief", "fee_max": "120", "page": "2"}
    page = read(client, people(1), **asked)
    assert 'href="/find/?q=so+tired&amp;where=US-WA&amp;concern=grief&amp;fee_max=120&amp;page=2"' in page


def test_nobody_leads_back_to_the_search(client: Client) -> None:
    assert "nobody to compare" in read(client, [])


@pytest.mark.parametrize("which", ["paused", "missing", "no id"])
def test_who_is_not_there_is_no_longer_listed(client: Client, which: str) -> None:
    """Byte for byte the same, whatever the reason."""
    one, two = people(2)
    gone: Any = two.pk if which == "paused" else uuid4() if which == "missing" else "x\x00"
    listings.pause(by=two.member)
    page = read(client, [one, gone])
    assert "One of those you chose is no longer listed." in page
    assert "Member 1" not in page
    assert main(page) == main(read(client, [one, two]))


@pytest.mark.parametrize("query", [{"where": "XX"}, {"format": "nonsense"}, {"near": "00000"}])
def test_what_cannot_be_read_is_left_out(client: Client, query: dict[str, str]) -> None:
    page = read(client, people(1), **query)
    assert "could not be read" in page
    assert "Member 0" in page


def test_how_far_is_said_of_an_office(client: Client) -> None:
    row = cast.listing(in_person=True, spot="98101")
    assert "less than 2 miles away" in read(client, [row], near="98101")


def test_it_takes_as_many_queries_for_three_as_for_one(client: Client) -> None:
    rows = people(3)
    read(client, rows)
    spent = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as queries:
            read(client, some, where="US-WA")
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 8


def test_a_result_can_be_ticked_without_scripts(client: Client) -> None:
    (row,) = people(1)
    page = client.get("/find/?where=US-WA&format=online").content.decode()
    assert f'name="listing" value="{row.pk}" form="compare" aria-label="Compare Member 0"' in page
    form = page[page.index('<form class="tray" id="compare"') :]
    assert '<input type="hidden" name="where" value="US-WA">' in form
    assert '<input type="hidden" name="format" value="online">' in form


def test_the_shortlist_is_the_same_page_for_everybody(client: Client) -> None:
    row = cast.listing()
    pages = [client.get(f"/find/shortlist/{query}") for query in ("", f"?listing={row.pk}")]
    one, other = (main(page.content.decode()) for page in pages)
    assert one == other
