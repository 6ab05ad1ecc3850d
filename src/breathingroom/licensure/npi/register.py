"""What the register (NPPES, Read API v2.1) says of one number, as far as a form may be filled in with it.

Addresses and telephone numbers are dropped here, at the door: many who work alone gave their home.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from breathingroom.licensure.models import Jurisdiction, Profession
from breathingroom.licensure.npi.wire import Unavailable, get

VERSION = "2.1"
ORGANISATION = "NPI-2"
COUNTRY = "US"


class AnOrganisation(Exception):
    """The number is an organisation's; a listing is a person's."""


@dataclass(frozen=True, slots=True)
class Prefill:
    """What to propose in a form: any of it may be "". `profession` is a slug, `state` an ISO 3166-2 code."""

    name: str
    credential: str
    profession: str
    state: str


def is_on() -> bool:
    """Whether this house asks the register at all."""
    return bool(settings.NPPES_URL)


def look_up(number: str) -> Prefill | None:
    """What the register says about the NPI `number` (as `read` gave it); None when it knows no such number.

    Asks over the network for at most four seconds, so never inside a transaction. A number that was
    deactivated is not known either. Raises Unavailable, also when `is_on` says no, and AnOrganisation.
    """
    if not is_on():
        raise Unavailable("off")
    found = _result(get(settings.NPPES_URL, {"version": VERSION, "number": number}), number)
    if found is None:
        return None
    if found.get("enumeration_type") == ORGANISATION:
        raise AnOrganisation
    return _prefill(found)


def _result(body: bytes, number: str) -> dict[str, Any] | None:
    """The one result about this number. The register tells of errors under status 200."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unavailable("not JSON") from error
    if not isinstance(said, dict) or said.get("Errors") or not isinstance(said.get("results"), list):
        raise Unavailable("an error of theirs")
    rows = [row for row in said["results"] if isinstance(row, dict)]
    return next((row for row in rows if str(row.get("number")) == number), None)


def _prefill(row: dict[str, Any]) -> Prefill:
    basic, taxonomy = row.get("basic"), _primary(row.get("taxonomies"))
    basic = basic if isinstance(basic, dict) else {}
    return Prefill(
        name=_name(basic),
        credential=_text(basic, "credential", 80),
        profession=_profession(_text(taxonomy, "code", 10)),
        state=_state(_text(taxonomy, "state", 2)),
    )


def _primary(listed: Any) -> dict[str, Any]:
    """The first that is called primary (more than one has been seen), or else the first there is."""
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    return next((row for row in rows if row.get("primary") is True), rows[0] if rows else {})


def _text(row: dict[str, Any], name: str, most: int) -> str:
    """A printable line of at most so many characters; "--" is how the register says nothing."""
    value = row.get(name)
    if not isinstance(value, str):
        return ""
    line = " ".join("".join(c if c.isprintable() else " " for c in value[:1000]).split())
    return "" if line == "--" else line[:most].strip()


def _name(basic: dict[str, Any]) -> str:
    """First and last name, as people write them and not all in capitals."""
    parts = [_text(basic, part, 60) for part in ("first_name", "last_name")]
    return " ".join(part.title() if part.isupper() else part for part in parts if part)[:120]


def _profession(code: str) -> str:
    """The slug of the one profession that the NUCC code names; "" when it names none or several.

    A code that is a profession's own counts before one that it shares; of several that call it their own,
    the one with specialities beside it is the profession at large.
    """
    rows = list(Profession.objects.all()) if code else []
    own = [row for row in rows if row.nucc_primary == code]
    wide = [row for row in own if row.nucc_other]
    for fitting in (own, wide, [] if own else [row for row in rows if code in row.nucc_other]):
        if len(fitting) == 1:
            return fitting[0].slug
    return ""


def _state(short: str) -> str:
    code = f"{COUNTRY}-{short.upper()}"
    return code if Jurisdiction.objects.filter(code=code).exists() else ""
