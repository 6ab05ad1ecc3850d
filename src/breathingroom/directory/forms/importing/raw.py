"""What was found in somebody's own file, before it is known what it means."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 8_000
"""Characters of one value; the rest of a longer one is not looked at."""
MOST_VALUES = 80

LABELS: dict[str, str | Promise] = {
    "name": _("Name"),
    "credentials": _("Credentials"),
    "pronouns": _("Pronouns"),
    "profession": _("Profession"),
    "treating_since": _("Treating clinicians since"),
    "roles": _("What you can be to a colleague"),
    "formats": _("How you meet"),
    "concerns": _("What you work with"),
    "approaches": _("Ways of working"),
    "place": _("Where you sit"),
    "spot": _("Postal code or city"),
    "city": _("City or area"),
    "practice": _("Practice"),
    "hours": _("Hours"),
    "fee": _("Fee"),
    "sliding": _("Sliding scale"),
    "pro_bono": _("Places without a fee"),
    "languages": _("Languages"),
    "headline": _("One sentence about your work"),
    "about": _("In your own words"),
    "contact": _("How people reach you"),
}
"""Everything that can be taken over, in the order of the editor."""
LISTS = frozenset({"roles", "formats", "concerns", "approaches", "languages"})
"""Of these, several."""


class Unreadable(Exception):
    """Nothing can be read from it; `why` says so to whoever gave it."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = str(why)


@dataclass
class Raw:
    """Texts by the keys of LABELS; `left` names what was seen and is not taken over."""

    values: dict[str, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, key: str, *texts: object) -> None:
        """Note what is text or a number; everything else is not."""
        for text in texts:
            plain = clean(str(text)) if isinstance(text, str | int | float) else ""
            found = self.values.setdefault(key, []) if plain else []
            if plain and plain not in found and len(found) < MOST_VALUES:
                found.append(plain)

    def leave(self, name: str) -> None:
        plain = clean(name)[:60]
        if plain and plain not in self.left and len(self.left) < MOST_VALUES:
            self.left.append(plain)


def clean(text: str) -> str:
    """A text without markup, control characters and needless space; paragraphs stay."""
    text = text[:LONGEST]
    if "<" in text:
        text = _without_tags(text)
    text = "".join(c for c in html.unescape(text) if c.isprintable() or c == "\n")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """The words of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"p", "br", "li", "div"}:
            self.said.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _without_tags(text: str) -> str:
    words = _Words()
    words.feed(text)
    words.close()
    return "".join(words.said)
