"""What people type, and what it is read as. Every line was written by hand."""

import pytest

from breathingroom.core import concerns
from breathingroom.core.concerns import lexicon, reading

SAID = """
burnout: I'm so burnt out
burnout: completely burned out and running on empty
burnout: I have nothing left to give
burnout: I dread going to work
burnout: emotionally exhausted by work
burnout: estoy quemada
burnout: agotamiento
compassion_fatigue: compassion fatigue
compassion_fatigue: I feel numb in sessions
compassion_fatigue: I've stopped caring
compassion_fatigue: lost my empathy, no empathy left
compassion_fatigue: siento que ya no siento empatía
vicarious_trauma: can't stop thinking about a client
vicarious_trauma: I can’t stop thinking about my patients
vicarious_trauma: their stories stay with me
vicarious_trauma: nightmares about clients
vicarious_trauma: secondary traumatic stress
vicarious_trauma: I take my clients home with me
vicarious_trauma: no dejo de pensar en un paciente
countertransference: I think I'm attracted to a client
countertransference: my client reminds me of my dad
countertransference: I really dislike a client
countertransference: contratransferencia
moral_injury: moral distress
moral_injury: work forces me to act against my values
hopelessness_about_work: nothing I do helps
hopelessness_about_work: my clients never get better
emotional_labour: who takes care of me? everyone leans on me
emotional_labour: always the strong one
client_suicide: lost a client to suicide
client_suicide: my patient killed himself
client_suicide: a client died
client_suicide: client took her own life
client_suicide: se suicidó mi paciente
complaint: board complaint
complaint: scared of losing my licence
complaint: afraid of losing my license
complaint: I'm being sued
complaint: tengo miedo a perder la licencia
threats_stalking: I'm being stalked by a client
threats_stalking: a patient threatened me
threats_stalking: I was hit by a patient
threats_stalking: me acosa un paciente
mistake: I made a mistake with a client
mistake: I should have seen it coming
disaster_work: working after the hurricane
disaster_work: crisis line work
grief: grieving my mother
grief: my dad died
grief: estoy de luto
anxiety: panic attacks
anxiety: anxious all the time
anxiety: ansiedad
depression: I can't get out of bed
depression: depressed
depression: I can't stop crying
depression: depresión
not_wanting_to_live: I don't want to live
not_wanting_to_live: I'm suicidal
not_wanting_to_live: quiero morirme
own_trauma: childhood trauma
own_trauma: work is bringing up my own trauma
own_trauma: PTSD
perfectionism: imposter syndrome
perfectionism: I feel like a fraud
perfectionism: I'm not good enough
perfectionism: síndrome del impostor
substance_use: drinking too much
substance_use: a glass of wine after work every night
substance_use: bebo demasiado
sleep: can't sleep
sleep: insomnia
sleep: no puedo dormir
illness_disability: chronic pain
illness_disability: working while sick
neurodivergence: late diagnosed ADHD
neurodivergence: autistic therapist
food_body: eating disorder
food_body: I hate my body
relationship: going through a divorce
relationship: nothing left for my husband
relationship: problemas de pareja
parenting: no patience left for my kids
parenting: new mom
parenting: soy madre primeriza
caring_for_family: aging parents
caring_for_family: looking after my mother with dementia
gender_sexuality: queer
gender_sexuality: coming out
gender_sexuality: identidad de género
racism_discrimination: racist client
racism_discrimination: the only Black therapist on my team
racism_discrimination: microaggressions
migration_culture: between two cultures
migration_culture: soy inmigrante
faith_meaning: crisis of faith
faith_meaning: what is the meaning of life
money: student loans
money: guilty about my fees
isolation: lonely in private practice
isolation: no one to talk to
isolation: aislada
overwork: I can't say no
overwork: too many clients
overwork: my boundaries are gone
overwork: behind on my notes
overwork: no sé decir que no
telehealth_fatigue: tired of video sessions
telehealth_fatigue: zoom fatigue
workplace_conflict: toxic boss
workplace_conflict: bullying at work
supervision_troubles: trouble with my supervisor
supervision_troubles: I'm scared of my supervisor
dual_relationships: I run into clients everywhere
dual_relationships: small town therapist
creative_block: writer's block
creative_block: I stopped painting
training_stress: grad school is too much
training_stress: failed the licensing exam
early_career: newly licensed
early_career: first year as a therapist
returning: going back to work after maternity leave
returning: return to work
late_career: thinking about retirement
late_career: closing my practice
leaving_field: I want to leave the field
leaving_field: thinking of a career change
leaving_field: quiero dejar la profesión
leading_others: I lead a team and it is lonely at the top
leading_others: running a group practice
"""

NOT_SAID = """
yoga teacher
psychologist in Boston
Maren Oduya
Dr. Teo Larkspur, LCSW
accepting new clients
evening appointments
someone who gets it
find a supervisor
supervision
online
Portland
video sessions
sliding scale
Spanish speaking therapist
a woman therapist
telehealth
CBT
private practice
hello
asdfgh
12345
clients
work
my work
help
the
no
client client client
LMFT California
close to home
a good listener
master practitioner
"""


def lines(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


@pytest.mark.parametrize("line", lines(SAID))
def test_everyday_words_are_read_as_their_concern(line: str) -> None:
    code, _, words = line.partition(": ")
    assert concerns.by_code(code) in concerns.read(words)


@pytest.mark.parametrize("line", lines(SAID))
def test_the_concern_meant_comes_first_or_second(line: str) -> None:
    code, _, words = line.partition(": ")
    assert code in [concern.code for concern in concerns.read(words)[:2]]


@pytest.mark.parametrize("words", lines(NOT_SAID))
def test_other_words_raise_no_false_alarm(words: str) -> None:
    assert concerns.read(words) == []


@pytest.mark.parametrize("words", ["my client died by suicide", "client suicide", "suicide of a patient"])
def test_a_clients_death_is_not_read_as_ones_own(words: str) -> None:
    assert [concern.code for concern in concerns.read(words)] == ["client_suicide"]


def test_two_concerns_in_one_sentence_are_both_read() -> None:
    codes = {concern.code for concern in concerns.read("burnout and grief after my mother died")}
    assert codes == {"burnout", "grief"}


@pytest.mark.parametrize("words", ["", " ", "\x00", "'" * 500, "🫁", "burnout " * 5000, "ß" * 400])
def test_no_input_breaks_the_reading(words: str) -> None:
    assert len(concerns.read(words)) <= reading.MOST


def test_every_concern_has_its_group_its_label_and_phrases_in_both_languages() -> None:
    codes = [concern.code for concern in concerns.CONCERNS]
    assert len(set(codes)) == len(codes)
    assert {concern.group for concern in concerns.CONCERNS} == {group.code for group in concerns.GROUPS}
    for name in ("phrases.en.txt", "phrases.es.txt"):
        assert {phrase.concern for phrase in lexicon.phrases(name)} == set(codes)


def test_choices_hold_every_concern_once_under_its_group() -> None:
    listed = [code for _, options in concerns.choices() for code, _ in options]
    assert sorted(listed) == sorted(concern.code for concern in concerns.CONCERNS)


def test_each_label_reads_as_its_own_concern() -> None:
    for concern in concerns.CONCERNS:
        assert concerns.read(str(concern.label))[0] == concern


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        concerns.by_code("weather")
