"""Bringing in crisis lines and emergency numbers from a JSON file."""

from pathlib import Path
from typing import Any

from django.db import transaction

from breathingroom.audit import actions as audit
from breathingroom.core.factfile import Row, read
from breathingroom.core.facts import Certainty, FactError, Tally, merge
from breathingroom.people.models import Member
from breathingroom.safety.actions import crisis as actions
from breathingroom.safety.choices import Audience
from breathingroom.safety.models import CrisisLine, EmergencyNumber

PACKAGED = Path(__file__).parent
FILE = "crisis.json"
TRAP = ("do not list", "trap")


def load(*, by: Member | None, folder: Path | None = None) -> Tally:
    """Bring `crisis.json` of `folder` (the packaged one when None) into the tables, all or nothing.

    A second run changes nothing; a line that an operator edited stays unless the file is newer. Lines that
    the file itself warns about come in hidden. Raises FactError.
    """
    file = read((folder or PACKAGED) / FILE)
    lines = [_line(row, file, number) for number, row in enumerate(file.rows("lines"))]
    total = Tally()
    with transaction.atomic():
        total.add(merge(EmergencyNumber, ("country",), _emergency(file)))
        total.add(merge(CrisisLine, ("slug",), lines))
        if total.wrote:
            audit.record(by=by, did="safety.facts.imported", on="safety.facts", why=str(total))
        actions.publish_on_commit()
    return total


def _emergency(file: Row) -> list[dict[str, Any]]:
    numbers = file.data.get("emergency", {})
    if not isinstance(numbers, dict):
        raise file.wrong("emergency", "must be an object of country and numbers")
    stamp = {"as_of": file.as_of(), "certainty": Certainty.HIGH.value, "source": FILE}
    return [{"country": str(country), "numbers": str(text), **stamp} for country, text in numbers.items()]


def _line(row: Row, file: Row, number: int) -> dict[str, Any]:
    hours, sure = row.text("hours", "", longest=200), row.text("certainty")
    is_trap = any(word in f"{hours} {sure}".lower() for word in TRAP)
    values = {
        "slug": row.text("id", longest=60),
        "country": row.text("country", longest=6),
        "name": row.text("name", longest=120),
        "audience": _audience(row),
        "audience_note": row.text("audience", "", longest=200),
        "hours": hours,
        "call": row.text("call", "", longest=60),
        "text": row.text("text", "", longest=60),
        "url": row.text("url", "", longest=200),
        "note": row.text("note", ""),
        "staff_note": row.text("staff_note", ""),
        "languages": row.texts("languages"),
        "position": number,
        "hidden": is_trap,
        "as_of": row.as_of(file),
        "certainty": Certainty.LOW.value if is_trap else _certainty(row, sure.lower()),
        "source": f"{FILE}: {sure}",
    }
    if not is_trap and not (values["call"] or values["text"] or values["url"]):
        raise row.wrong("call", "is missing, and so are 'text' and 'url': nobody could reach this line")
    return values


def _audience(row: Row) -> str:
    """The file may say it (`for`); else a line is for everyone, or for particular people."""
    if "for" in row.data:
        return row.choice("for", Audience)
    everyone = row.text("audience", "").startswith("everyone")
    return Audience.EVERYONE.value if everyone else Audience.PARTICULAR.value


def _certainty(row: Row, said: str) -> str:
    """The file says in words how sure it is; the least sure of them counts, when it is about the number."""
    if said in Certainty.values:
        return said
    if said.startswith(("call verified", "number verified")) or said == "verified (one copy)":
        return Certainty.MEDIUM.value
    if "memory" in said or "unverified" in said:
        return Certainty.UNVERIFIED.value
    if said.startswith("verified ("):
        return Certainty.HIGH.value
    raise row.wrong("certainty", f"cannot be read: {said!r}")


__all__ = ["FactError", "load"]
