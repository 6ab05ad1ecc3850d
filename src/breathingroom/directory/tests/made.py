"""Made-up directories for the search: strategies, and plain factories of entries."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from hypothesis import strategies as st

from breathingroom.core.facts import Certainty
from breathingroom.directory.choices import RADII, YEARS
from breathingroom.directory.index import Criteria, Results
from breathingroom.directory.index.arrange import arrange
from breathingroom.directory.index.columns import gather
from breathingroom.directory.index.engine import search
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.index.image import Image
from breathingroom.directory.index.snapshot import Snapshot
from breathingroom.licensure.eligibility import (
    Answer,
    AuthorityHeld,
    Basis,
    CompactFacts,
    Facts,
    LicenceHeld,
    Membership,
    Place,
    Privilege,
)

TODAY = dt.date(2026, 11, 22)
SURE = Basis(dt.date(2026, 11, 1), Certainty.VERIFIED)
PLACES = {
    code: Place(code, name, "US", SURE)
    for code, name in (("US-WA", "Washington"), ("US-ID", "Idaho"), ("US-NY", "New York"))
}
COMPACT = CompactFacts(
    slug="psypact",
    name="PSYPACT",
    country="US",
    model="authority",
    members={code: Membership("operational", "", SURE) for code in ("US-ID", "US-NY")},
    privileges=(Privilege("telehealth", "APIT", frozenset({"online"}), "", SURE),),
    basis=SURE,
)
FACTS = Facts(
    limit_days=365,
    places=PLACES,
    professions={"psychologist": "Psychologist"},
    compacts={"psychologist": (COMPACT,)},
)
CONCERNS = ["burnout", "vicarious_trauma", "grief", "sleep"]
LANGUAGES = ["en", "es", "fr"]
APPROACHES = ["emdr", "somatic"]
IDENTITIES = ["queer", "parent"]
TIMES = ["evenings", "weekends"]
SPOTS = ["98101", "98402", "99201", "10001"]  # Seattle, Tacoma, Spokane, New York
WORDS = ["maren", "marina", "oduya", "seattle", "trauma"]


def some(of: list[str], least: int = 0) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(of), min_size=least)


def days(*ago: int) -> st.SearchStrategy[dt.date | None]:
    return st.none() | st.sampled_from([TODAY - dt.timedelta(days) for days in ago])


authorities = st.builds(
    AuthorityHeld,
    compact=st.just("psypact"),
    privilege=st.sampled_from(["telehealth", "temporary_in_person"]),
    expires_on=days(1, 0, -29, -30, -300),
    checked_on=days(3, 365, 366),
)
licences = st.builds(
    LicenceHeld,
    profession=st.sampled_from(["psychologist", "counsellor"]),
    jurisdiction=st.sampled_from([*PLACES, "US-ZZ"]),
    status=st.sampled_from(["active", "active", "claimed", "refused"]),
    expires_on=days(1, 0, -1, -29, -30, -300),
    checked_on=days(3, 364, 365, 366),
    claimed_on=st.just(dt.date(2026, 3, 4)),
    authorities=st.lists(authorities, max_size=2).map(tuple),
)
one = st.builds(
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
    confirmed=st.sampled_from([0, 3, 29, 30, 31, 88, 89, 90, 91]).map(
        lambda days: TODAY - dt.timedelta(days)
    ),
    place=st.sampled_from([*PLACES, "US-ZZ"]),
    currency=st.sampled_from(["USD", "CAD"]),
    fee_least=st.none() | st.sampled_from([0, 8000, 12000, 14000]),
    sliding=st.booleans(),
    accepting=st.booleans(),
    tokens=some(WORDS),
    licences=st.lists(licences, max_size=3).map(tuple),
)
entries = st.lists(one, max_size=45, unique_by=lambda entry: entry.id)
criteria = st.builds(
    Criteria,
    roles=some(["therapist", "supervisor", "consultant"]),
    where=st.sampled_from(["", *PLACES, "US-XX"]),
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


def same(one: Results, other: Results) -> None:
    """The same people on the same page, and the same counts; a choice that nobody makes may be left out."""
    assert (one.total, one.number, one.pages) == (other.total, other.number, other.pages)
    assert [(hit, hit.verdict) for hit in one.hits] == [(hit, hit.verdict) for hit in other.hits]
    for facet in one.counts.keys() | other.counts.keys():
        counts, others = one.counts.get(facet, {}), other.counts.get(facet, {})
        for choice in counts.keys() | others.keys():
            assert counts.get(choice, 0) == others.get(choice, 0), (facet, choice)
