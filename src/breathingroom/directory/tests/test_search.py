"""The index and the plain answer, held together over many made-up directories."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.plugins.depth import examples

from breathingroom.core.tests.generated import seeds
from breathingroom.directory.choices import Facet
from breathingroom.directory.index import PAGE, Criteria, marks, plain, search
from breathingroom.directory.index.criteria import looser
from breathingroom.directory.tests import made
from breathingroom.directory.tests.made import (
    CONCERNS,
    FACTS,
    TODAY,
    Chance,
    entry,
    indexed,
    licensed,
    same,
    snapshot,
)
from breathingroom.licensure.eligibility import LicenceHeld


@pytest.fixture(params=["by rows", "by sets"])
def counting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """These directories are small: left to itself, the index would count all of them row by row."""
    monkeypatch.setattr(marks, "ROWS_A_CHOICE", {"by rows": 1000, "by sets": -1}[request.param])


@seeds(15, 200)
@pytest.mark.usefixtures("counting")
def test_the_index_answers_as_the_plain_search_does(seed: int) -> None:
    chance = Chance(seed)
    found = chance.entries()
    held = snapshot(found)
    for asked in chance.searches(5):
        same(search(held, asked), plain.answer(found, asked, TODAY, FACTS))


@seeds(10, 150)
@pytest.mark.usefixtures("counting")
def test_edits_count_in_the_next_answer(seed: int) -> None:
    chance = Chance(seed)
    found, (before, *asked) = chance.entries(), chance.searches(4)
    held, now = snapshot(found), {each.id: each for each in found}
    for number in chance.choices(made.NUMBERS, k=12):
        search(held, replace(before, page=1))
        edited = chance.entry(number)
        now.pop(edited.id, None)
        if chance.random() < 0.7:
            now[edited.id] = edited
        held.apply(edited.id, now.get(edited.id))
    for each in (before, *asked):
        same(search(held, each), plain.answer(list(now.values()), each, TODAY, FACTS))


@seeds(20, 100)
def test_the_day_turns_without_a_new_image(seed: int) -> None:
    chance = Chance(seed)
    found, searches = chance.entries(), chance.searches(4)
    held, now = snapshot(found), {each.id: each for each in found}
    search(held, searches[0])
    for edited in map(chance.entry, chance.choices(made.NUMBERS, k=4)):
        held.apply(edited.id, edited)
        now[edited.id] = edited
    then = TODAY + dt.timedelta(chance.choice([-40, -1, 1, 2, 30, 60, 365, 400]))
    held.turn(then)
    for asked in searches:
        same(search(held, asked), plain.answer(list(now.values()), asked, then, FACTS))


def test_loosening_says_how_many_there_would_be() -> None:
    offered = set[str]()
    for seed in range(examples(10, 60)):
        chance = Chance(seed)
        found = chance.entries()
        held = snapshot(found)
        for asked in chance.searches(5, strictness=0.4):
            fast = search(held, asked)
            assert not (fast.total and fast.looser)
            for name, count in fast.looser.items():
                without = looser(asked, name)
                assert plain.answer(found, without, TODAY, FACTS).total == count > 0, (seed, name)
            offered.update(fast.looser)
    assert len(offered) > 10


@seeds(5, 30)
def test_pages_hold_every_hit_once(seed: int) -> None:
    chance = Chance(seed)
    held = snapshot(chance.entries())
    for asked in chance.searches(5, strictness=0.05):
        first = search(held, replace(asked, page=1))
        pages = [search(held, replace(asked, page=number)).hits for number in range(1, first.pages + 1)]
        seen = [hit.id for hits in pages for hit in hits]
        assert len(seen) == len(set(seen)) == first.total


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
