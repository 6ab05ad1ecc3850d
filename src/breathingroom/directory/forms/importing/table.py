"""A listing as CSV: our own template, one line for each thing, or one row under a line of names."""

import csv
import io

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breathingroom.core.text import plain
from breathingroom.directory.forms.editor.hours import DAYS
from breathingroom.directory.forms.importing.raw import LABELS, LISTS, Raw, Unreadable

MOST_ROWS = 200
MOST_CELLS = 60
NAME_OF_FIELD = "field"
MORE = ("fee_from", "fee_up_to", "currency", "time_zone", *DAYS)
"""Names of a column beside the keys of LABELS; together they are fee and hours."""
KNOWN = frozenset(key for key in LABELS if key not in {"fee", "hours"}) | frozenset(MORE)
NO_TABLE = gettext_lazy(
    "This is neither JSON-LD nor the CSV template: no line begins with a name that the template has."
)
BROKEN = gettext_lazy("This cannot be read as CSV. Save it again as “CSV UTF-8”, with quotes around texts.")


def read(text: str) -> Raw:
    """What the table says. Raises Unreadable."""
    rows = _rows(text)
    first = [_name(cell) for cell in rows[0]] if rows else []
    upright = first[:1] == [NAME_OF_FIELD] or not KNOWN & set(first[1:])
    pairs = [(_name(row[0]), row[1]) for row in rows if len(row) > 1] if upright else _beside(first, rows[1:])
    if not any(name in KNOWN for name, _value in pairs):
        raise Unreadable(NO_TABLE)
    raw = Raw()
    for name, value in pairs:
        if name in KNOWN:
            raw.add(name, *(value.replace(";", ",").split(",") if name in LISTS else (value,)))
        elif value.strip() and name != NAME_OF_FIELD:
            raw.leave(name)
    return raw


def _beside(names: list[str], rows: list[list[str]]) -> list[tuple[str, str]]:
    """The first row below a line of names: a listing is one's own, so there is only one."""
    return list(zip(names, rows[0], strict=False)) if rows else []


def _rows(text: str) -> list[list[str]]:
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    try:
        found = [row[:MOST_CELLS] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise Unreadable(BROKEN) from error
    return [row for row in found if any(cell.strip() for cell in row)][:MOST_ROWS]


def _name(cell: str) -> str:
    return plain(cell[:80]).replace(" ", "_")


def template() -> str:
    """The CSV to download and fill in: the name of each thing, room for it, and how it is written."""
    many = _("several with commas between them")
    hints = {
        "profession": _("as in the list of professions"),
        "treating_since": _("a year, such as 2012"),
        "roles": "therapist, supervisor, consultant",
        "formats": "online, in_person",
        "concerns": many,
        "approaches": many,
        "languages": many,
        "place": _("state, province or country, such as US-WA or Washington"),
        "spot": _("such as 98101, or Toronto, Ontario"),
        "fee_from": _("an amount, such as 90"),
        "currency": "USD, CAD, GBP, EUR, AUD, NZD, MXN",
        "sliding": _("yes or no"),
        "pro_bono": _("how many"),
        "time_zone": "America/Los_Angeles",
        "monday": "9:00-12:00, 14:00-17:30",
        "contact": _("anybody can read it"),
    }
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow((NAME_OF_FIELD, "value", "how"))
    for key in (*(key for key in LABELS if key in KNOWN), *MORE):
        table.writerow((key, "", hints.get(key, "")))
    return written.getvalue()
