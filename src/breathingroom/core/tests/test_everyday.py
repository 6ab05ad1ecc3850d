"""Everyday sentences, in the voice of tired clinicians: is the concern they mean among the three read?

The sentences are labelled by hand. None of them stands in the phrase lists: what is tested is the reading,
not a lookup. Those in `everyday_unseen.txt` were written last and never tuned on, so they tell how the
reading does on words it has not met; the floor there only keeps it from getting worse.
"""

import time
from collections import Counter
from importlib.resources import files

import pytest

from breathingroom.core import concerns
from breathingroom.core.concerns import lexicon, reading, stems

CRISIS = """
I want to die
I don't want to be here anymore
thinking of ending it
everyone would be better off without me
i am going to kill myself
I wish I could go to sleep and not wake up
tired of living
I want to end my life
I can't stop thinking about suicide
suicidal
I have been having suicidal thoughts and I am a psychiatrist
there is no reason to live
I'm hurting myself again
im suicidle
thinking about killing myself after the board complaint
my client died and now I want to die too
burnt out and I don't want to live like this
no quiero vivir
quiero morirme
pienso en quitarme la vida
he pensado en suicidarme
mejor sin mi
"""

NO_CRISIS = """
paperwork is killing me
dying to get some rest
my client killed himself
lost a patient to suicide
I work on a suicide hotline
my dad died
I'm dead tired
the commute is murder
I want to live closer to my clients
"""

ORDINARY = """
looking for a therapist in Seattle who takes evening appointments
male therapist with openings on weekends please
do you take Aetna or Blue Cross insurance
available on Tuesday or Thursday after five
Dr. Amy White in Portland
somebody kind and direct please
a therapist near me who does IFS and somatic work
low fee therapist for clinicians
Santa Fe New Mexico in person
"""


def labelled(name: str) -> list[tuple[str, str]]:
    lines = (files(__package__) / name).read_text("utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if not line.startswith("#"))
    return [(code, words) for code, _, words in pairs]


def found(sentences: list[tuple[str, str]]) -> float:
    """The part of these whose concern is among the three read."""
    met = [concerns.by_code(code) in concerns.read(words)[: reading.MOST] for code, words in sentences]
    return sum(met) / len(met)


def listed(text: str) -> list[str]:
    return text.strip().splitlines()


SEEN, UNSEEN = labelled("everyday.txt"), labelled("everyday_unseen.txt")


def test_nine_in_ten_everyday_sentences_find_what_was_meant() -> None:
    assert found(SEEN + UNSEEN) >= 0.9


def test_words_never_met_do_not_get_worse() -> None:
    assert found(UNSEEN) >= 0.6


def test_every_concern_is_said_at_least_four_times_and_some_of_it_in_spanish() -> None:
    said = Counter(code for code, _ in SEEN + UNSEEN)
    assert min(said[concern.code] for concern in concerns.CONCERNS) >= 4


def test_no_everyday_sentence_stands_in_the_phrase_lists() -> None:
    written = {
        stems.spoken(words.strip(' ~"'))
        for name in lexicon.FILES
        for _code, rest in stems.lines(name)
        for words in rest.split(";")
    }
    sentences = {stems.spoken(words) for _code, words in SEEN + UNSEEN}
    assert not sentences & written


def test_what_is_read_is_seldom_more_than_was_meant() -> None:
    assert sum(len(concerns.read(words)) for _, words in SEEN + UNSEEN) / len(SEEN + UNSEEN) < 1.7


@pytest.mark.parametrize("words", listed(CRISIS))
def test_a_crisis_is_never_missed(words: str) -> None:
    assert concerns.by_code("not_wanting_to_live") in concerns.read(words)


@pytest.mark.parametrize("words", listed(NO_CRISIS))
def test_a_manner_of_speaking_is_no_crisis(words: str) -> None:
    assert concerns.by_code("not_wanting_to_live") not in concerns.read(words)


@pytest.mark.parametrize("words", listed(ORDINARY))
def test_a_sentence_about_the_other_filters_is_not_read_as_a_concern(words: str) -> None:
    assert concerns.read(words) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("cleint", "client"), ("suicde", "suicide"), ("insomina", "insomnia")]
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, meant: str) -> None:
    assert lexicon.lexicon().heard(typed) == lexicon.lexicon().heard(meant) != frozenset()


@pytest.mark.parametrize("word", ["window", "chance", "polite", "sister", "despite"])
def test_an_ordinary_word_is_not_mended_into_a_telling_one(word: str) -> None:
    assert stems.mended(word, lexicon.lexicon().slips) == word


def test_reading_a_sentence_takes_no_time_worth_mentioning() -> None:
    """The median of all of them, in time of the processor: under 2 ms even on a slow one."""
    concerns.read("warm")
    times = []
    for _code, words in SEEN:
        start = time.process_time()
        concerns.read(words)
        times.append(time.process_time() - start)
    assert sorted(times)[len(times) // 2] < 0.002
