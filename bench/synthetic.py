"""Listings out of nothing for the benchmarks: as columns, the same for every engine and every run."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breathingroom.core import concerns
from breathingroom.core.facts import Certainty
from breathingroom.directory.choices import Approach, Identity, Language
from breathingroom.directory.index.columns import CLAIM, Columns
from breathingroom.licensure.eligibility import Basis, Facts, Place

Array = NDArray[Any]
TODAY = dt.date(2026, 11, 22)
STATES = [f"US-{n:02}" for n in range(51)]
CONCERNS = [concern.code for concern in concerns.CONCERNS]
VOCABULARY, WORDS_EACH = 40_000, 45
CITIES_EACH = 4
CITIES = np.column_stack(
    [
        26 + 22 * np.random.default_rng(1).random(len(STATES) * CITIES_EACH),
        -122 + 51 * np.random.default_rng(2).random(len(STATES) * CITIES_EACH),
    ]
)
SPOTS = 40 * len(CITIES)


def facts() -> Facts:
    sure = Basis(TODAY, Certainty.VERIFIED)
    places = {code: Place(code, code, "US", sure) for code in STATES}
    return Facts(limit_days=365, places=places, professions={"psychologist": "Psychologist"})


def columns(count: int) -> Columns:
    """`count` listings: some 5 concerns, 2 approaches and 45 words each, an office for half of them."""
    chance = np.random.default_rng(count)
    people = np.arange(count, dtype=np.int64)
    home = _uneven(chance, len(STATES), count)
    spots = CITIES[np.arange(SPOTS) % len(CITIES)] + chance.normal(0, 0.15, (SPOTS, 2))
    city = home + len(STATES) * chance.integers(0, CITIES_EACH, count)
    in_person = chance.random(count) < 0.55
    online = ~in_person | (chance.random(count) < 0.7)
    sets: dict[tuple[str, str], Array] = {}
    sets |= _spread(chance, "concerns", CONCERNS, (count, 5))
    sets |= _spread(chance, "approaches", list(Approach.values), (count, 2))
    sets |= _spread(chance, "identities", list(Identity.values), (count, 1))
    sets |= _spread(chance, "languages", list(Language.values), (count, 1))
    yes = {
        ("formats", "online"): online,
        ("formats", "in_person"): in_person,
        ("roles", "therapist"): chance.random(count) < 0.8,
        ("roles", "supervisor"): chance.random(count) < 0.3,
        ("roles", "consultant"): chance.random(count) < 0.3,
        ("times", "evenings"): chance.random(count) < 0.4,
        ("times", "weekends"): chance.random(count) < 0.15,
        ("sliding", "yes"): chance.random(count) < 0.35,
        ("pro_bono", "yes"): chance.random(count) < 0.08,
        ("accepting", "yes"): chance.random(count) < 0.6,
    }
    sets |= {name: np.flatnonzero(mask).astype(np.uint32) for name, mask in yes.items()}
    fee = (chance.gamma(6, 25, count) // 5 * 500).astype(np.int64)
    return Columns(
        ids=chance.integers(0, 256, (count, 16), dtype=np.uint8),
        columns={
            "place": home,
            "spot": np.where(
                in_person, city + len(CITIES) * chance.integers(0, SPOTS // len(CITIES), count), -1
            ),
            "since": chance.integers(1980, 2026, count),
            "confirmed": TODAY.toordinal() - np.minimum(chance.exponential(20, count), 90).astype(np.int64),
            "currency": np.zeros(count, np.int64),
            "fee": fee,
        },
        sets=sets,
        claims=_claims(chance, people, home),
        words=_words(chance, people),
        tokens=[_token(n) for n in range(VOCABULARY)],
        kinds=[("psychologist", state, status, None, None, None) for state in STATES for status in STATUS],
        spots=[(float(lat), float(lon)) for lat, lon in spots],
        places=STATES,
        currencies=["USD"],
    )


STATUS = ["active", "claimed"]


def _uneven(chance: np.random.Generator, choices: int, count: int) -> Array:
    """Some choices are taken far more often than others, as states and concerns are."""
    return (choices * chance.random(count) ** 1.7).astype(np.int64)


def _spread(
    chance: np.random.Generator, facet: str, codes: list[str], size: tuple[int, int]
) -> dict[tuple[str, str], Array]:
    """For each code of a facet who has it; `size` is how many people draw how often."""
    drawn = np.column_stack([_uneven(chance, len(codes), size[0]) for _ in range(size[1])])
    return {
        (facet, code): np.flatnonzero((drawn == number).any(axis=1)).astype(np.uint32)
        for number, code in enumerate(codes)
    }


def _claims(chance: np.random.Generator, people: Array, home: Array) -> dict[str, Array]:
    """One licence at home for everybody, another one elsewhere for a third, most of them checked."""
    more = people[chance.random(len(people)) < 0.33]
    row = np.concatenate([people, more])
    state = np.concatenate([home, _uneven(chance, len(STATES), len(more))])
    claimed = chance.random(len(row)) < 0.2
    today, none = TODAY.toordinal(), np.zeros(len(row), np.int64)
    found = {
        "row": row,
        "held": (np.arange(len(row)) >= len(people)).astype(np.int64),
        "kind": state * 2 + claimed,
        "expires": today + chance.integers(-10, 700, len(row)),
        "checked": np.where(claimed, 0, today - chance.integers(0, 380, len(row))),
        "claimed": today - chance.integers(0, 900, len(row)),
        "over": none,
        "seen": none,
    }
    return {name: found[name] for name in CLAIM}


def _token(number: int) -> str:
    """A word that can be spoken: 40,000 of them."""
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
    word = ""
    number += 80
    while number:
        number, last = divmod(number, 80)
        word += syllables[last]
    return word


def _words(chance: np.random.Generator, people: Array) -> Array:
    """Pairs of a token and a row; a few words are everywhere, most are rare."""
    parts = []
    for _ in range(WORDS_EACH):
        token = (VOCABULARY * chance.random(len(people)) ** 4).astype(np.uint64)
        parts.append(token << np.uint64(32) | people.astype(np.uint64))
    return np.unique(np.concatenate(parts))


@dataclass(frozen=True)
class Question:
    """One search, as every engine understands it; `kind` is narrow, broad or words.

    Without concerns any will do, and without `accepting` those too who take nobody new: what a choice would
    find under the other filters is asked in this way.
    """

    kind: str
    state: int = -1
    concerns: tuple[int, ...] = ()
    ceiling: int = 0
    near: tuple[float, float] | None = None
    words: tuple[str, ...] = ()
    accepting: bool = True


def questions(kind: str, count: int) -> list[Question]:
    """narrow: state, two concerns, accepting, fee, within 50 km; broad: one concern, accepting; words."""
    chance = np.random.default_rng(len(kind))
    found = []
    for _ in range(count):
        state = int(_uneven(chance, len(STATES), 1)[0])
        if kind == "narrow":
            two = tuple(int(n) for n in chance.choice(20, 2, replace=False))
            city = CITIES[state + len(STATES) * int(chance.integers(0, CITIES_EACH))]
            near = (float(city[0]), float(city[1]))
            found.append(Question(kind, state, two, int(chance.integers(90, 200)) * 100, near))
        elif kind == "broad":
            found.append(Question(kind, concerns=(int(chance.integers(0, 6)),)))
        else:
            tokens = (VOCABULARY * chance.random(2) ** 4).astype(int)
            found.append(Question(kind, words=tuple(_token(int(n))[:5] for n in tokens)))
    return found
