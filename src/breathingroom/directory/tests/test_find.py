"""Find care, from the query string to the page."""

import datetime as dt
import logging
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from breathingroom.core import clock, text
from breathingroom.core.tests.generated import generated
from breathingroom.directory import index
from breathingroom.directory.actions import listings
from breathingroom.directory.models import Listing
from breathingroom.directory.queries import find
from breathingroom.directory.queries.address import FIELDS
from breathingroom.directory.queries.filters import Fixed, Option
from breathingroom.directory.queries.words import many
from breathingroom.directory.templatetags.find import options
from breathingroom.directory.tests import cast, htmx
from breathingroom.licensure import actions as licensure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
HX = {"HX-Request": "true"}


def read(client: Client, **query: Any) -> str:
    response = client.get("/find/", query)
    assert response.status_code == 200
    return response.content.decode()


def number(page: str, id: str) -> int:
    node = htmx.parse(page).find(f"n-{id}")
    assert node is not None
    return int(node.inside[0].text)


def maren() -> Listing:
    row = cast.listing(languages=("en", "es"), sliding=True)
    cast.licence(row.member)
    return row


def test_a_result_says_all_that_matters(client: Client) -> None:
    maren()
    page = read(client, where="US-WA", concern="burnout", language="es", format="online")
    for words in (
        "1 person may see you in Washington",
        "Maren Oduya, PhD",
        "Psychologist · she/her · 14 years treating clinicians",
        "May see you in Washington",
        "Licensed in Washington",
        " · as of ",
        "Works with burnout. Meets online. Speaks Spanish.",
        "$140, sliding",
        "2 openings · confirmed 6 days ago",
    ):
        assert words in page


def test_everyday_words_are_read_and_the_reading_can_be_undone(client: Client) -> None:
    maren()
    page = read(client, q="can't stop thinking about a client")
    assert "as vicarious trauma." in page
    assert "1 person treats clinicians" in page
    undone = read(client, q="can't stop thinking about a client", exact="1")
    assert "Nobody fits all of this yet" in undone
    assert "Searching for the exact words" in undone


def test_free_words_find_names_and_places(client: Client) -> None:
    maren()
    assert "1 person" in read(client, q="oduya")
    assert "1 person" in read(client, q="SEATT psych")
    assert "Nobody" in read(client, q="oduya portland")


def test_thoughts_of_dying_bring_the_crisis_lines_first(client: Client) -> None:
    page = read(client, q="I don't want to live")
    assert page.index('<a href="/crisis/">the crisis lines</a>') < page.index('id="found"')


def test_only_published_listings_of_active_members_are_found(client: Client) -> None:
    cast.listing("a@example.org", state="paused", name="Paused Person")
    cast.listing("b@example.org", state="draft", name="Draft Person")
    gone = cast.listing("c@example.org", name="Gone Person")
    gone.member.is_active = False
    gone.member.save()
    page = read(client)
    assert not any(name in page for name in ("Paused Person", "Draft Person", "Gone Person"))
    assert "Nobody is listed here yet" in page


def test_accepting_is_a_promise_that_runs_out(client: Client) -> None:
    cast.listing(openings_confirmed_on=clock.today() - dt.timedelta(days=31))
    assert "Nobody fits" in read(client)
    page = read(client, unconfirmed="1")
    assert number(page, "accepting") == 0
    assert "not confirmed: last said 31 days ago, so ask" in page
    assert 'class="small stale"' in page
    assert "Nobody fits" in read(client, accepting="1", unconfirmed="1")


def test_who_has_not_confirmed_for_long_is_not_there_at_all(client: Client) -> None:
    cast.listing(openings_confirmed_on=clock.today() - dt.timedelta(days=91))
    page = read(client, unconfirmed="1")
    assert number(page, "unconfirmed") == 0
    assert "Nobody is listed here yet" in page


def test_the_counts_beside_the_choices_are_those_of_the_other_filters(client: Client) -> None:
    maren()
    cast.listing("b@example.org", concerns=("grief",), therapist=False, supervisor=True)
    page = read(client, role="supervisor", concern="burnout")
    assert number(page, "role-therapist") == 1
    assert number(page, "role-supervisor") == 0
    assert number(page, "concern-grief") == 1
    assert number(page, "concern-burnout") == 0


def test_an_empty_answer_offers_to_loosen_each_filter(client: Client) -> None:
    maren()
    page = read(client, where="US-WA", language="fr", fee_max="90")
    assert "Nobody fits all of this yet" in page
    page = read(client, where="US-WA", language="fr", concern="burnout")
    assert "Any language <strong>1</strong>" in page
    assert 'href="?where=US-WA&amp;concern=burnout"' in page


def test_what_no_single_filter_is_to_blame_for_says_so(client: Client) -> None:
    maren()
    assert "several together are" in read(client, language="fr", concern="grief")


def test_the_heading_only_says_what_is_true_of_everybody_it_counts(client: Client) -> None:
    cast.licence(maren().member, "US-ID", status="claimed", checked_on=None, checked_by=None)
    cast.listing("b@example.org")
    assert "1 person may see you in Washington" in read(client, where="US-WA")
    assert "1 person to ask first in Idaho" in read(client, where="US-ID")
    assert "1 person may not see you in Idaho" in read(client, where="US-ID", answer="no")
    both = read(client, where="US-ID", answer=["ask", "no"])
    assert "1 person to ask first in Idaho" in both
    assert "1 more may not see you there." in both


def test_those_to_ask_are_counted_after_those_who_may(client: Client) -> None:
    maren()
    unchecked = cast.listing("b@example.org")
    cast.licence(unchecked.member, status="claimed", checked_on=None, checked_by=None)
    assert "After them comes 1 more whom you would ask first." in read(client, where="US-WA")


def test_loosening_words_that_were_read_as_a_concern_drops_the_words(client: Client) -> None:
    maren()
    page = read(client, q="I feel like a fraud", role="therapist")
    assert 'href="?role=therapist"' in page


@pytest.mark.parametrize("most", ["140", "139", "0"])
def test_the_ceiling_is_in_whole_units_of_its_currency(client: Client, most: str) -> None:
    maren()
    assert ("1 person" in read(client, fee_max=most)) is (most == "140")
    assert "Nobody" in read(client, fee_max=most, currency="CAD")


def test_pages_follow_each_other(client: Client) -> None:
    cast.many(17)
    first, second = read(client, role="therapist"), read(client, role="therapist", page="2")
    assert 'rel="next" href="?role=therapist&amp;page=2"' in first
    assert 'rel="prev" href="?role=therapist&amp;page=1"' in second
    names = {f"Member {n}, PhD" for n in range(17)}
    assert {name for name in names if name in first} | {name for name in names if name in second} == names


# -- what cannot be read -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    [
        {"where": "XX"},
        {"fee_max": "-1"},
        {"fee_max": "9" * 5000},
        {"page": "0"},
        {"q": "a\x00b"},
        {"q": "x" * 201},
        {"concern": ["burnout", "nonsense"]},
        {"currency": "BTC"},
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_counts(client: Client, query: dict[str, Any]) -> None:
    maren()
    page = read(client, **{"role": "supervisor", **query})
    assert "could not be read" in page
    assert "Nobody fits all of this yet" in page


anything = st.text(max_size=30) | st.sampled_from(
    ["1", "US-WA", "burnout", "\x00", "9" * 400, "<script>", "é'\""]
)


@generated(20, 60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*FIELDS, "unknown"]), anything), max_size=8), st.booleans())
def test_no_query_breaks_the_page(client: Client, pairs: list[tuple[str, str]], partial: bool) -> None:
    query = urlencode(pairs, errors="surrogatepass")
    response = client.get(f"/find/?{query}", headers=HX if partial else {})
    assert response.status_code == 200
    assert b"<script>" not in response.content.replace(b"<script defer", b"").replace(b"<script type", b"")


# -- HTMX ----------------------------------------------------------------------------------------
BEFORE_AND_AFTER: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"where": "US-WA"}),
    ({"where": "US-WA"}, {}),
    ({"where": "US-WA"}, {"where": "US-WA", "answer": ["yes", "no"], "concern": ["burnout", "grief"]}),
    ({}, {"q": "can't stop thinking about a client", "role": "therapist"}),
    ({"q": "burnout"}, {"q": "burnout", "exact": "1"}),
    ({"q": "burnout", "exact": "1"}, {"language": "es"}),
    ({}, {"concern": "sleep", "accepting": "1"}),
    ({}, {"where": "nowhere", "fee_max": "many"}),
    ({"role": "therapist"}, {"sliding": "1", "fee_max": "200", "currency": "USD"}),
]
TYPED = frozenset({"checked", "selected", "value", "open", "aria-invalid"})


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER)
def test_the_swapped_page_equals_a_fresh_one(
    client: Client, before: dict[str, Any], after: dict[str, Any]
) -> None:
    maren()
    cast.listing("b@example.org", name="Ines", concerns=("grief",), in_person=True)
    answer = client.get("/find/", after, headers=HX).content.decode()
    swapped = htmx.applied(read(client, **before), answer, "results")
    fresh = htmx.parse(read(client, **after))
    for page in (swapped, fresh):
        footer = page.find("language")
        assert footer is not None
        _forget_the_address(page)
    assert swapped.outline(TYPED) == fresh.outline(TYPED)


def _forget_the_address(node: htmx.Node) -> None:
    """The language form in the footer comes back to the address of its page: that is not swapped."""
    if node.given.get("name") == "next":
        node.given = {}
    for child in node.inside:
        _forget_the_address(child)


def test_htmx_gets_a_fragment_with_its_address(client: Client) -> None:
    response = client.get("/find/?q=&where=US-WA&role=&currency=USD&concern=burnout", headers=HX)
    assert response["HX-Push-Url"] == "/find/?where=US-WA&concern=burnout"
    assert b"<html" not in response.content


@pytest.mark.parametrize("header", ["HX-History-Restore-Request", "HX-Boosted"])
def test_going_back_gets_the_whole_page(client: Client, header: str) -> None:
    response = client.get("/find/", headers={**HX, header: "true"})
    assert b"<html" in response.content
    assert "HX-Push-Url" not in response


def test_nothing_of_a_search_is_kept(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    response = client.get("/find/", {"q": "sentinelword", "where": "US-WA"})
    assert response["Cache-Control"] == "private, no-store"
    assert "HX-Request" in response["Vary"]
    assert not response.cookies.get("session")
    kept = [record for record in caplog.records if record.name != "django.db.backends"]
    assert "sentinelword" not in "".join(record.getMessage() for record in kept)


def test_a_search_cannot_be_posted(client: Client) -> None:
    assert client.post("/find/").status_code in {403, 405}


# -- what it costs -------------------------------------------------------------------------------
WARM = 2


@pytest.mark.parametrize("count", [1, 3, 200])
def test_a_search_takes_two_queries_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    cast.many(count)
    read(client)
    with django_assert_num_queries(WARM):
        read(client, where="US-WA", concern="burnout", q="member")


def test_making_the_index_takes_a_constant_number_of_queries(client: Client) -> None:
    spent = []
    for count in (1, 2):  # one listing, then three
        for n in range(count):
            cast.licence(cast.listing(f"member{count}{n}@example.org").member)
        index.forget()
        with CaptureQueriesContext(connection) as queries:
            read(client)
        spent.append(len(queries))
    assert spent[0] == spent[1] < 20


def test_a_write_by_anybody_is_seen_by_the_next_search(client: Client) -> None:
    row = maren()
    assert "Maren" in read(client)
    listings.pause(by=row.member)
    assert "Maren" not in read(client)
    listings.publish(by=row.member)
    assert "Maren" in read(client)


def test_a_licence_listed_in_the_next_room_is_seen_by_the_next_search(client: Client) -> None:
    row = cast.listing()
    assert "Nobody fits" in read(client, where="US-WA")
    licensure.claim_licence(by=row.member, profession="psychologist", jurisdiction="US-WA")
    assert "1 person to ask first in Washington" in read(client, where="US-WA")


def test_a_suspended_member_is_gone_from_the_next_search(client: Client) -> None:
    row = maren()
    assert "Maren" in read(client)
    listings.suspend(member=row.member)
    assert "Nobody is listed here yet" in read(client)


def test_who_was_paused_by_other_means_is_not_shown(client: Client) -> None:
    row = maren()
    read(client)
    Listing.objects.filter(pk=row.pk).update(state="paused")
    assert "Maren" not in read(client)


def test_making_the_index_anew_reads_only_the_words_that_changed() -> None:
    cast.many(3)
    index.current()
    Listing.objects.filter(name="Member 1").update(about="sea swimming")
    index.forget()
    with mock.patch.object(text, "plain", wraps=text.plain) as read:
        made = index.current()
    assert ["sea swimming" in call.args[0] for call in read.call_args_list] == [True]
    assert index.search(made, index.Criteria(words=("sea", "swimming"))).total == 1


def test_words_that_lead_nowhere_lead_to_the_groups_of_concerns(client: Client) -> None:
    cast.listing()
    page = client.get("/find/?q=my+supervisor+is+awful&role=therapist&exact=1")
    (name, address), *_others = page.context["page"].groups
    html = page.content.decode()
    assert name in html
    assert "Start again" in html
    assert "q=" not in address
    assert address.startswith("?role=therapist&concern=")
    assert address.count("concern=") > 1
    assert client.get(f"/find/{address}").context["form"].is_valid()


def test_a_thousand_people_are_counted_with_a_comma() -> None:
    found = index.Results(1111, 1, 1, ())
    assert find.heading(found, index.Criteria(), "") == "1,111 people treat clinicians"
    assert many(999) == "999"
    assert ">1,111<" in options([Option(Fixed("sliding", "1", "Sliding scale", "sliding"), 1111, False)])


def test_after_a_swap_the_language_form_comes_back_to_this_search(client: Client) -> None:
    assert 'id="next" name="next" value="/find/"' in client.get("/find/").content.decode()
    swapped = client.get("/find/?q=&role=therapist", headers=HX).content.decode()
    assert 'id="next" name="next" value="/find/?role=therapist" hx-swap-oob' in swapped
