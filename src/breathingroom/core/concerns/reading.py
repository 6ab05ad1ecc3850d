"""Everyday words read as concerns: stems against the stems of known phrases. No model, no network.

A few words are read as a phrase or not at all: they may be a name. A whole sentence is also weighed word by
word, because a tired sentence seldom says it the way a list does, and a good guess that can be undone helps
more than an empty page.
"""

import math
from dataclasses import dataclass

from breathingroom.core.concerns.lexicon import lexicon
from breathingroom.core.concerns.stems import spoken
from breathingroom.core.concerns.taxonomy import CONCERNS, Concern

LONGEST = 300
MOST = 3
"""No more than this many concerns are read out of one sentence."""

_FEWEST_OF_LONG = 0.7
"""The part of a phrase of three stems or more, by weight, that must have been said; of a shorter one all."""

_SENTENCE = 4
"""From so many words on, somebody is telling something; fewer are a name or a keyword."""

_LEAST = 1.2
"""A weaker voice than this is no voice; a word that no other concern uses weighs 3.8."""

_BESIDE_BEST = 0.2
"""Beside the clearest concern, one that is heard less than this part as well was probably not meant."""

_TELLING = 0.2
"""A hint that adds less than this is not what a concern rests on."""

_ABOUT_ONESELF = frozenset(
    ("i", "im", "ive", "id", "me", "my", "myself", "we", "us", "our", "yo", "me", "mi", "mis", "conmigo")
)


@dataclass
class _Heard:
    """How strongly a concern was heard, and by which stems."""

    score: float = 0.0
    by: frozenset[str] = frozenset()


def read(words: str) -> list[Concern]:
    """The concerns that `words` speak of, the clearest first, at most three; none when nothing is clear.

    Each further concern must rest on a word that no clearer one has used, so that "my patient's suicide"
    is not read as one's own.
    """
    words = words[:LONGEST]
    said = lexicon().heard(words)
    told = len(words.split()) >= _SENTENCE
    heard = _phrases(said, hints=told)
    if told:
        _add_hints(heard, said, mine=not _ABOUT_ONESELF.isdisjoint(spoken(words).split()))
    return _clearest(heard)


def _clearest(heard: dict[str, _Heard]) -> list[Concern]:
    found: list[Concern] = []
    used: frozenset[str] = frozenset()
    best = max((each.score for each in heard.values()), default=0.0)
    for concern in sorted(CONCERNS, key=lambda concern: -heard[concern.code].score):
        each = heard[concern.code]
        if each.score >= max(_LEAST, best * _BESIDE_BEST) and not each.by <= used and len(found) < MOST:
            found.append(concern)
            used |= each.by
    return found


def _phrases(said: frozenset[str], *, hints: bool) -> dict[str, _Heard]:
    """For each concern the best phrase that was said; those that are `hints` if they are of several words."""
    heard = {concern.code: _Heard() for concern in CONCERNS}
    for phrase, whole, met in lexicon().said_of(said):
        if phrase.hint and not (hints and len(phrase.stems) > 1):
            continue
        score, each = met * met / whole, heard[phrase.concern]
        if score > each.score and met >= whole * (_FEWEST_OF_LONG if len(phrase.stems) > 2 else 1):
            each.score, each.by = score, phrase.stems & said
    return heard


def _add_hints(heard: dict[str, _Heard], said: frozenset[str], *, mine: bool) -> None:
    """What each word leans to; one word alone is enough only from somebody who tells of themselves."""
    hints: dict[str, dict[str, float]] = {}
    for stem in said:
        for code, lean in lexicon().leans[stem].items():
            hints.setdefault(code, {})[stem] = lean * lexicon().weights[stem]
    for code, given in hints.items():
        if mine or heard[code].by or len(given) > 1:
            heard[code].score += math.fsum(given.values())
            heard[code].by |= {stem for stem, score in given.items() if score >= _TELLING}
