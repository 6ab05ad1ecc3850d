"""Words as stems: one ending off, members of a family as one, and a slip of the finger forgiven."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from breathingroom.core.text import plain

SILENT = "-"
"""The family of those words that say too little to count."""

KNOWN = "="
"""The family of those words that are no slip of another."""

EVERYDAY = "~"
"""The family of those words that hint at little by themselves."""

_KIND = "+"
_SHORTEST_SLIP = 6
"""Shorter words have too many neighbours to guess which was meant."""

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


def lines(name: str) -> Iterator[tuple[str, str]]:
    """The `key: rest` lines of a word list beside this file."""
    for line in (files(__package__) / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, rest = line.partition(":")
            yield key.strip(), rest


def spoken(words: str) -> str:
    """The words as one line without accents, case and apostrophes."""
    return plain(words.replace("'", "").replace("’", ""))


def run(words: str) -> str:
    """A phrase in quotation marks is meant word by word: how it sounds, or "" for any other phrase."""
    words = words.strip()
    return f" {spoken(words)} " if words[:1] == words[-1:] == '"' else ""


def tokens(words: str) -> list[str]:
    """The words that carry meaning, in order."""
    return [token for token in spoken(words).split() if _families().get(token) != SILENT]


def stem(token: str) -> str:
    """`token`, or the head of its family, without one common English or Spanish ending."""
    token = _families().get(token, token)
    for suffix in _SUFFIXES:
        if token.endswith(suffix) and len(token) - len(suffix) >= 4:
            return _undoubled(token[: -len(suffix)])
    return token


def stems(words: str) -> frozenset[str]:
    """The stems of a phrase."""
    return frozenset(stem(token) for token in tokens(words))


def kinds(token: str) -> tuple[str, ...]:
    """The kinds this word is one of: "sister" is one of "kin"."""
    return _kinds().get(token) or _kinds().get(_families().get(token, token), ())


def _undoubled(token: str) -> str:
    doubled = len(token) > 4 and token[-1] == token[-2] and token[-1] not in "aeiouls"
    return token[:-1] if doubled else token


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    """Words that stand for another."""
    families = [(head, words) for head, words in lines("words.txt") if head[0] != _KIND]
    own = {word: word for head, words in families if head in (KNOWN, EVERYDAY) for word in words.split()}
    rest = (each for each in families if each[0] not in (KNOWN, EVERYDAY))
    return own | {word: head for head, words in rest for word in words.split()}


def everyday() -> frozenset[str]:
    """The stems of everyday words."""
    found = (words for head, words in lines("words.txt") if head == EVERYDAY)
    return frozenset(stem(word) for words in found for word in words.split())


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, ...]]:
    """Words by the kinds they belong to."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in lines("words.txt"):
        if kind[0] == _KIND:
            found |= {word: (*found.get(word, ()), stem(kind[1:])) for word in words.split()}
    return found


# -- slips of the finger -------------------------------------------------------------------------
def slips(vocabulary: Iterable[str]) -> dict[str, str]:
    """Each word of `vocabulary` by itself and by what is left when any one letter falls out."""
    long = sorted(word for word in vocabulary if len(word) >= _SHORTEST_SLIP and word.isalpha())
    return {left: word for word in long for left in _one_out(word)} | {word: word for word in long}


def mended(token: str, known: Mapping[str, str]) -> str:
    """The known word that `token` is one slip away from (a letter more, less, other or moved), or `token`."""
    if len(token) < _SHORTEST_SLIP or not token.isalpha() or token in _families():
        return token
    near = (known.get(left, "") for left in (token, *_one_out(token)))
    return next((word for word in near if _alike(word, token)), token)


def _alike(word: str, token: str) -> bool:
    """Fingers slip least at the ends of a word."""
    return word[:1] == token[0] and word[-1:] == token[-1] and abs(len(word) - len(token)) < 2


def _one_out(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word) - 1)]
