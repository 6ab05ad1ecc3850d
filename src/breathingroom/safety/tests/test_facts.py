"""Importing crisis lines, and the snapshot that follows."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from breathingroom.audit.models import Event
from breathingroom.core.facts import FactError
from breathingroom.safety import crisis, facts, tasks
from breathingroom.safety.actions import crisis as actions
from breathingroom.safety.models import CrisisLine, EmergencyNumber

pytestmark = pytest.mark.django_db

STAMP = {"as_of": "2026-11-21", "certainty": "verified"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path / "home"
    return tmp_path / "home"


def folder(tmp_path: Path, **changes: Any) -> Path:
    line = {
        "id": "x",
        "country": "US",
        "name": "X",
        "audience": "everyone",
        "call": "1",
        "certainty": "verified",
    }
    given = {"as_of": "2026-11-21", "emergency": {"US": "911"}, "lines": [line | changes]}
    (tmp_path / "crisis.json").write_text(json.dumps(given))
    return tmp_path


def test_it_brings_in_every_line_once() -> None:
    first, second = facts.load(by=None), facts.load(by=None)
    assert (first.created, first.kept) == (37 + 6, 0)
    assert (second.created, second.changed, second.unchanged) == (0, 0, first.created)
    assert Event.objects.filter(did="safety.facts.imported").count() == 1


def test_what_the_file_warns_about_comes_in_hidden() -> None:
    facts.load(by=None)
    assert [line.slug for line in CrisisLine.objects.filter(hidden=True)] == ["gb-nhs-staff"]


@pytest.mark.parametrize(
    ("slug", "certainty"),
    [("us-988", "verified"), ("us-ctl", "unverified"), ("us-trevor", "high"), ("us-psl", "medium"),
     ("gb-ni-lifeline", "medium"), ("au-lifeline", "medium"), ("au-drs4drs", "unverified"),
     ("gb-ph", "unverified"), ("gb-nhs-staff", "low")],
)  # fmt: skip
def test_how_sure_a_line_is(slug: str, certainty: str) -> None:
    facts.load(by=None)
    assert CrisisLine.objects.get(slug=slug).certainty == certainty


def test_a_snapshot_follows_the_commit(
    home: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        facts.load(by=None)
    assert {"gb-nhs-staff", "us-988"} & {line.slug for c in ("GB", "US") for line in crisis.lines(c)} == {
        "us-988"
    }
    assert (home / crisis.SNAPSHOT).exists()


def test_the_packaged_snapshot_is_what_the_packaged_facts_give(home: Path) -> None:
    facts.load(by=None)
    actions.publish()
    assert (home / crisis.SNAPSHOT).read_text() == crisis.PACKAGED.read_text()


def test_the_job_writes_it_anew(home: Path) -> None:
    facts.load(by=None)
    tasks.publish_crisis_lines()
    before = (home / crisis.SNAPSHOT).stat().st_mtime_ns
    tasks.publish_crisis_lines()
    assert (home / crisis.SNAPSHOT).stat().st_mtime_ns == before
    CrisisLine.objects.filter(slug="us-988").update(hidden=True)
    tasks.publish_crisis_lines()
    assert "us-988" not in (home / crisis.SNAPSHOT).read_text()


def test_nothing_is_published_while_there_is_nothing(home: Path) -> None:
    assert actions.publish() is False
    assert not (home / crisis.SNAPSHOT).exists()


def test_an_operators_edit_stays_until_the_file_is_newer(tmp_path: Path) -> None:
    facts.load(by=None, folder=folder(tmp_path))
    CrisisLine.objects.update(call="2", edited_on="2026-11-22")
    assert facts.load(by=None, folder=folder(tmp_path)).kept == 1
    assert CrisisLine.objects.get().call == "2"
    newer = facts.load(by=None, folder=folder(tmp_path, as_of="2026-12-01"))
    assert (newer.changed, CrisisLine.objects.get().call) == (1, "1")


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"certainty": "perhaps"}, "crisis.json, lines[0]: 'certainty' cannot be read"),
     ({"call": None}, "crisis.json, lines[0]: 'call' is missing"),
     ({"name": 7}, "'name' must be text"),
     ({"for": "dogs"}, "'for' must be one of"),
     ({"as_of": "soon"}, "'as_of' must hold a date")],
)  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FactError) as caught:
        facts.load(by=None, folder=folder(tmp_path, **changes))
    assert said in str(caught.value)
    assert not CrisisLine.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FactError, match=r"crisis\.json: not found"):
        facts.load(by=None, folder=tmp_path)


def test_emergency_numbers_must_be_an_object(tmp_path: Path) -> None:
    (tmp_path / "crisis.json").write_text('{"as_of": "2026-11-21", "emergency": []}')
    with pytest.raises(FactError, match="must be an object"):
        facts.load(by=None, folder=tmp_path)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [("crisisline_certainty_is_known", {"certainty": "?"}),
     ("crisis_line_audience_is_known", {"audience": "?"}),
     ("crisis_line_can_be_reached", {"call": ""})],
)  # fmt: skip
def test_the_database_refuses_a_line(constraint: str, wrong: dict[str, str]) -> None:
    good = {"slug": "x", "country": "US", "name": "X", "audience": "everyone", "call": "1", **STAMP}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CrisisLine.objects.create(**good | wrong)
    CrisisLine.objects.create(**good | {"call": "", "hidden": True})


def test_emergencynumber_certainty_is_known() -> None:
    with pytest.raises(IntegrityError, match="emergencynumber_certainty_is_known"), transaction.atomic():
        EmergencyNumber.objects.create(country="US", numbers="911", as_of="2026-11-21", certainty="?")
