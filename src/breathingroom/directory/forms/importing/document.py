"""A page or a piece of JSON with schema.org's words for a person: what of it is about a listing."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext_lazy as _

from breathingroom.core.text import plain
from breathingroom.directory.forms.importing.raw import Unreadable

DEEPEST = 12
MOST_NODES = 3_000
MOST_SCRIPTS = 20

NOT_JSON = _("This begins like JSON and cannot be read as such: %(where)s.")
NO_DATA = _(
    "This page carries no schema.org data (JSON-LD). Copy the text you want into the editor, or use the CSV."
)
NOBODY = _("This speaks of no person and of no practice that schema.org has a word for.")
SEVERAL = _("This speaks of several people: %(names)s. Paste only the part that is about you.")
TOO_DEEP = _("This is nested too deeply to be a description of a person.")

Node = dict[str, Any]
PEOPLE = frozenset({"person", "individualphysician", "physician"})
PRACTICES = frozenset({
    "medicalbusiness", "localbusiness", "professionalservice", "medicalclinic", "medicalorganization",
    "organization", "healthandbeautybusiness", "physiciansoffice", "psychologist", "psychotherapist",
})  # fmt: skip


def nodes_of(text: str) -> list[Node]:
    """Every object in JSON, or in the JSON-LD of a page. Raises Unreadable."""
    parts = [text] if text[:1] in "{[" else _scripts(text)
    if not parts:
        raise Unreadable(NO_DATA)
    found: list[Node] = []
    for part in parts:
        found.extend(_walk(_loaded(part)))
    return found[:MOST_NODES]


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Unreadable(TOO_DEEP) from error
    except ValueError as error:
        raise Unreadable(NOT_JSON % {"where": str(error)[:100]}) from error


def _walk(top: Any) -> Iterator[Node]:
    """Every object, those at the top first. Raises Unreadable when they are nested too deeply."""
    level, depth = [top], 0
    while level:
        if depth > DEEPEST:
            raise Unreadable(TOO_DEEP)
        yield from (each for each in level if isinstance(each, dict))
        level, depth = [inner for each in level for inner in _inside(each)], depth + 1


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in inner if isinstance(each, dict | list)]


class _Scripts(HTMLParser):
    """The JSON-LD scripts of a page; nothing of a page is run or fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").lower()
        self.inside = tag == "script" and kind.startswith("application/ld+json")
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def _scripts(page: str) -> list[str]:
    scripts = _Scripts()
    scripts.feed(page)
    scripts.close()
    return [part.strip() for part in scripts.found if part.strip()][:MOST_SCRIPTS]


def person_and_practice(nodes: list[Node], own: str) -> tuple[Node, Node]:
    """The person, by the member's `own` name when there are several, and the practice; either may be {}.

    Raises Unreadable when there is neither, or when nobody can tell which person is meant.
    """
    people = [node for node in nodes if kinds(node) & PEOPLE and node.get("name")]
    practices = [node for node in nodes if kinds(node) & PRACTICES and node not in people]
    if len(people) > 1:
        mine = [node for node in people if _is(own, str(node["name"]))]
        if not mine:
            names = ", ".join(str(node["name"])[:60] for node in people[:4])
            raise Unreadable(SEVERAL % {"names": names})
        people = mine
    if not people and not practices:
        raise Unreadable(NOBODY)
    return (people[0] if people else {}), (practices[0] if practices else {})


def kinds(node: Node) -> set[str]:
    """Its types in lower case, without the address of the vocabulary."""
    return {str(kind).rpartition("/")[2].rpartition(":")[2].lower() for kind in listed(node.get("@type"))}


def listed(value: Any) -> list[Any]:
    """One value or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _is(own: str, name: str) -> bool:
    said = plain(own)
    return bool(said) and said in plain(name)
