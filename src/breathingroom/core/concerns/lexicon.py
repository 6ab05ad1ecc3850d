"""The phrases that speak of concerns, and how telling each of their stems is."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import override

from breathingroom.core.concerns import stems
from breathingroom.core.concerns.taxonomy import CONCERNS

HINTS = "~"
EVERYDAY = 0.25
"""What an everyday word is worth as a hint, beside a telling one."""
FILES = ("phrases.en.txt", "phrases.es.txt")


@dataclass(frozen=True)
class Phrase:
    """One way to say a concern. A `hint` counts only inside a sentence, never by itself."""

    concern: str
    stems: frozenset[str]
    hint: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Phrases, what each weighs, and where they stand by the stems they hold.

    The fewer concerns use a stem, the more it weighs.
    `leans[stem][concern]` is the part of all phrases with this stem that speak of the concern.
    """

    phrases: tuple[Phrase, ...]
    wholes: tuple[float, ...]
    by_stem: dict[str, list[int]]
    weights: dict[str, float]
    leans: dict[str, dict[str, float]]
    slips: dict[str, str]
    runs: tuple[str, ...]

    def said_of(self, said: frozenset[str]) -> Iterator[tuple[Phrase, float, float]]:
        """(phrase, its weight, the weight of what was said of it) for each that was said at least in part."""
        met: dict[int, float] = {}
        for stem in sorted(said):
            weight = self.weights[stem]
            for number in self.by_stem[stem]:
                met[number] = met.get(number, 0.0) + weight
        for number, part in met.items():
            yield self.phrases[number], self.wholes[number], part

    def heard(self, words: str) -> frozenset[str]:
        """The stems of what somebody typed, with the kinds of its words, as far as any phrase holds them."""
        text = f" {stems.spoken(words)} "
        found = {run for run in self.runs if run in text}
        for run in found:
            text = text.replace(run, " ")
        for token in stems.tokens(text):
            if stems.stem(token) not in self.weights and not stems.kinds(token):
                token = stems.mended(token, self.slips)  # noqa: PLW2901
            found |= {stems.stem(token), *stems.kinds(token)}
        return frozenset(found & self.weights.keys())


def phrases(name: str) -> Iterator[Phrase]:
    """The phrases of one file. One of several words that comes down to one stem cannot stand alone."""
    for code, rest in stems.lines(name):
        hints = rest.strip().startswith(HINTS)
        for words in rest.strip().removeprefix(HINTS).split(";"):
            if run := stems.run(words):
                yield Phrase(code, frozenset({run}))
            elif found := stems.stems(words):
                yield Phrase(code, found, hints or (len(found) == 1 and " " in words.strip()))


def _labels() -> Iterator[Phrase]:
    """Each label, in every language of the house, is a way to say its concern."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for concern in CONCERNS:
                yield Phrase(concern.code, stems.stems(str(concern.label)))


def _vocabulary() -> Iterator[str]:
    for name in FILES:
        for _code, rest in stems.lines(name):
            yield from stems.tokens(rest)
    for head, words in stems.lines("words.txt"):
        if head not in (stems.SILENT, stems.KNOWN, stems.EVERYDAY):
            yield from words.split()


def _in_order(phrase: Phrase) -> tuple[str, bool, list[str]]:
    """The same in every process, so that equal phrases are not a matter of luck."""
    return phrase.concern, phrase.hint, sorted(phrase.stems)


def _leaning(speaking: Counter[str], worth: float) -> dict[str, float]:
    return {concern: worth * n / speaking.total() for concern, n in speaking.items()}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read once from the files beside this one."""
    every = {*_labels(), *(phrase for name in FILES for phrase in phrases(name))}
    known = tuple(sorted(every, key=_in_order))
    by_stem: dict[str, list[int]] = {}
    for number, phrase in enumerate(known):
        for stem in phrase.stems:
            by_stem.setdefault(stem, []).append(number)
    speaking = {stem: Counter(known[number].concern for number in found) for stem, found in by_stem.items()}
    weights = {stem: math.log(1 + len(CONCERNS) / len(found)) for stem, found in speaking.items()}
    everyday = stems.everyday()
    return Lexicon(
        phrases=known,
        wholes=tuple(sum(weights[stem] for stem in sorted(phrase.stems)) for phrase in known),
        by_stem=by_stem,
        weights=weights,
        leans={
            stem: _leaning(found, EVERYDAY if stem in everyday else 1) for stem, found in speaking.items()
        },
        slips=stems.slips(_vocabulary()),
        runs=tuple(sorted((stem for stem in by_stem if " " in stem), key=len, reverse=True)),
    )
