"""The index and the plain answer, held together over many made-up directories."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from breathingroom.core.facts import Certainty
from breathingroom.directory.choices import RADII, YEARS, Facet
from breathingroom.directory.index import PAGE, Criteria, Results, plain, search
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.licensure.eligibility import Answer, Basis, Facts, LicenceHeld, Place

TODAY = dt.date(2026, 11, 22)
SURE = Basis(dt.date(2026, 11, 1), Certainty.VERIFIED)
PLACES = {
    code: Place(code, name, "US", SURE)
    for code, name in (("US-WA", "Washington"), ("US-ID", "Idaho"), ("US-NY", "New York"))
}
FACTS = Facts(limit_days=365, places=PLACES, professions={"psychologist": "Psychologist"})
CONCERNS = ["burnout", "vicarious_trauma", "grief", "sleep"]
LANGUAGES = ["en", "es", "fr"]
APPROACHES = ["emdr", "somatic"]
IDENTITIES = ["queer", "parent"]
TIMES = ["evenings", "weekends"]
SPOTS = ["98101", "98402", "99201", "10001"]  # Seattle, Tacoma, Spokane, New York
WORDS = ["maren", "marina", "oduya", "seattle", "trauma"]


def some(of: list[str], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(of), min_size=least)


licences = st.builds(
    LicenceHeld,
    profession=st.just("psychologist"),
    jurisdiction=st.sampled_from(list(PLACES)),
    status=st.sampled_from(["active", "claimed"]),
    checked_on=st.sampled_from([None, dt.date(2026, 11, 2)]),
)
entries = st.lists(
    st.builds(
        Entry,
        id=st.integers(0, 60).map(lambda n: UUID(int=n)),
        roles=some(["therapist", "supervisor", "consultant"], 1),
        formats=some(["online", "in_person"], 1),
        concerns=some(CONCERNS),
        approaches=some(APPROACHES),
        languages=some(LANGUAGES, 1),
        times=some(TIMES),
        identities=some(IDENTITIES),
        spot=st.sampled_from(["", *SPOTS]),
        since=st.none() | st.integers(2000, 2026),
        pro_bono=st.booleans(),
        confirmed=st.integers(0, 90).map(lambda days: TODAY - dt.timedelta(days)),
        place=st.sampled_from(list(PLACES)),
        currency=st.sampled_from(["USD", "CAD"]),
        fee_least=st.none() | st.sampled_from([0, 8000, 12000, 14000]),
        sliding=st.booleans(),
        accepting=st.booleans(),
        tokens=some(WORDS),
        licences=st.lists(licences, max_size=2).map(tuple),
    ),
    max_size=45,
    unique_by=lambda entry: entry.id,
)
criteria = st.builds(
    Criteria,
    roles=some(["therapist", "supervisor", "consultant"]),
    where=st.sampled_from(["", *PLACES]),
    formats=some(["online", "in_person"]),
    answers=some([answer.value for answer in Answer]),
    concerns=some(CONCERNS),
    near=st.sampled_from(["", *SPOTS]),
    within=st.sampled_from([0, *RADII, 400]),
    approaches=some(APPROACHES),
    languages=some(LANGUAGES),
    times=some(TIMES),
    years=st.sampled_from([0, *YEARS]),
    identities=some(IDENTITIES),
    pro_bono=st.booleans(),
    unconfirmed=st.booleans(),
    without=st.frozensets(st.integers(0, 60).map(lambda n: UUID(int=n)), max_size=3),
    ceiling=st.none() | st.sampled_from([0, 7999, 8000, 13000, 10**9]),
    currency=st.sampled_from(["USD", "CAD", "EUR"]),
    sliding=st.booleans(),
    accepting=st.booleans(),
    words=st.lists(st.sampled_from(["mar", "oduya", "se", "x"]), max_size=2).map(tuple),
    page=st.integers(1, 4),
)


def indexed(found: list[Entry], asked: Criteria) -> Results:
    return search(snapshot(found), asked)


def snapshot(found: list[Entry]) -> Snapshot:
    return Snapshot(Image(*arrange(gather(found))), TODAY, FACTS)


@settings(max_examples=200, deadline=None)
@given(entries, criteria)
def test_the_index_answers_as_the_plain_search_does(found: list[Entry], asked: Criteria) -> None:
    fast, slow = indexed(found, asked), plain.answer(found, asked, TODAY, FACTS)
    assert (fast.total, fast.number, fast.pages, fast.hits) == (
        slow.total,
        slow.number,
        slow.pages,
        slow.hits,
    )
    for facet, counts in slow.counts.items():
        assert {choice: fast.counts[facet].get(choice, 0) for choice in counts} == counts, facet


@settings(max_examples=50, deadline=None)
@given(entries, criteria)
def test_loosening_says_how_many_there_would_be(found: list[Entry], asked: Criteria) -> None:
    fast = indexed(found, asked)
    assert not (fast.total and fast.looser)
    for name, count in fast.looser.items():
        empty = True if name == "unconfirmed" else getattr(Criteria(), name)
        without = replace(asked, **{name: empty})
        assert plain.answer(found, without, TODAY, FACTS).total == count > 0


@settings(max_examples=50, deadline=None)
@given(entries, criteria)
def test_pages_hold_every_hit_once(found: list[Entry], asked: Criteria) -> None:
    pages = indexed(found, asked).pages
    seen = [
        hit.id for number in range(1, pages + 1) for hit in indexed(found, replace(asked, page=number)).hits
    ]
    assert len(seen) == len(set(seen)) == indexed(found, asked).total


def entry(number: int, **held: object) -> Entry:
    plain_one = Entry(
        id=UUID(int=number),
        roles=frozenset({"therapist"}),
        formats=frozenset({"online"}),
        concerns=frozenset(),
        approaches=frozenset(),
        languages=frozenset({"en"}),
        times=frozenset(),
        identities=frozenset(),
        place="US-WA",
        spot="",
        since=None,
        currency="USD",
        fee_least=None,
        sliding=False,
        pro_bono=False,
        accepting=False,
        confirmed=TODAY,
        tokens=frozenset(),
        licences=(),
    )
    return replace(plain_one, **held)  # type: ignore[arg-type]


def licensed(place: str, **held: object) -> tuple[LicenceHeld, ...]:
    return (LicenceHeld("psychologist", place, "active", checked_on=dt.date(2026, 11, 2)),)


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
