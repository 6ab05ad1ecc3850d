"""Everyday words read as concerns: stems against the stems of known phrases. No model, no network."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from django.conf import settings
from django.utils.translation import override

from breathingroom.core.concerns.taxonomy import CONCERNS, Concern, by_code
from breathingroom.core.text import plain

LONGEST = 300
MOST = 3
"""No more than this many concerns are read out of one sentence."""

_FEWEST_OF_LONG = 0.7
"""The part of a phrase of three stems or more, by weight, that must have been said; of a shorter one all."""

_SUFFIXES = (
    *("nesses", "ations", "iendo", "ation", "ating", "mente", "ness", "ated", "ando", "ings", "ados", "adas"),
    *(
        "idos",
        "idas",
        "ions",
        "ing",
        "ied",
        "ies",
        "ion",
        "ado",
        "ada",
        "ido",
        "ida",
        "ate",
        "ed",
        "es",
        "ly",
    ),
    *("al", "as", "os", "s", "e", "a", "o", "y"),
)


@dataclass(frozen=True)
class _Phrase:
    concern: str
    stems: frozenset[str]


@dataclass(frozen=True)
class _Lexicon:
    """Phrases by the stems they hold, and how telling each stem is: the fewer concerns use it, the more."""

    by_stem: dict[str, tuple[_Phrase, ...]]
    weights: dict[str, float]

    def weigh(self, stems: Iterable[str]) -> float:
        return sum(self.weights[stem] for stem in stems)


def read(words: str) -> list[Concern]:
    """The concerns that `words` speak of, the clearest first, at most three; none when nothing is clear.

    Each further concern must rest on a word that no clearer one has used, so that "my patient's suicide"
    is not read as one's own.
    """
    said = frozenset(_stems(words[:LONGEST]))
    best = _best(said)
    read_so_far: list[Concern] = []
    used: frozenset[str] = frozenset()
    for code, (_, met) in sorted(best.items(), key=lambda item: -item[1][0]):
        if not met <= used and len(read_so_far) < MOST:
            read_so_far.append(by_code(code))
            used |= met
    return read_so_far


def _best(said: frozenset[str]) -> dict[str, tuple[float, frozenset[str]]]:
    """For each concern in the taxonomy's order: the score of its best phrase, and the stems met."""
    found: dict[str, tuple[float, frozenset[str]]] = {}
    for phrase in _touched(said):
        score, met = _score(phrase, said), phrase.stems & said
        if score > found.get(phrase.concern, (0.0,))[0]:
            found[phrase.concern] = (score, met)
    return {concern.code: found[concern.code] for concern in CONCERNS if concern.code in found}


def _touched(said: frozenset[str]) -> set[_Phrase]:
    return {phrase for stem in said for phrase in _lexicon().by_stem.get(stem, ())}


def _score(phrase: _Phrase, said: frozenset[str]) -> float:
    """The weight of what was said of the phrase; 0 when too little of it was."""
    whole, met = _lexicon().weigh(phrase.stems), _lexicon().weigh(phrase.stems & said)
    enough = met >= whole * _FEWEST_OF_LONG if len(phrase.stems) > 2 else phrase.stems <= said
    return met * met / whole if enough else 0.0


def _stems(words: str) -> list[str]:
    """The stems of `words` that carry meaning, in order."""
    tokens = plain(words.replace("'", "").replace("’", "")).split()
    return [_stem(token) for token in tokens if _alike().get(token) != "-"]


def _stem(token: str) -> str:
    """`token`, or the head of its family, without one common English or Spanish ending."""
    token = _alike().get(token, token)
    for suffix in _SUFFIXES:
        if token.endswith(suffix) and len(token) - len(suffix) >= 4:
            return _undoubled(token[: -len(suffix)])
    return token


def _undoubled(stem: str) -> str:
    doubled = len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls"
    return stem[:-1] if doubled else stem


# -- the word lists ------------------------------------------------------------------------------
def _lines(name: str) -> Iterator[tuple[str, str]]:
    """The `key: rest` lines of a word list beside this file."""
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, rest = line.partition(":")
            yield key.strip(), rest


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    """Words that stand for another; "-" for those that say too little to count."""
    return {word: head for head, words in _lines("words.txt") for word in words.split()}


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    phrases = [*_labels(), *_phrases("phrases.en.txt"), *_phrases("phrases.es.txt")]
    users: dict[str, dict[_Phrase, str]] = {}
    for phrase in phrases:
        for stem in phrase.stems:
            users.setdefault(stem, {})[phrase] = phrase.concern
    return _Lexicon(
        by_stem={stem: tuple(found) for stem, found in users.items()},
        weights={stem: math.log(1 + len(CONCERNS) / len({*found.values()})) for stem, found in users.items()},
    )


def _labels() -> Iterator[_Phrase]:
    """Each label, in every language of the house, is a way to say its concern."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for concern in CONCERNS:
                yield _Phrase(concern.code, frozenset(_stems(str(concern.label))))


def _phrases(name: str) -> Iterator[_Phrase]:
    """A phrase of several words that comes down to one stem says too little, and is left out."""
    for code, rest in _lines(name):
        for phrase in rest.split(";"):
            stems = frozenset(_stems(phrase))
            if len(stems) > 1 or (stems and " " not in phrase.strip()):
                yield _Phrase(code, stems)
