"""Importing the facts of licensing: what comes in, what stays, and how wrong rows are told."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from breathingroom.audit.models import Event
from breathingroom.audit.queries import positions
from breathingroom.core.facts import FactError, date_of
from breathingroom.licensure import facts, queries
from breathingroom.licensure.models import (
    Compact,
    CompactMember,
    CompactPrivilege,
    Jurisdiction,
    Mobility,
    NuccCode,
    Profession,
    Registration,
    Title,
)
from breathingroom.licensure.tests.people import member

pytestmark = pytest.mark.django_db
Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged files that a test may spoil."""
    for path in facts.PACKAGED.glob("*.json"):
        shutil.copy(path, tmp_path)
    return tmp_path


def edit(folder: Path, name: str, change: Edit) -> None:
    path = folder / f"{name}.json"
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


def test_everything_comes_in() -> None:
    facts.load(by=None)
    counts = [
        m.objects.count()
        for m in (Profession, Title, Jurisdiction, Compact, NuccCode, Registration, Mobility)
    ]
    assert counts == [31, 12, 83, 10, 65, 6, 3]
    assert CompactMember.objects.filter(compact="psypact").count() == 43
    assert CompactPrivilege.objects.get(kind="telehealth").covers_in_person is False


def test_a_second_run_changes_nothing_and_says_so() -> None:
    first = facts.load(by=None)
    second = facts.load(by=None)
    assert (second.created, second.changed, second.kept) == (0, 0, 0)
    assert second.unchanged == first.created
    assert "0 created, 0 changed" in str(second)
    assert Event.objects.filter(did="licensure.facts.imported").count() == 1
    assert positions("licensure")["licensure"].value == 1


def test_a_month_is_its_first_day_and_the_words_are_kept() -> None:
    facts.load(by=None)
    psypact = Compact.objects.get(slug="psypact")
    assert psypact.as_of == dt.date(2026, 3, 1)
    assert "checked against a second undated 2026 list" in psypact.source


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026", (2026, 1, 1)), ("2026-02 (42 verified)", (2026, 2, 1)), ("on 2026-06-17.", (2026, 6, 17))],
)
def test_dates_in_words(written: str, day: tuple[int, int, int]) -> None:
    assert date_of(written) == dt.date(*day)


def test_both_files_say_whom_a_compact_covers() -> None:
    facts.load(by=None)
    covered = set(Compact.objects.get(slug="psypact").professions.values_list("slug", flat=True))
    assert covered == {"psychologist", "neuropsychologist"}


def test_an_operators_edit_stays_until_the_file_is_newer(folder: Path) -> None:
    facts.load(by=None, folder=folder)
    edited = {"status": "operational", "edited_on": dt.date(2026, 11, 22)}
    CompactMember.objects.filter(compact="social_work", jurisdiction="US-OH").update(**edited)
    assert facts.load(by=None, folder=folder).kept == 1
    assert CompactMember.objects.get(compact="social_work", jurisdiction="US-OH").status == "operational"

    def later(data: dict[str, Any]) -> None:
        data["compacts"][2]["as_of"] = "2026-12-01"

    edit(folder, "compacts", later)
    assert facts.load(by=None, folder=folder).kept == 0
    assert CompactMember.objects.get(compact="social_work", jurisdiction="US-OH").status == "enacted"


def test_an_older_file_never_wins(folder: Path) -> None:
    facts.load(by=None, folder=folder)
    edit(folder, "elsewhere", lambda data: data.update(as_of="2025-01-01"))
    tally = facts.load(by=None, folder=folder)
    assert (tally.changed, tally.kept) == (0, 12)


def test_a_changed_row_is_changed(folder: Path) -> None:
    facts.load(by=None, folder=folder)
    edit(folder, "professions", lambda data: data["professions"][0].update(display_name="Psychologist (new)"))
    assert facts.load(by=None, folder=folder).changed == 1
    assert Profession.objects.get(slug="psychologist").name == "Psychologist (new)"


def test_what_a_compact_covers_can_change_alone(folder: Path) -> None:
    facts.load(by=None, folder=folder)
    edit(folder, "elsewhere", lambda data: data["mobilities"][0].update(professions=["psychologist"]))
    facts.load(by=None, folder=folder)
    assert [p.slug for p in Mobility.objects.get(slug="cfta").professions.all()] == ["psychologist"]
    assert positions("licensure")["licensure"].value == 2


def test_rows_the_file_does_not_mention_stay(folder: Path) -> None:
    facts.load(by=None, folder=folder)
    edit(folder, "professions", lambda data: data["international_titles"].clear())
    facts.load(by=None, folder=folder)
    assert Title.objects.count() == 12


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    facts.load(by=member(), progress=lambda what, done, of: told.append((what, done, of)))
    assert [done for _what, done, _of in told] == list(range(1, 10))


WRONG: list[tuple[str, Edit, str]] = [
    (
        "compacts",
        lambda d: d["compacts"][0].update(model="magic"),
        "compacts.json, compacts[0]: 'model' is none of",
    ),
    (
        "compacts",
        lambda d: d["compacts"][0]["members"][3].update(status="joined"),
        "compacts.json, compacts[0], members[3]: 'status' must be one of enacted",
    ),
    (
        "compacts",
        lambda d: d["compacts"][0]["members"][3].update(jurisdiction="US-XX"),
        "members[3]: 'jurisdiction'",
    ),
    (
        "compacts",
        lambda d: d["compacts"][0].update(professions=["coach"]),
        "'professions' names what is not listed",
    ),
    ("compacts", lambda d: d["compacts"][0].update(as_of="lately"), "'as_of' must hold a date"),
    ("compacts", lambda d: d.update(compacts={}), "compacts.json: 'compacts' must be a list"),
    ("compacts", lambda d: d["compacts"].append(7), "compacts.json, compacts[7]: must be an object"),
    ("jurisdictions", lambda d: d["jurisdictions"][0].pop("name"), "jurisdictions[0]: 'name' is missing"),
    ("jurisdictions", lambda d: d["jurisdictions"][0].update(name=5), "'name' must be text"),
    ("jurisdictions", lambda d: d["jurisdictions"][0].update(name="a\0b"), "'name' must be text"),
    ("jurisdictions", lambda d: d["jurisdictions"][0].update(code="US-LONGER"), "is longer than 6"),
    ("jurisdictions", lambda d: d["jurisdictions"][0].update(time_zones="UTC"), "must be a list of texts"),
    ("jurisdictions", lambda d: d["jurisdictions"].append(d["jurisdictions"][0]), "contradicts another"),
    ("professions", lambda d: d.update(nucc_codes=[]), "'nucc_codes' must be an object"),
    (
        "professions",
        lambda d: d["international_titles"][0].update(maps_to="coach"),
        "'maps_to' names what is not",
    ),
    (
        "elsewhere",
        lambda d: d["registrations"][0].update(scope="world"),
        "'scope' must be one of country, region",
    ),
    ("elsewhere", lambda d: d["registrations"][0].update(certainty="sure"), "'certainty' must be one of"),
]


@pytest.mark.parametrize(("name", "change", "said"), WRONG)
def test_a_wrong_row_is_named_and_nothing_is_written(
    folder: Path, name: str, change: Edit, said: str
) -> None:
    edit(folder, name, change)
    with pytest.raises(FactError) as caught:
        facts.load(by=None, folder=folder)
    assert said in str(caught.value)
    assert not Jurisdiction.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "cannot be read as JSON"), ("[]", "must hold an object")],
)
def test_a_file_that_is_no_json(folder: Path, text: str, said: str) -> None:
    (folder / "compacts.json").write_text(text)
    with pytest.raises(FactError, match=f"compacts.json: {said}"):
        facts.load(by=None, folder=folder)


def test_an_update_may_be_one_file(folder: Path) -> None:
    facts.load(by=None)
    for name in ("professions", "jurisdictions", "elsewhere"):
        (folder / f"{name}.json").unlink()

    def georgia_stops(data: dict[str, Any]) -> None:
        row = next(r for r in data["compacts"][1]["members"] if r["jurisdiction"] == "US-GA")
        row |= {"status": "enacted", "as_of": "2026-11-30"}

    edit(folder, "compacts", georgia_stops)
    tally = facts.load(by=None, folder=folder)
    assert (tally.created, tally.changed) == (0, 1)
    assert CompactMember.objects.get(compact="counseling", jurisdiction="US-GA").status == "enacted"


def test_a_row_that_says_no_certainty_is_less_certain(folder: Path) -> None:
    def unsaid(data: dict[str, Any]) -> None:
        del data["compacts"][0]["certainty"]
        del data["compacts"][0]["privileges"][0]["certainty"]

    edit(folder, "compacts", unsaid)
    facts.load(by=None, folder=folder)
    assert Compact.objects.get(slug="psypact").certainty == "medium"
    assert CompactPrivilege.objects.get(kind="telehealth").certainty == "medium"


def test_a_file_that_is_too_large(folder: Path) -> None:
    (folder / "compacts.json").write_text(" " * 5_000_001)
    with pytest.raises(FactError, match="larger than"):
        facts.load(by=None, folder=folder)


def test_the_facts_take_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    facts.load(by=None)
    with django_assert_num_queries(9):
        queries.facts()


def test_choices() -> None:
    facts.load(by=None)
    countries = [name for name, _places in queries.jurisdiction_choices()]
    assert countries == ["United States", "Australia", "Canada", "Ireland", "New Zealand", "United Kingdom"]
    assert ("psychologist", "Psychologist") in queries.profession_choices()
