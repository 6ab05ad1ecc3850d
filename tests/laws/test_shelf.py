"""What the library is filled with keeps its form: written for clinicians, sourced, reviewed by a date."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from breathingroom.core.concerns import CONCERNS

SHELF = Path(__file__).parents[2] / "src" / "breathingroom" / "library" / "shelf"
ARTICLES = sorted((SHELF / "articles").glob("*/*.md"))
TOOLS = sorted((SHELF / "tools").glob("*/*.md"))
KNOWN = {concern.code for concern in CONCERNS}
MOODS = {"numb", "flooded", "alone", "worn_out"}
SECTIONS = ["What this is for", "The sheet", "Step by step", "Afterwards", "Source note"]
FEWEST, LONGEST_SUMMARY = 600, 220


def name(path: Path) -> str:
    return "/".join(path.parts[-3:])


@cache
def head(path: Path) -> dict[str, str]:
    """The lines between the first two rules, by their key."""
    lines = path.read_text("utf-8").split("---\n")[1].splitlines()
    return {key: said.strip() for key, _colon, said in (line.partition(":") for line in lines)}


def body(path: Path) -> str:
    return path.read_text("utf-8").split("---\n", 2)[2]


def codes(path: Path, key: str) -> set[str]:
    return set(head(path)[key].split(", "))


def test_the_shelf_is_full() -> None:
    english = {path.name for path in (SHELF / "articles" / "en").iterdir()}
    spanish = {path.name for path in (SHELF / "articles" / "es").iterdir()}
    assert len(english) >= 24
    assert len(spanish) >= 6
    assert spanish <= english
    assert len(TOOLS) >= 8


@pytest.mark.parametrize("path", [*ARTICLES, *TOOLS], ids=name)
def test_a_piece_says_what_it_is_for(path: Path) -> None:
    said = head(path)
    assert said["title"]
    assert 0 < len(said["summary"]) <= LONGEST_SUMMARY
    assert codes(path, "concerns") <= KNOWN
    assert codes(path, "moods") <= MOODS
    assert dt.date.fromisoformat(said["review_due"]) > dt.date(2026, 11, 22)


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_an_article_is_long_enough_and_warns_of_what_is_heavy(path: Path) -> None:
    prose = re.sub(r"^\[\^\d+\]:.*$", "", body(path), flags=re.MULTILINE)
    assert len(prose.split()) >= FEWEST
    assert (head(path)["heavy"] == "yes") == bool(head(path)["content_note"])


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_every_source_is_cited_and_every_mark_has_one(path: Path) -> None:
    listed = re.findall(r"^\[\^(\d+)\]:", body(path), re.MULTILINE)
    marked = re.findall(r"\[\^(\d+)\](?!:)", body(path))
    assert len(listed) == len(set(listed)) >= 3
    assert set(marked) == set(listed)


@pytest.mark.parametrize("path", [*ARTICLES, *TOOLS], ids=name)
def test_nothing_but_words_and_doors_of_this_house(path: Path) -> None:
    """No markup, no picture, no address that a reader's browser would fetch."""
    assert not re.search(r"<[a-zA-Z/!]|!\[", body(path))
    doors = re.findall(r"\]\(([^)]*)\)", body(path))
    assert set(doors) <= {"/find/", "/crisis/"}


@pytest.mark.parametrize("path", sorted((SHELF / "articles" / "es").glob("*.md")), ids=name)
def test_a_translation_stands_on_the_same_sources(path: Path) -> None:
    original = SHELF / "articles" / "en" / path.name
    sources = [re.findall(r"^\[\^\d+\]:.*$", body(each), re.MULTILINE) for each in (path, original)]
    assert sources[0] == sources[1]
    assert codes(path, "concerns") == codes(original, "concerns")


@pytest.mark.parametrize("path", TOOLS, ids=name)
def test_a_tool_can_be_printed_and_gone_through(path: Path) -> None:
    assert re.findall(r"^## (.*)$", body(path), re.MULTILINE) == SECTIONS
    steps = body(path).partition("```yaml")[2].partition("```")[0]
    known = set(re.findall(r"^\s*- id: (\w+)", steps, re.MULTILINE))
    assert known
    assert set(re.findall(r"\{(\w+)\}", steps)) <= known
