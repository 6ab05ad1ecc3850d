"""The cast: clinicians who do not exist, from a seed. No database and no clock: days are counted from today.

The same number of listings gives the same people, on every machine.
"""

import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from breathingroom.config.demo import accounts, names, places, titles, words
from breathingroom.config.demo.practical import Practical, of_the_provider, practical
from breathingroom.core.concerns import CONCERNS

Operating = Mapping[str, frozenset[str]]
"""For each compact (slug) the jurisdictions (code) where it can be used."""

ROLES = {
    ("therapist",): 52,
    ("therapist", "supervisor"): 18,
    ("therapist", "consultant"): 9,
    ("therapist", "supervisor", "consultant"): 7,
    ("supervisor",): 8,
    ("consultant",): 6,
}
OFTEN = {
    "burnout": 9,
    "compassion_fatigue": 7,
    "vicarious_trauma": 6,
    "countertransference": 5,
    "anxiety": 5,
    "early_career": 4,
    "isolation": 4,
    "overwork": 4,
    "perfectionism": 4,
    "grief": 4,
}
TONGUES = {"es": 30, "fr": 9, "cmn": 8} | dict.fromkeys(
    ("ar", "ase", "de", "fa", "he", "hi", "ht", "it", "ja", "ko", "pa", "pl", "pt", "ru", "tl", "ur", "vi"), 4
)
CURRENCIES = {"US": "USD", "CA": "CAD", "GB": "GBP", "IE": "EUR", "AU": "AUD", "NZ": "NZD"}
DEAR = {"psychiatrist": 150, "psychiatric_nurse_practitioner": 60, "psychologist": 30}


@dataclass(frozen=True)
class Permit:
    """An authority under a compact: `where` is empty when it holds everywhere in it. `checked`: days ago."""

    compact: str
    kind: str
    where: str = ""
    checked: int | None = None


@dataclass(frozen=True)
class Paper:
    """A licence: `checked` is days ago (None: not checked), `left` the days until it runs out."""

    profession: str
    where: str
    number: str
    checked: int | None
    left: int
    permits: tuple[Permit, ...] = ()


@dataclass(frozen=True)
class Clinician:
    """One listing with its member. Fees in whole units of `currency`; `confirmed`, `joined` in days ago."""

    id: uuid.UUID
    email: str
    name: str
    pronouns: str
    credentials: str
    profession: str
    place: str
    city: str
    roles: tuple[str, ...]
    online: bool
    in_person: bool
    headline: str
    about: str
    concerns: tuple[str, ...]
    languages: tuple[str, ...]
    fees: tuple[int, int] | None
    currency: str
    sliding: bool
    openings: int
    wait_weeks: int | None
    confirmed: int
    years: int
    joined: int
    state: str
    practical: Practical
    papers: tuple[Paper, ...] = field(default=())


def clinicians(listings: int, operating: Operating) -> list[Clinician]:
    """The whole cast; the first is the demo's own provider."""
    taken = {account.name for account in accounts.ACCOUNTS}
    where = places.spread(max(0, listings - 1))
    provider = accounts.by_role("provider")
    return [
        _clinician(
            _dice("provider"), "US-WA", operating, name=provider.name, pronouns="he/him", email=provider.email
        ),
        *(_stranger(_dice(f"clinician {n}"), code, operating, taken) for n, code in enumerate(where)),
    ]


def _dice(what: str) -> Random:
    return Random(f"breathing room {what}")  # noqa: S311 - invented people need no secrets


def _stranger(dice: Random, code: str, operating: Operating, taken: set[str]) -> Clinician:
    name, pronouns = names.person(dice, taken)
    return _clinician(dice, code, operating, name=name, pronouns=pronouns, email=mailbox(name))


def mailbox(name: str) -> str:
    """An address that can never exist."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return f"{letters.replace(' ', '.')}@{accounts.DOMAIN}"


def _clinician(
    dice: Random, code: str, operating: Operating, *, name: str, pronouns: str, email: str
) -> Clinician:
    own = email in {account.email for account in accounts.ACCOUNTS}
    slug = "psychologist" if own else titles.profession(code, dice)
    roles, concerns = dice.choices(list(ROLES), list(ROLES.values()))[0], _concerns(dice)
    online, in_person = dice.choices(((True, False), (True, True), (False, True)), (45, 43, 12))[0]
    openings, wait = _openings(dice)
    town = places.town(code, dice)
    drawn = practical(_dice(f"practice of {email}"), code, town, pronouns)
    return Clinician(
        id=uuid.UUID(int=dice.getrandbits(128), version=4),
        email=email,
        name=name,
        pronouns=pronouns if dice.random() < 0.8 else "",
        credentials=titles.letters(slug, code, dice),
        profession=slug,
        place=code,
        city=town,
        roles=roles,
        online=online,
        in_person=in_person,
        headline=words.headline(dice, roles, concerns),
        about=words.about(dice, roles, concerns),
        concerns=concerns,
        languages=_languages(dice, code),
        fees=_fees(dice, slug),
        currency=CURRENCIES[code[:2]],
        sliding=dice.random() < 0.37,
        openings=openings,
        wait_weeks=wait,
        confirmed=3 if own else _days_ago(dice),
        years=dice.choice((1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17, 19, 21, 24, 28)),
        joined=dice.randint(40, 700),
        state="published" if own else dice.choices(("published", "paused", "draft"), (93, 4, 3))[0],
        practical=of_the_provider(drawn) if own else drawn,
        papers=_papers(dice, slug, code, operating, checked=own),
    )


def _concerns(dice: Random) -> tuple[str, ...]:
    codes = [concern.code for concern in CONCERNS]
    weights = [OFTEN.get(code, 1) for code in codes]
    return tuple(dict.fromkeys(dice.choices(codes, weights, k=dice.randint(4, 11))))


def _languages(dice: Random, code: str) -> tuple[str, ...]:
    home = {"US-PR": ("es", "en"), "CA-QC": ("fr", "en"), "GB-WLS": ("en", "cy")}.get(code, ("en",))
    more = dice.choices(list(TONGUES), list(TONGUES.values()), k=dice.choices((0, 1, 2), (66, 28, 6))[0])
    return tuple(dict.fromkeys((*home, *more)))


def _fees(dice: Random, slug: str) -> tuple[int, int] | None:
    if dice.random() < 0.07:
        return None
    least = dice.randrange(60, 190, 5) + DEAR.get(slug, 0)
    return least, least + dice.choice((0, 0, 0, 20, 30, 40, 60))


def _openings(dice: Random) -> tuple[int, int | None]:
    """Places open now, and weeks of waiting when there are none."""
    if dice.random() < 0.68:
        return dice.choices((1, 2, 3, 4, 6), (42, 30, 16, 8, 4))[0], None
    return 0, dice.choice((2, 3, 4, 6, 8, 12, 16, None))


def _days_ago(dice: Random) -> int:
    """Most confirm in time; some are shown as not confirmed, and a few are out of sight."""
    span = dice.choices(((0, 9), (10, 20), (21, 30), (31, 90), (91, 140)), (44, 26, 16, 11, 3))[0]
    return dice.randint(*span)


def _papers(dice: Random, slug: str, code: str, operating: Operating, *, checked: bool) -> tuple[Paper, ...]:
    home = _paper(dice, slug, code, _permits(dice, slug, code, operating), checked=checked)
    further = [c for c in places.CODES if c[:3] == code[:3] and c != code]
    count = min(len(further), dice.choices((0, 1, 2), (74, 20, 6))[0])
    return (home, *(_paper(dice, slug, c, (), checked=checked) for c in dice.sample(further, count)))


def _paper(dice: Random, slug: str, code: str, permits: tuple[Permit, ...], *, checked: bool) -> Paper:
    return Paper(
        profession=slug,
        where=code,
        number=f"{slug[:2].upper()}{dice.randint(10_000, 99_999)}",
        checked=dice.randint(2, 300) if checked or dice.random() < 0.72 else None,
        left=-dice.randint(5, 90) if not checked and dice.random() < 0.03 else dice.randint(30, 720),
        permits=permits,
    )


def _permits(dice: Random, slug: str, code: str, operating: Operating) -> tuple[Permit, ...]:
    """Authorities that such a clinician can really hold there, for about half of those who can."""
    checked = dice.randint(2, 300) if dice.random() < 0.7 else None
    if code not in operating.get(_COMPACTS.get(slug, ""), frozenset()) or dice.random() < 0.45:
        return ()
    if slug == "psychologist":
        kinds = ("telehealth",) if dice.random() < 0.8 else ("telehealth", "temporary_in_person")
        return tuple(Permit("psypact", kind, checked=checked) for kind in kinds)
    if slug == "psychiatric_nurse":
        return (Permit("nlc", "multistate_licence", checked=checked),)
    remote = sorted(operating["counseling"] - {code})
    chosen = dice.sample(remote, min(len(remote), dice.randint(1, 3)))
    return tuple(Permit("counseling", "privilege_to_practice", c, checked) for c in chosen)


_COMPACTS = {"psychologist": "psypact", "psychiatric_nurse": "nlc", "professional_counselor": "counseling"}
