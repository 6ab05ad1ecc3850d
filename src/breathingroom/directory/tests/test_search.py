"""The index and the plain answer, held together over many made-up directories."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from breathingroom.directory.choices import Facet
from breathingroom.directory.index import PAGE, Criteria, plain, search
from breathingroom.directory.index.criteria import looser
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.tests import made
from breathingroom.directory.tests.made import (
    CONCERNS,
    FACTS,
    TODAY,
    criteria,
    entries,
    entry,
    indexed,
    licensed,
    same,
    snapshot,
)
from breathingroom.licensure.eligibility import LicenceHeld

edits = st.lists(made.one | st.integers(0, 60).map(lambda n: UUID(int=n)), max_size=12)


@settings(max_examples=200, deadline=None)
@given(entries, criteria)
def test_the_index_answers_as_the_plain_search_does(found: list[Entry], asked: Criteria) -> None:
    same(indexed(found, asked), plain.answer(found, asked, TODAY, FACTS))


@settings(max_examples=150, deadline=None)
@given(entries, edits, criteria, criteria)
def test_edits_count_in_the_next_answer(
    found: list[Entry], edited: list[Entry | UUID], before: Criteria, asked: Criteria
) -> None:
    held, now = snapshot(found), {each.id: each for each in found}
    for edit in edited:
        search(held, replace(before, page=1))
        listing = edit if isinstance(edit, UUID) else edit.id
        now.pop(listing, None)
        if isinstance(edit, Entry):
            now[listing] = edit
        held.apply(listing, now.get(listing))
    for each in (before, asked):
        same(search(held, each), plain.answer(list(now.values()), each, TODAY, FACTS))


@settings(max_examples=100, deadline=None)
@given(entries, made.one, criteria, st.integers(-40, 400))
def test_the_day_turns_without_a_new_image(
    found: list[Entry], edited: Entry, asked: Criteria, days: int
) -> None:
    held, then = snapshot(found), TODAY + dt.timedelta(days)
    search(held, asked)
    held.apply(edited.id, edited)
    held.turn(then)
    now = {each.id: each for each in [*found, edited]}
    same(search(held, asked), plain.answer(list(now.values()), asked, then, FACTS))


@settings(max_examples=50, deadline=None)
@given(entries, criteria)
def test_loosening_says_how_many_there_would_be(found: list[Entry], asked: Criteria) -> None:
    fast = indexed(found, asked)
    assert not (fast.total and fast.looser)
    for name, count in fast.looser.items():
        without = looser(asked, name)
        assert plain.answer(found, without, TODAY, FACTS).total == count > 0


@settings(max_examples=50, deadline=None)
@given(entries, criteria)
def test_pages_hold_every_hit_once(found: list[Entry], asked: Criteria) -> None:
    pages = indexed(found, asked).pages
    seen = [
        hit.id for number in range(1, pages + 1) for hit in indexed(found, replace(asked, page=number)).hits
    ]
    assert len(seen) == len(set(seen)) == indexed(found, asked).total


def test_a_no_is_left_out_unless_it_is_asked_for() -> None:
    found = [entry(1, licences=licensed("US-WA")), entry(2)]
    assert [hit.id.int for hit in indexed(found, Criteria(where="US-WA")).hits] == [1]
    noes = indexed(found, Criteria(where="US-WA", answers=frozenset({"no"})))
    assert [hit.id.int for hit in noes.hits] == [2]
    assert noes.counts[Facet.ANSWERS] == {"yes": 1, "ask": 0, "no": 1}


def test_without_a_place_nobody_is_judged() -> None:
    results = indexed([entry(1)], Criteria())
    assert results.hits[0].verdict is None
    assert results.counts[Facet.ANSWERS] == {}


def test_yes_comes_before_ask_however_many_concerns_are_met() -> None:
    asking = entry(
        1, concerns=frozenset(CONCERNS), licences=(LicenceHeld("psychologist", "US-WA", "claimed"),)
    )
    sure = entry(2, concerns=frozenset({"grief"}), licences=licensed("US-WA"))
    asked = Criteria(where="US-WA", concerns=frozenset(CONCERNS))
    assert [hit.id.int for hit in indexed([asking, sure], asked).hits] == [2, 1]


def test_who_meets_more_of_what_was_asked_comes_first() -> None:
    found = [entry(n, concerns=frozenset(CONCERNS[:n])) for n in (1, 2, 3)]
    hits = indexed(found, Criteria(concerns=frozenset(CONCERNS))).hits
    assert [hit.id.int for hit in hits] == [3, 2, 1]
    assert [len(hit.met) for hit in hits] == [3, 2, 1]


def test_in_person_counts_only_where_the_room_is() -> None:
    away = entry(1, formats=frozenset({"in_person"}), place="US-ID", licences=licensed("US-WA"))
    results = indexed([away], Criteria(where="US-WA", answers=frozenset({"no"})))
    assert str(results.hits[0].verdict and results.hits[0].verdict.rule) == "Meets in person in Idaho only."
    assert indexed([replace(away, place="US-WA")], Criteria(where="US-WA")).total == 1


def test_a_page_past_the_end_is_the_last_one() -> None:
    results = indexed([entry(n) for n in range(PAGE + 1)], Criteria(page=99))
    assert (results.number, results.pages, len(results.hits)) == (2, 2, 1)


def test_a_fee_counts_in_its_own_currency_only() -> None:
    found = [entry(1, fee_least=9000), entry(2, fee_least=9000, currency="CAD"), entry(3)]
    assert [hit.id.int for hit in indexed(found, Criteria(ceiling=9000)).hits] == [1]
    assert indexed(found, Criteria(ceiling=8999)).total == 0
    assert indexed(found, Criteria(ceiling=9000, currency="EUR")).total == 0
