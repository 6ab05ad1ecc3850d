"""What invented clinicians say about themselves, put together from sentences of ours."""

from collections.abc import Sequence
from random import Random

from breathingroom.config.demo.banks import bank


def headline(dice: Random, roles: Sequence[str], concerns: Sequence[str]) -> str:
    """One line, often about what they mostly work with."""
    lines = bank("sentences.txt")
    alone = f"headline_{roles[0]}" if len(roles) == 1 else ""
    if alone in lines and dice.random() < 0.6:
        return dice.choice(lines[alone])
    if dice.random() < 0.3:
        return dice.choice(lines["headline"])
    return dice.choice(bank("headlines.txt")[dice.choice(concerns)])


def about(dice: Random, roles: Sequence[str], concerns: Sequence[str]) -> str:
    """One to three short paragraphs."""
    lines, said = bank("sentences.txt"), bank("phrases.txt")
    first = [dice.choice(lines["opening"]), *[dice.choice(said[c]) for c in concerns[: dice.randint(1, 3)]]]
    second = dice.sample(lines["way"], dice.choice((1, 1, 2)))
    second += [dice.choice(lines[role]) for role in roles if role in lines]
    third = [*dice.sample(lines["practical"], dice.choice((1, 1, 2))), dice.choice(lines["closing"])]
    return "\n\n".join(" ".join(part) for part in _shape(dice, first, second, third))


def _shape(dice: Random, first: list[str], second: list[str], third: list[str]) -> list[list[str]]:
    """People differ in how much they write, and in what order."""
    return dice.choice(
        (
            [first, second, third],
            [first, second, third],
            [first + second, third],
            [second + third, first],
            [first, second + third],
            [first + second],
        )
    )
