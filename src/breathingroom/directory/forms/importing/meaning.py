"""From words to what the editor's forms take: codes for what has codes, and the words for the rest."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.functional import Promise

from breathingroom.core import concerns, places, zones
from breathingroom.core.text import plain
from breathingroom.directory.choices import Approach, Currency, Language, Role
from breathingroom.directory.forms import stretches
from breathingroom.directory.forms.editor.hours import DAYS
from breathingroom.directory.forms.editor.work import MOST_APPROACHES, MOST_CONCERNS
from breathingroom.directory.forms.importing.raw import LABELS, Raw
from breathingroom.licensure import queries as licensure
from breathingroom.licensure.choices import Format

Value = str | list[str]
Choices = Iterable[tuple[str, str | Promise]]

YES = frozenset({"yes", "y", "true", "1", "on", "x", "si"})
NO = frozenset({"no", "n", "false", "0", "off"})
APPROACHES = {
    "act": "acceptance",
    "art": "creative_arts",
    "cbt": "cognitive",
    "cft": "compassion",
    "dbt": "dialectical",
    "eft": "emotion_focused",
    "eye movement desensitization and reprocessing": "emdr",
    "family": "systemic",
    "ifs": "parts",
    "mindfulness": "mindfulness",
    "psychoanalysis": "psychoanalytic",
}
WAYS = {
    "telehealth": "online",
    "video": "online",
    "virtual": "online",
    "remote": "online",
    "office": "in_person",
    "in office": "in_person",
    "face to face": "in_person",
}
LANGUAGES = {"asl": "ase", "bsl": "bfi", "chinese": "cmn"}
AMERICAN = {"behavioral": "behavioural", "behavior": "behaviour", "centered": "centred"}
COUNTRIES = {"us": "US", "usa": "US", "united states": "US", "united states of america": "US", "gb": "GB",
             "uk": "GB", "united kingdom": "GB", "ca": "CA", "canada": "CA", "au": "AU", "australia": "AU",
             "ie": "IE", "ireland": "IE", "nz": "NZ", "new zealand": "NZ"}  # fmt: skip


@dataclass
class Meant:
    """What one key means: values by form field, and the words of it that nobody could make out."""

    values: dict[str, Value] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def meant(raw: Raw) -> dict[str, Meant]:
    """What each key of LABELS means, those left out of which nothing was said."""
    texts = _sorted(raw)
    found = {key: _OF.get(key, _text)(key, texts[key]) for key in LABELS if texts.get(key)}
    found["fee"] = _fee(raw)
    found["hours"] = _hours(raw)
    return {key: each for key in LABELS if (each := found.get(key)) and (each.values or each.unread)}


def _text(key: str, texts: list[str]) -> Meant:
    one_line = key != "about"
    return Meant({key: " ".join(texts[0].split()) if one_line else "\n\n".join(texts)})


def _codes(choices: Choices, also: dict[str, str], texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The codes that the texts name, by code, label or another usual word; and the texts that name none."""
    known = {_usual(str(label)): code for code, label in choices}
    known |= {plain(code.replace("_", " ")): code for code, _label in choices} | also
    found: list[str] = []
    unread: list[str] = []
    for text in texts:
        code = next((known[name] for name in _names(text) if name in known), "")
        if code:
            found.append(code)
        else:
            unread.append(text)
    return list(dict.fromkeys(found)), unread


def _names(text: str) -> Iterator[str]:
    """What a text may be called: "Cognitive behavioral therapy (CBT)" without its end, and "cbt" alone."""
    whole = _usual(text)
    words = whole.split()
    yield whole
    yield " ".join(words[:-1])
    yield words[-1] if words else ""
    if words[-1:] == ["therapy"]:
        yield from (f"{' '.join(words[:-1])} based", words[0])


def _usual(text: str) -> str:
    return " ".join(AMERICAN.get(word, word) for word in plain(text).split())


def _several(choices: Choices, also: dict[str, str]) -> Callable[[str, list[str]], Meant]:
    def read(key: str, texts: list[str]) -> Meant:
        codes, unread = _codes(choices, also, texts)
        return Meant({key: codes} if codes else {}, unread)

    return read


def _languages(key: str, texts: list[str]) -> Meant:
    """A language by its name, or by a tag such as "en-US"."""
    tags = [text.partition("-")[0] if re.fullmatch(r"[A-Za-z]{2,3}-\w+", text) else text for text in texts]
    return _several(Language.choices, LANGUAGES)(key, tags)


def _approaches(key: str, texts: list[str]) -> Meant:
    codes, unread = _codes(Approach.choices, APPROACHES, texts)
    return Meant({key: codes[:MOST_APPROACHES]} if codes else {}, unread)


def _concerns(key: str, texts: list[str]) -> Meant:
    found: list[str] = []
    unread = []
    for text in texts:
        codes = [text] if text in _concern_codes() else [each.code for each in concerns.read(text)]
        found.extend(codes)
        if not codes:
            unread.append(text)
    codes = list(dict.fromkeys(found))[:MOST_CONCERNS]
    return Meant({key: codes} if codes else {}, unread)


@lru_cache(maxsize=1)
def _concern_codes() -> frozenset[str]:
    return frozenset(concern.code for concern in concerns.CONCERNS)


def _profession(key: str, texts: list[str]) -> Meant:
    """The profession that a text names, or that a longer title holds: "Licensed clinical psychologist"."""
    choices = licensure.profession_choices()
    codes, unread = _codes(choices, {}, texts)
    if not codes:
        said = " ".join(plain(text) for text in texts)
        inside = [(slug, plain(name)) for slug, name in choices if plain(name) in said]
        codes = [slug for slug, _name in sorted(inside, key=lambda each: -len(each[1]))]
    return Meant({key: codes[0]}) if codes else Meant({}, unread)


def _place(key: str, texts: list[str]) -> Meant:
    """A jurisdiction by its code, or by name and country: "WA, US", "Washington", "US-WA"."""
    offered = [choice for _country, found in licensure.jurisdiction_choices() for choice in found]
    for text in texts:
        parts = [plain(part) for part in text.split(",")]
        country = COUNTRIES.get(parts[-1], "")
        fitting = [
            code
            for code, name in offered
            if (not country or code[:2] == country)
            and (parts[0] in {plain(name), plain(code), plain(code[3:])} or code == country)
        ]
        if len(fitting) == 1:
            return Meant({key: fitting[0]})
    return Meant({}, texts)


def _spot(key: str, texts: list[str]) -> Meant:
    """The first that is a place on the map: a postal code abroad is none, the city beside it is."""
    return Meant({key: next((text for text in texts if places.find(text, "")), texts[0])})


def _flag(key: str, texts: list[str]) -> Meant:
    word = plain(texts[0])
    return Meant({key: "on" if word in YES else ""}) if word in YES | NO else Meant({}, texts)


def _fee(raw: Raw) -> Meant:
    """Amounts, and their currency; what is no amount is unread."""
    meaning = Meant()
    for name, form_field in (("fee_from", "least"), ("fee_up_to", "most")):
        for text in raw.values.get(name, [])[:1]:
            amount = re.fullmatch(
                r"[^\d,.]{0,4}([0-9]{1,6}(?:\.[0-9]{1,2})?)[^\d,.]{0,6}", text.replace(",", "")
            )
            if amount:
                meaning.values[form_field] = amount[1]
            else:
                meaning.unread.append(text)
    for text in raw.values.get("currency", [])[:1]:
        code = text.strip().upper()[:3]
        if code in Currency.values and meaning.values:
            meaning.values["currency"] = code
        elif code not in Currency.values:
            meaning.unread.append(text)
    return meaning


def _hours(raw: Raw) -> Meant:
    """The seven lines, and the zone; a day that cannot be read is left out."""
    meaning = Meant()
    for day in DAYS:
        line = ", ".join(raw.values.get(day, []))
        try:
            found = stretches.read(line)
        except stretches.Unreadable:
            meaning.unread.append(line)
        else:
            meaning.values |= {day: stretches.written(found)} if found else {}
    for text in raw.values.get("time_zone", [])[:1]:
        if zones.known(text):
            meaning.values["time_zone"] = text
        else:
            meaning.unread.append(text)
    return meaning


def _sorted(raw: Raw) -> dict[str, list[str]]:
    """The texts by key; what a page says somebody knows is noted as concern and as approach, and is one."""
    both = set(raw.values.get("concerns", ())) & set(raw.values.get("approaches", ()))
    ways = {text for text in both if _codes(Approach.choices, APPROACHES, [text])[0]}
    wrong = {"concerns": ways, "approaches": both - ways}
    return {
        key: [text for text in texts if text not in wrong.get(key, ())] for key, texts in raw.values.items()
    }


_OF: dict[str, Callable[[str, list[str]], Meant]] = {
    "profession": _profession,
    "roles": _several(Role.choices, {}),
    "formats": _several(Format.choices, WAYS),
    "concerns": _concerns,
    "approaches": _approaches,
    "place": _place,
    "spot": _spot,
    "sliding": _flag,
    "languages": _languages,
}
