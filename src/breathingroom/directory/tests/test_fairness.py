"""Nothing but fit and the deal decides who comes first: the code is walked, and a month of searches seen."""

import ast
import builtins
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from breathingroom.core.tests.generated import seeds
from breathingroom.directory import index
from breathingroom.directory.index import Criteria, entries, search
from breathingroom.directory.index.entries import Entry
from breathingroom.directory.tests import made
from breathingroom.licensure.eligibility import AuthorityHeld, LicenceHeld

HOME = Path(index.__file__).parent
MONTH = [dt.date(2026, 11, 1) + dt.timedelta(day) for day in range(30)]


# -- a month of searches -------------------------------------------------------------------------
@pytest.mark.parametrize("better", [0, 5])
def test_in_a_month_of_searches_equals_are_seen_equally(better: int) -> None:
    """Forty who fit equally well, asked for in three ways a day, behind some who fit better."""
    best = [made.entry(n, concerns=frozenset({"burnout", "grief"}), **_held()) for n in range(better)]
    equal = [made.entry(100 + n, concerns=frozenset({"burnout"}), **_held()) for n in range(40)]
    held, seen = made.snapshot([*equal, *best]), Counter[UUID]()
    asked = Criteria(concerns=frozenset({"burnout", "grief"}))
    searches = (asked, replace(asked, where="US-WA"), replace(asked, languages=frozenset({"en"})))
    for day in MONTH:
        held.turn(day)
        for each in searches:
            seen.update(hit.id for hit in search(held, each).hits)
    fair = len(searches) * len(MONTH) * (index.PAGE - better) / len(equal)
    assert all(0.9 * fair <= seen[entry.id] <= 1.1 * fair for entry in equal)
    assert all(seen[entry.id] == len(searches) * len(MONTH) for entry in best)


def _held() -> dict[str, object]:
    return {"licences": made.licensed("US-WA"), "confirmed": MONTH[15]}


# -- what cannot move anybody --------------------------------------------------------------------
INDIFFERENT = (
    *("approaches", "identities", "times", "spot", "since", "fee_least", "sliding", "pro_bono", "accepting"),
    "tokens",
)


@seeds(15, 60)
def test_what_is_not_in_the_rule_moves_nobody(seed: int) -> None:
    """Whatever else a listing says, those found stand in the same order."""
    chance = made.Chance(seed)
    shown = [entry for entry in chance.entries() if entry.is_fresh(made.TODAY)]
    other = [_another(chance, entry) for entry in shown]
    held, changed = made.snapshot(shown), made.snapshot(other)
    for asked in chance.searches(5):
        rule = Criteria(where=asked.where, formats=asked.formats, concerns=asked.concerns, page=asked.page)
        before, after = (search(each, rule).hits for each in (held, changed))
        assert [hit.id for hit in before] == [hit.id for hit in after]


def _another(chance: made.Chance, entry: Entry) -> Entry:
    """The same, with another life in all that the rule does not name."""
    other = chance.entry(0)
    given: dict[str, Any] = {name: getattr(other, name) for name in INDIFFERENT}
    return replace(entry, confirmed=chance.ago(*range(31)), **given)


# -- the walk ------------------------------------------------------------------------------------
STOP = frozenset({"rows", "answered", "answers", "_hit", "read", "verdict", "question", "listing"})
"""Who is found at all, who may see whom, and what is said of those found: other tests judge their inputs."""
NOT_CALLED = frozenset({"answer", "ask", "entries", "order", "where"})
"""Fields, variables and modules that have the name of a function elsewhere."""
SEEN = {
    # the rule: the answer for the place, the concerns asked for, the day and the random id
    *("rows", "answered", "answer", "verdict", "RANK", "where", "formats", "concerns", "CONCERNS"),
    *("on", "year", "timetuple", "tm_yday", "bytes", "id", "pk", "card", "cards", "deal", "_cut", "PAGE"),
    *("wanted", "answers", "FOUND", "Answer", "NO", "_ranked", "_levels", "_groups", "page", "_late"),
    *("yes", "ask", "either"),
    # where these things are kept
    *("criteria", "snapshot", "sets", "Facet", "_image", "arrays", "order", "tables", "CODES", "listing"),
    *("filter", "_default_manager", "values_list", "annotate", "order_by", "Count", "Q", "_row", "_on"),
    # what is said of those found, once they stand in their order
    *("_hit", "Hit", "question", "read", "entries", "languages", "Format", "asked"),
    # counting and cutting
    *("BitMap", "rank", "searchsorted", "np", "uint64", "bisect_left", "hashlib", "blake2b", "digest"),
    *("from_bytes", "encode", "big", "append", "values", "get", "partial", "defaultdict", "UUID"),
}
"""Every name that the ordering code may read. To let it read another is to change the rule on the page."""


def sources() -> dict[str, str]:
    return {path.name: path.read_text() for path in HOME.glob("*.py")}


def read_by_the_order(code: Mapping[str, str]) -> set[str]:
    """Every name and text that `hits` reads, and that the functions read which it calls, and so on."""
    defined: dict[str, list[ast.FunctionDef]] = {}
    for source in code.values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                defined.setdefault(node.name, []).append(node)
    seen: set[str] = set()
    walked: set[str] = set()
    ahead = ["hits", "_groups", "_order"]
    while ahead:
        name = ahead.pop()
        if name not in walked | STOP | NOT_CALLED:
            walked.add(name)
            found = set().union(*(_reads(each) for each in defined.get(name, [])))
            seen |= found
            ahead += sorted(found & defined.keys())
    return seen


def _reads(function: ast.FunctionDef) -> set[str]:
    """The attributes, the names from outside and the texts in a function; its own variables are nobody's."""
    nodes = [node for part in function.body for node in ast.walk(part)]
    own = {arg.arg for node in ast.walk(function) if isinstance(node, ast.arguments) for arg in node.args}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)} | set(dir(builtins))
    names = {node.id for node in nodes if isinstance(node, ast.Name)} - own
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    texts = {text for text in texts if " " not in text}  # a text with spaces is a docstring
    return names | texts | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_the_order_reads_nothing_but_what_its_page_says() -> None:
    assert read_by_the_order(sources()) - SEEN == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("levels = self._levels()", "levels = sorted(self._levels(), key=self.snapshot.donations)"),
        ("levels = self._levels()", "levels = _pushed(self._levels(), self.snapshot)"),
        ("for level in levels:", "for level in [*self.snapshot.sets['sponsored'].values(), *levels]:"),
    ],
)
def test_the_walk_would_catch_another_input(before: str, after: str) -> None:
    """The control: directly, through a function elsewhere, or under a name in a text."""
    code = sources()
    assert before in code["engine.py"]
    code["engine.py"] = code["engine.py"].replace(before, after)
    code["words.py"] += "\n\ndef _pushed(levels, snapshot):\n    return snapshot.response_rate(levels)\n"
    assert read_by_the_order(code) - SEEN & {"donations", "_pushed", "response_rate", "sponsored"}


# What the search knows of a listing at all: nothing about money given, answers, views or popularity.
KNOWN = {
    *("id", "roles", "formats", "concerns", "approaches", "languages", "times", "identities", "place"),
    *("spot", "since", "currency", "fee_least", "sliding", "pro_bono", "accepting", "confirmed", "tokens"),
    "licences",
}
COLUMNS = {
    *("id", "member_id", "name", "credentials", "headline", "about", "city", "practice"),
    *("profession__name", "place__name", "place_id", "spot", "therapist", "supervisor", "consultant"),
    *("online", "in_person", "evenings", "weekends", "treating_since", "currency", "fee_least", "sliding"),
    *("pro_bono", "accepting", "openings_confirmed_on", "state", "member__is_active"),
}
CLAIMS = {
    *("profession", "jurisdiction", "status", "expires_on", "checked_on", "claimed_on", "authorities"),
    *("compact", "privilege", "is_home", "home", "resides", "discipline"),
}


def test_the_search_knows_nothing_of_a_listing_that_could_be_bought() -> None:
    assert {field.name for field in fields(Entry)} <= KNOWN
    assert set(entries.COLUMNS) <= COLUMNS
    assert set(entries.CODES) <= {"concerns", "approaches", "languages", "identities"}
    assert {field.name for kind in (LicenceHeld, AuthorityHeld) for field in fields(kind)} <= CLAIMS


def test_the_page_says_the_rule(client: Client) -> None:
    page = client.get("/find/how-we-order/").content.decode()
    for words in ("may see you there come first", "each concern you ticked", "dealt like cards", "15 people",
                  "more than 30 days", "After 90 days"):  # fmt: skip
        assert words in page
