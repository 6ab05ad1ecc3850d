"""What must hold of eligibility for all inputs, and what its answers say."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from django.utils import translation
from tests.plugins.depth import examples

from breathingroom.core.facts import Certainty
from breathingroom.licensure.choices import Format
from breathingroom.licensure.eligibility import Answer, Basis, CompactFacts, Facts, may_see
from breathingroom.licensure.tests.people import DAY, LONG, authority, claimed, days, held
from breathingroom.licensure.tests.questions import Chance, Question

KINDS = ("yes direct", "yes country", "yes compact", "ask mobility", "ask compact.not_operating")


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    chance = Chance(365)
    return [chance.question() for _ in range(examples(2000, 15000))]


def test_the_made_up_questions_have_every_kind_of_answer(questions: list[Question]) -> None:
    """Otherwise the properties below would be true of nothing."""
    verdicts = [question.answer() for question in questions]
    seen = Counter(f"{verdict.answer} {verdict.code}" for verdict in verdicts)
    assert all(seen[kind] >= 20 for kind in KINDS), seen
    assert any(kind.startswith("no elsewhere") for kind in seen)


def test_it_answers_whatever_is_asked(questions: list[Question]) -> None:
    for question in questions:
        verdict = question.answer()
        assert verdict.answer in Answer
        assert str(verdict.rule).strip(), question
        assert verdict.rule.short, question
        assert "%(" not in str(verdict.rule) + verdict.rule.short
        assert verdict.as_of <= DAY, question


def test_removing_a_licence_never_makes_it_better(questions: list[Question]) -> None:
    for question in questions:
        for number in range(len(question.licences)):
            fewer = question.licences[:number] + question.licences[number + 1 :]
            assert replace(question, licences=fewer).rank() <= question.rank(), (question, number)


def test_more_authority_never_makes_it_worse(questions: list[Question]) -> None:
    chance = Chance(366)
    for question in questions:
        for more in chance.few(chance.authority, 3, 3):
            richer = tuple(replace(held, authorities=(*held.authorities, more)) for held in question.licences)
            assert replace(question, licences=richer).rank() >= question.rank(), (question, more)


def test_enacted_is_never_yes(questions: list[Question]) -> None:
    """With every membership only enacted, no compact leads to a yes."""
    for question in questions:
        compacts = question.facts.compacts.items()
        enacted = {profession: tuple(map(_all_enacted, covering)) for profession, covering in compacts}
        verdict = replace(question, facts=replace(question.facts, compacts=enacted)).answer()
        assert verdict.answer is not Answer.YES or verdict.code in {"direct", "country"}, question


def _all_enacted(compact: CompactFacts) -> CompactFacts:
    members = {code: replace(member, status="enacted") for code, member in compact.members.items()}
    return replace(compact, members=members)


def test_stale_is_never_yes(questions: list[Question]) -> None:
    """A year and a day after the last check, nothing is certain any more."""
    for question in questions:
        assert question.answer(on=DAY + days(366)).answer is not Answer.YES, question


def test_the_same_question_has_the_same_answer(questions: list[Question]) -> None:
    for question in questions:
        assert question.answer() == question.answer(), question
        turned = replace(question, licences=question.licences[::-1])
        assert turned.answer().answer is question.answer().answer, question


def test_a_yes_rests_on_fresh_and_sound_facts(questions: list[Question]) -> None:
    for question in questions:
        verdict = question.answer()
        if verdict.answer is Answer.YES:
            assert (DAY - verdict.as_of).days <= question.facts.limit_days, question
            assert verdict.certainty in {Certainty.VERIFIED, Certainty.HIGH, Certainty.MEDIUM}, question


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
