"""What everybody reads: each role walks the house once a file, and many promises are judged by it."""

import html
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.laws import house, matrix, probe, sentinels
from tests.laws.matrix import COLUMNS
from tests.laws.probe import Crowd
from tests.laws.world import World
from tests.plugins.depth import THOROUGH, examples

MOST_PAGES = examples(180, 500)
MOST_OF_A_KIND = examples(2, 60)  # pages of one address: of other things, and other questions
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
# Answers of the statute that show nothing: what is asked for is not there, not to be read, or behind a door.
SILENT = {"403", "404", "405", "in", "setup", "prove", "why", "door"}
# Roles that have no column in the statute, and a role that does not own the thing in question.
STANDS_AS = {"owner": "other", "supervising": "other", "seeking": "member"}
# Members without a listing: in a quick run, they read in turns what the statute shows every member.
PLAIN = ("member", "seeking", "moderator", "idle operator")


class Readings:
    """The pages that each role reads, and what the log said meanwhile."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.log: list[str] = []
        self._known: dict[str, dict[str, str]] = {}

    def of(self, role: str) -> dict[str, str]:
        """Everything that is said to a role, by address."""
        if role not in self._known:
            with _listening(self.log):
                self._known[role] = dict(crawl(self.crowd, role))
        return self._known[role]

    def told(self, role: str, words: str) -> list[str]:
        """The addresses at which a role reads some words that it did not bring along."""
        return _telling(self.of(role).items(), words)

    def again(self, role: str, paths: list[str], words: str) -> list[str]:
        """After a change, the same of these pages; a thorough run walks through the whole house again."""
        assert paths, f"no page to look at again as {role}"
        return _telling(self.reread(role, paths), words)

    def reread(self, role: str, paths: list[str]) -> Iterator[tuple[str, str]]:
        """These pages as they are now; a thorough run walks through the whole house again."""
        if THOROUGH:
            return crawl(self.crowd, role)
        return ((path, sentinels.said(self.crowd.ask(role, "GET", path))) for path in paths)


def _telling(pages: Iterable[tuple[str, str]], words: str) -> list[str]:
    return [path for path, text in pages if words in text and words not in path]


class _Ear(logging.Handler):
    def __init__(self, log: list[str]) -> None:
        super().__init__()
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        self.log.append(record.getMessage())


@contextmanager
def _listening(log: list[str]) -> Iterator[None]:
    """Keep what is logged inside the block."""
    root, ear = logging.getLogger(), _Ear(log)
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(ear)
        root.setLevel(level)


class _Walk:
    """The pages still to be read: those whose turn it is, and whatever they link to, of each kind a few."""

    def __init__(self, doors: dict[str, bool]) -> None:
        self.waiting = [path for path, turn in doors.items() if turn]
        self._known = set(doors)
        self._kinds = Counter(map(_kind, self.waiting))

    def meet(self, link: str) -> None:
        """Go there later, where nobody has been and it is worth it."""
        if link in self._known:
            return
        self._known.add(link)
        kind = _kind(link)
        self._kinds[kind] += 1
        if self._kinds[kind] <= MOST_OF_A_KIND and len(self.waiting) < MOST_PAGES:
            self.waiting.append(link)


def crawl(crowd: Crowd, role: str) -> Iterator[tuple[str, str]]:
    """(address, everything said there) for each page this role can reach by address or by link."""
    walk = _Walk(dict(_doors(crowd.world, role)))
    for path in walk.waiting:  # which grows as links are met
        response = crowd.ask(role, "GET", path)
        text = sentinels.said(response)
        yield path, text
        if response.get("Content-Type", "").startswith("text/html"):
            for link in _inner(path, text):
                walk.meet(link)


def _doors(world: World, role: str) -> Iterator[tuple[str, bool]]:
    """Every address with every kind of object, and whether it is this role's turn to read there.

    Staff pages for those whom the statute lets that far; a quick run leaves out what says nothing.
    """
    routes = (r for r in house.routes() if role == "operator" or not r.name.startswith("staff:"))
    for number, route in enumerate(routes):
        for kind, (given, owner) in probe.objects(world, route).items():
            answers = matrix.statute_for(route.name)[kind, "GET"]
            if THOROUGH or _is_shown(answers, role, owner):
                yield probe.address(route, given), THOROUGH or _is_turn(answers, role, number)


def _is_shown(answers: tuple[str, ...], role: str, owner: str) -> bool:
    """Whether the statute lets a role read there: that the others are told nothing, the matrix proves."""
    column = "owner" if role == owner else STANDS_AS.get(role, role)
    return answers[COLUMNS.index(column)] not in SILENT


def _is_turn(answers: tuple[str, ...], role: str, number: int) -> bool:
    members = {answers[COLUMNS.index(who)] for who in (*PLAIN, "owner", "other") if who in COLUMNS}
    return role not in PLAIN or len(members) > 1 or PLAIN[number % len(PLAIN)] == role


def _inner(path: str, text: str) -> Iterator[str]:
    """Links to other pages of the house; of a list that goes on and on, the first few."""
    for link in LINK.findall(text)[:60]:
        parts = urlsplit(urljoin(path, html.unescape(link)))
        if not parts.netloc and not parts.scheme and parts.path.startswith("/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(link: str) -> str:
    """The name of the address that a link leads to."""
    path = urlsplit(link).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return path
