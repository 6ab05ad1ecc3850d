"""What must hold of eligibility for all inputs, and what its answers say."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from breathingroom.core.facts import Certainty
from breathingroom.licensure.choices import CompactModel, Format, LicenceStatus, MembershipStatus
from breathingroom.licensure.eligibility import (
    RANK,
    Answer,
    AuthorityHeld,
    Basis,
    CompactFacts,
    Facts,
    LicenceHeld,
    Membership,
    Place,
    Privilege,
    Reach,
    Understanding,
    Verdict,
    may_see,
)
from breathingroom.licensure.tests.people import DAY, LONG, authority, claimed, days, held

PLACES = ("US-OH", "US-TX", "US-CA", "CA-ON", "CA-QC", "GB-ENG", "GB-SCT")
PAIRS = (("US-OH", "US-TX"), ("US-OH", "US-OH"), ("CA-ON", "CA-QC"), ("GB-ENG", "GB-SCT"))
KINDS = ("telehealth", "temporary_in_person", "privilege_to_practice")
EITHER = frozenset({"online", "in_person"})
NURSES = frozenset({"psychiatric_nurse"})
Bases = st.SearchStrategy[Basis]

_ages = st.sampled_from([0, 30, 364, 365, 366, 800]).map(lambda age: DAY - days(age))
_ends = st.sampled_from([None, 800, 400, 30, 29, -1]).map(lambda ahead: ahead and DAY + days(ahead))
_checks = st.sampled_from([None, DAY, DAY - days(366)])
_sound = st.just(Basis(DAY, Certainty.VERIFIED))
_any_basis = st.builds(Basis, _ages, st.sampled_from(Certainty))


def _compacts(basis: Bases, statuses: st.SearchStrategy[str]) -> st.SearchStrategy[CompactFacts]:
    membership = st.builds(Membership, statuses, st.just("note"), basis)
    formats = st.sampled_from([EITHER, EITHER, frozenset({"online"})])
    privilege = st.builds(Privilege, st.sampled_from(KINDS), st.just("P"), formats, st.just("30 days"), basis)
    members = st.fixed_dictionaries(
        {"US-OH": membership, "US-TX": membership}, optional={"US-CA": membership}
    )
    return st.builds(
        CompactFacts,
        st.just("a"),
        st.just("Compact"),
        st.just("US"),
        st.sampled_from(CompactModel.values),
        members,
        st.lists(privilege, min_size=1, max_size=3).map(tuple),
        basis,
    )


_authorities = st.builds(
    AuthorityHeld,
    st.sampled_from(["a", "a", "b"]),
    st.sampled_from(KINDS),
    st.sampled_from([None, *PLACES]),
    _ends,
    _checks,
)
_wild_licences = st.builds(
    LicenceHeld,
    st.sampled_from(["psychologist", "counselor"]),
    st.sampled_from([*PLACES, "XX"]),
    st.sampled_from(LicenceStatus.values),
    _ends,
    _checks,
    st.none() | _ages,
    st.lists(_authorities, max_size=3).map(tuple),
)
_all_held = tuple(authority("a", kind, where) for kind in KINDS for where in (None, "US-OH", "US-TX"))
_formats = st.sampled_from(Format.values)


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    """Facts of seven places in three countries: all of them sound, or each of any kind."""
    sound = draw(st.booleans())
    basis = _sound if sound else _any_basis
    statuses = st.just("operational") if sound else st.sampled_from(MembershipStatus.values)
    eased = Understanding("Ease", "", draw(st.sampled_from([frozenset(), NURSES])), draw(basis))
    return Facts(
        limit_days=365,
        places={code: Place(code, code, code[:2], draw(basis)) for code in PLACES},
        professions={"psychologist": "Psychologist"},
        compacts={"psychologist": tuple(draw(st.lists(_compacts(basis, statuses), min_size=1, max_size=2)))},
        reaches={"US": Reach("US", "region", draw(basis)), "GB": Reach("GB", "country", draw(basis))},
        mobilities={("CA", "CA"): (eased,)},
    )


@dataclass(frozen=True)
class Question:
    """All that is asked, so that a test can ask it again with one thing changed."""

    facts: Facts
    licences: tuple[LicenceHeld, ...]
    place: str
    format: str

    def answer(self, on: dt.date = DAY) -> Verdict:
        return may_see(self.licences, self.place, on, self.format, self.facts)

    def rank(self) -> int:
        return RANK[self.answer().answer]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Often about one good licence and a place that it may reach; else about anything."""
    home, place = draw(
        st.sampled_from(PAIRS) | st.tuples(st.sampled_from(PLACES), st.sampled_from([*PLACES, "?"]))
    )
    good = held("psychologist", home, *draw(st.sampled_from([(), _all_held])))
    some = draw(st.lists(_wild_licences, max_size=2))
    return Question(
        draw(worlds()), tuple(some if draw(st.booleans()) else [good, *some]), place, draw(_formats)
    )


asked = given(question=questions())
thoroughly = settings(max_examples=100, deadline=None)


def test_the_made_up_questions_have_every_kind_of_answer() -> None:
    """Otherwise the properties below would be true of nothing."""
    seen: Counter[str] = Counter()

    @asked
    @settings(max_examples=300, deadline=None, derandomize=True)
    def look(question: Question) -> None:
        verdict = question.answer()
        seen[f"{verdict.answer} {verdict.code}"] += 1

    look()
    for kind in ("yes direct", "yes country", "yes compact", "ask mobility", "ask compact.not_operating"):
        assert seen[kind] >= 3, (kind, seen)
    assert any(kind.startswith("no elsewhere") for kind in seen)


@asked
@thoroughly
def test_it_answers_whatever_is_asked(question: Question) -> None:
    verdict = question.answer()
    assert verdict.answer in Answer
    assert str(verdict.rule).strip()
    assert verdict.rule.short
    assert "%(" not in str(verdict.rule) + verdict.rule.short
    assert verdict.as_of <= DAY


@asked
@thoroughly
def test_removing_a_licence_never_makes_it_better(question: Question) -> None:
    for number in range(len(question.licences)):
        fewer = question.licences[:number] + question.licences[number + 1 :]
        assert replace(question, licences=fewer).rank() <= question.rank()


@given(question=questions(), more=_authorities)
@thoroughly
def test_more_authority_never_makes_it_worse(question: Question, more: AuthorityHeld) -> None:
    richer = tuple(replace(held, authorities=(*held.authorities, more)) for held in question.licences)
    assert replace(question, licences=richer).rank() >= question.rank()


@asked
@thoroughly
def test_enacted_is_never_yes(question: Question) -> None:
    """With every membership only enacted, no compact leads to a yes."""
    compacts = question.facts.compacts.items()
    enacted = {profession: tuple(map(_all_enacted, covering)) for profession, covering in compacts}
    verdict = replace(question, facts=replace(question.facts, compacts=enacted)).answer()
    assert verdict.answer is not Answer.YES or verdict.code in {"direct", "country"}


def _all_enacted(compact: CompactFacts) -> CompactFacts:
    members = {code: replace(member, status="enacted") for code, member in compact.members.items()}
    return replace(compact, members=members)


@asked
@thoroughly
def test_stale_is_never_yes(question: Question) -> None:
    """A year and a day after the last check, nothing is certain any more."""
    assert question.answer(on=DAY + days(366)).answer is not Answer.YES


@asked
@thoroughly
def test_the_same_question_has_the_same_answer(question: Question) -> None:
    assert question.answer() == question.answer()
    turned = replace(question, licences=question.licences[::-1])
    assert turned.answer().answer is question.answer().answer


@asked
@thoroughly
def test_a_yes_rests_on_fresh_and_sound_facts(question: Question) -> None:
    verdict = question.answer()
    if verdict.answer is Answer.YES:
        assert (DAY - verdict.as_of).days <= question.facts.limit_days
        assert verdict.certainty in {Certainty.VERIFIED, Certainty.HIGH, Certainty.MEDIUM}


def test_the_rule_says_what_it_rests_on(facts: Facts) -> None:
    ohio = held("psychologist", "US-OH", authority("psypact", "telehealth"))
    verdict = may_see([ohio], "US-TX", DAY, Format.ONLINE, facts)
    assert (verdict.as_of, verdict.certainty) == (dt.date(2026, 3, 1), Certainty.HIGH)
    assert "They must be in Ohio while you meet." in str(verdict.rule)
    assert "Checked on Nov. 22, 2026." in str(verdict.rule)
    assert verdict.rule.short == "PSYPACT authority, licensed in Ohio"


def test_a_less_certain_yes_says_so(facts: Facts) -> None:
    ohio = held("psychologist", "US-OH", authority("psypact", "telehealth"))
    sure, less = (str(may_see([ohio], place, DAY, "online", facts).rule) for place in ("US-TX", "US-MS"))
    assert "less certain" in less
    assert "less certain" not in sure


def test_doubtful_facts_ask(facts: Facts) -> None:
    compact = next(c for c in facts.compacts["psychologist"] if c.slug == "psypact")
    doubtful = replace(compact, basis=Basis(DAY, Certainty.LOW))
    ohio = held("psychologist", "US-OH", authority("psypact", "telehealth"))
    told = replace(facts, compacts={"psychologist": (doubtful,)})
    assert may_see([ohio], "US-TX", DAY, "online", told).code == "compact.facts_unsure"
    assert may_see([ohio], "US-CA", DAY, "online", told).code == "elsewhere.not_joined.facts_unsure"


def test_a_compact_that_does_not_cover_the_way_of_meeting(facts: Facts) -> None:
    compact = next(c for c in facts.compacts["psychologist"] if c.slug == "psypact")
    online_only = replace(compact, privileges=tuple(p for p in compact.privileges if "online" in p.formats))
    told = replace(facts, compacts={"psychologist": (online_only,)})
    verdict = may_see([held("psychologist", "US-OH")], "US-TX", DAY, "in_person", told)
    assert (verdict.answer, verdict.code) == (Answer.NO, "elsewhere.not_this_way")


def test_a_no_names_every_place_of_a_licence(facts: Facts) -> None:
    licences = [held("psychologist", "US-OH"), held("psychologist", "US-PA"), held("psychologist", "GB-ENG")]
    words = str(may_see(licences, "US-CA", DAY, "online", facts).rule)
    assert words.startswith("Licensed only in Ohio, Pennsylvania, England.")


def test_a_no_holds_where_the_reach_is_not_known(facts: Facts) -> None:
    told = replace(facts, reaches={})
    assert may_see([held("psychologist", "US-OH")], "GB-ENG", DAY, "online", told).answer is Answer.NO


def test_a_claim_rests_on_the_day_it_was_made(facts: Facts) -> None:
    told = replace(claimed("psychologist", "US-OH"), claimed_on=DAY - days(9))
    assert may_see([told], "US-OH", DAY, "online", facts).as_of == DAY - days(9)
    assert may_see([replace(told, claimed_on=None)], "US-OH", DAY, "online", facts).as_of == DAY


def test_the_rule_speaks_the_readers_language(facts: Facts) -> None:
    verdict = may_see([held("psychologist", "US-OH")], "US-OH", DAY, "online", facts)
    with translation.override("es"):
        assert "22 de noviembre de 2026" in str(verdict.rule)


def test_an_unknown_profession_is_called_by_its_slug(facts: Facts) -> None:
    assert "(coach)" in str(may_see([held("coach", "US-OH", until=LONG)], "US-OH", DAY, "online", facts).rule)
