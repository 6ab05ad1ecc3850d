"""Names for people who do not exist: given names are common, family names made up or joined for this file."""

from random import Random

from breathingroom.config.demo.banks import bank

KINDS = {"she": (52, "she/her"), "he": (34, "he/him"), "they": (14, "they/them")}
"""Lists of given names, how often each is drawn from, and the pronouns that go with it."""


def person(dice: Random, taken: set[str]) -> tuple[str, str]:
    """A name that is not in `taken` (and is put there), and pronouns."""
    while True:
        kind = dice.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
        name = f"{dice.choice(_list(kind))} {_family(dice)}"
        if name not in taken:
            taken.add(name)
            return name, KINDS[kind][1]


def _family(dice: Random) -> str:
    made = dice.choice(_list("first")) + dice.choice(_list("last"))
    way = dice.random()
    if way < 0.4:
        return made
    if way < 0.55:
        return f"{dice.choice(_list('old'))}-{made}"
    return "-".join(dice.sample(_list("old"), 2))


def _list(key: str) -> list[str]:
    return " ".join(bank("names.txt")[key]).split()
