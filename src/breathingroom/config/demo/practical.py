"""The practical side of the clinicians of the demo: rooms, hours, ways of working, what they state."""

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from breathingroom.config.demo.banks import bank
from breathingroom.directory.choices import Approach, Identity

Stretch = tuple[int, dt.time, dt.time]

OFTEN = {
    "cognitive": 5,
    "psychodynamic": 5,
    "relational": 5,
    "person_centred": 4,
    "acceptance": 4,
    "parts": 4,
}
OFTEN |= {"emdr": 4, "somatic": 3, "compassion": 3, "attachment": 3, "systemic": 2, "mindfulness": 2}
GENDERS = {"she/her": "woman", "he/him": "man", "they/them": "nonbinary"}
MORNING, NOON, TWO, FIVE = dt.time(9), dt.time(12), dt.time(14), dt.time(17)
DAYS = ((MORNING, NOON), (TWO, FIVE))
EVENING = ((dt.time(16, 30), dt.time(20)),)


@dataclass(frozen=True)
class Practical:
    """What stands on a listing beside its words; `spot` is a code of `core.places` or empty."""

    practice: str
    spot: str
    time_zone: str
    pro_bono: int
    approaches: tuple[str, ...]
    identities: tuple[str, ...]
    hours: tuple[Stretch, ...]


def practical(dice: Random, code: str, town: str, pronouns: str) -> Practical:
    """Believable for somebody in that town (of `places.TOWNS`)."""
    zone, *spots = bank("spots.txt")[f"{code} {town}"][0].split()
    return Practical(
        practice=_practice(dice, town) if dice.random() < 0.55 else "",
        spot=dice.choice(spots) if spots and dice.random() < 0.94 else "",
        time_zone=zone,
        pro_bono=dice.choices((0, 1, 2, 3), (80, 12, 6, 2))[0],
        approaches=_approaches(dice),
        identities=_identities(dice, pronouns),
        hours=_hours(dice),
    )


def of_the_provider(drawn: Practical) -> Practical:
    """The one who signs in has a bit of everything to show."""
    week = tuple((day, *times) for day in (0, 1, 3) for times in (EVENING if day == 3 else DAYS))
    return replace(drawn, practice="Second Breath Rooms", pro_bono=1, hours=week)


def _practice(dice: Random, town: str) -> str:
    """One of the four practices of the town."""
    local = Random(f"breathing room practices of {town} {dice.randint(1, 4)}")  # noqa: S311 - invented
    return f"{local.choice(bank('practices.txt')['first'])} {local.choice(bank('practices.txt')['last'])}"


def _approaches(dice: Random) -> tuple[str, ...]:
    weights = [OFTEN.get(code, 1) for code in Approach.values]
    count = dice.choices((0, 1, 2, 3, 4, 5), (6, 12, 28, 30, 16, 8))[0]
    return tuple(dict.fromkeys(dice.choices(Approach.values, weights, k=count)))


def _identities(dice: Random, pronouns: str) -> tuple[str, ...]:
    """Few say any of it."""
    if dice.random() < 0.68:
        return ()
    said = dice.sample(Identity.values, dice.choice((1, 1, 2, 3)))
    mine = GENDERS.get(pronouns, "")
    return tuple(code for code in said if code not in GENDERS.values() or code == mine)


def _hours(dice: Random) -> tuple[Stretch, ...]:
    """Working days, some with an evening or a Saturday morning; a few say none."""
    if dice.random() < 0.12:
        return ()
    days = sorted(dice.sample(range(5), dice.choices((2, 3, 4, 5), (14, 30, 32, 24))[0]))
    late = dice.choice(days) if dice.random() < 0.3 else None
    week = [(day, *times) for day in days for times in (EVENING if day == late else _day(dice))]
    if dice.random() < 0.13:
        week.append((5, dt.time(10), dt.time(13)))
    return tuple(week)


def _day(dice: Random) -> tuple[tuple[dt.time, dt.time], ...]:
    return dice.choices((DAYS, DAYS[:1], DAYS[1:], ((dt.time(8, 30), dt.time(15)),)), (60, 14, 12, 14))[0]
