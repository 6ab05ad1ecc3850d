"""schema.org's properties of a person and a practice, as far as a listing has a place for them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from breathingroom.directory.forms.editor.hours import DAYS
from breathingroom.directory.forms.importing.document import (
    Node,
    listed,
    nodes_of,
    person_and_practice,
)
from breathingroom.directory.forms.importing.raw import Raw

SHORT = {day[:2]: number for number, day in enumerate(DAYS)}
Take = Callable[[Raw, Any], None]


def read(text: str, own: str) -> Raw:
    """What the JSON-LD in `text` says of the member whose name is `own`. Raises Unreadable."""
    person, practice = person_and_practice(nodes_of(text), own)
    raw = Raw()
    _take(raw, person, OF_BOTH | OF_A_PERSON)
    _take(raw, practice, OF_BOTH | (OF_A_PRACTICE if person else {"name": _to("name")}))
    return raw


def _take(raw: Raw, node: Node, known: dict[str, Take]) -> None:
    """Each property in its place; what has none is left alone, and named."""
    for name, value in node.items():
        take = known.get(name)
        if take:
            take(raw, value)
        elif not name.startswith("@"):
            raw.leave(name)


def _to(key: str) -> Take:
    """The words of the value, under this key."""

    def take(raw: Raw, value: Any) -> None:
        if key not in raw.values or key in {"languages", "concerns"}:
            raw.add(key, *_words(value))

    return take


def _words(value: Any) -> Iterator[str]:
    """The texts in a value: itself, or the names of the things it holds."""
    for each in listed(value):
        if isinstance(each, dict):
            name = each.get("name") or each.get("alternateName") or each.get("itemOffered")
            yield from _words(name) if not isinstance(name, str) else (name,)
        elif isinstance(each, str | int | float):
            yield str(each)


def _work(raw: Raw, value: Any) -> None:
    """What they know or offer: some of it is a way of working, some a concern; `meaning` sorts it."""
    for word in _words(value):
        raw.add("concerns", word)
        raw.add("approaches", word)


def _address(raw: Raw, value: Any) -> None:
    for each in listed(value)[:1]:
        if not isinstance(each, dict):
            raw.leave("address")
            continue
        country = next(_words(each.get("addressCountry")), "")
        region = next(_words(each.get("addressRegion")), "")
        raw.add("city", *_words(each.get("addressLocality")))
        city = next(_words(each.get("addressLocality")), "")
        raw.add("spot", *_words(each.get("postalCode")), f"{city}, {region}" if city and region else city)
        if region or country:
            raw.add("place", ", ".join(filter(None, (region, country))))
        for name in each.keys() & {"streetAddress", "postOfficeBoxNumber"}:
            raw.leave(name)


def _offers(raw: Raw, value: Any) -> None:
    for each in listed(value):
        if isinstance(each, dict):
            raw.add("fee_from", *_words(each.get("price") or each.get("minPrice")))
            raw.add("fee_up_to", *_words(each.get("maxPrice")))
            raw.add("currency", *_words(each.get("priceCurrency")))
            _offers(raw, each.get("priceSpecification"))
            _work(raw, each.get("itemOffered"))


def _price_range(raw: Raw, value: Any) -> None:
    """ "$120-$160": amounts; "$$" says nothing."""
    for text in _words(value):
        amounts = re.findall(r"[0-9]{1,6}(?:\.[0-9]{1,2})?", text.replace(",", ""))
        raw.add("fee_from", *amounts[:1])
        raw.add("fee_up_to", *amounts[1:2])
        signs = [code for sign, code in (("£", "GBP"), ("€", "EUR")) if sign in text]
        raw.add("currency", *signs[:1])


def _opening(raw: Raw, value: Any) -> None:
    """ "Mo-Fr 09:00-17:00", or one of several such."""
    for text in _words(value):
        for days, begins, ends in re.findall(
            r"((?:[A-Z][a-z]\w*[-, ]*)+)\s*([0-9:]{4,5})\s*-\s*([0-9:]{4,5})", text[:500]
        ):
            for number in _days(days):
                raw.add(DAYS[number], f"{begins}-{ends}")


def _days(text: str) -> list[int]:
    """ "Mo-We, Fr": the weekdays by number."""
    found: list[int] = []
    for part in re.split(r"[,\s]+", text.strip(" ,-")):
        ends = [SHORT[word[:2].lower()] for word in part.split("-") if word[:2].lower() in SHORT]
        if ends:
            found.extend((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return found


def _opening_specification(raw: Raw, value: Any) -> None:
    for each in listed(value):
        if isinstance(each, dict):
            times = [next(_words(each.get(name)), "")[:5] for name in ("opens", "closes")]
            for day in _words(each.get("dayOfWeek")):
                short = day.rpartition("/")[2][:2].lower()
                if all(times) and short in SHORT:
                    raw.add(DAYS[SHORT[short]], "-".join(times))


def _occupation(raw: Raw, value: Any) -> None:
    raw.add("profession", *_words(value))


OF_BOTH: dict[str, Take] = {
    "description": _to("about"),
    "slogan": _to("headline"),
    "url": _to("contact"),
    "address": _address,
    "location": _address,
    "workLocation": _address,
    "priceRange": _price_range,
    "makesOffer": _offers,
    "offers": _offers,
    "availableService": _work,
    "knowsAbout": _work,
    "medicalSpecialty": _work,
    "openingHours": _opening,
    "openingHoursSpecification": _opening_specification,
    "hoursAvailable": _opening_specification,
    "availableLanguage": _to("languages"),
    "knowsLanguage": _to("languages"),
    "currenciesAccepted": _to("currency"),
}
OF_A_PERSON: dict[str, Take] = {
    "name": _to("name"),
    "honorificSuffix": _to("credentials"),
    "pronouns": _to("pronouns"),
    "jobTitle": _occupation,
    "hasOccupation": _occupation,
    "worksFor": _to("practice"),
    "affiliation": _to("practice"),
}
OF_A_PRACTICE: dict[str, Take] = {"name": _to("practice")}
