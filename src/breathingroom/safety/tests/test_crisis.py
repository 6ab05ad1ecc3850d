"""Crisis lines: what is shown, from which file, in which order."""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from breathingroom.core import clock
from breathingroom.safety import crisis


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 22))


def snapshot(home: Path, *rows: dict[str, Any]) -> None:
    (home / crisis.SNAPSHOT).write_text(json.dumps({"emergency": {"US": "911"}, "lines": rows}))


def row(slug: str, **fields: Any) -> dict[str, Any]:
    plain = dict.fromkeys(crisis.Line.__dataclass_fields__, "")
    given = {
        "country": "US",
        "audience": "everyone",
        "certainty": "verified",
        "as_of": "2026-11-21",
        "position": 0,
    }
    return plain | given | {"slug": slug, "name": slug, "call": "988"} | fields


def test_without_a_snapshot_the_packaged_list_stands_in() -> None:
    assert crisis.lines("US")[0].slug == "us-988"
    assert crisis.emergency("US") == crisis.Emergency("911")


def test_every_country_of_the_house_has_lines() -> None:
    assert all(crisis.lines(code) for code, _name in crisis.countries())


def test_the_trap_is_in_no_list() -> None:
    every = {line.slug for code, _name in crisis.countries() for line in crisis.lines(code)}
    assert "gb-samaritans" in every
    assert "gb-nhs-staff" not in every


def test_for_everyone_comes_first_and_worldwide_last() -> None:
    found = crisis.lines("GB")
    audiences = [line.audience for line in found[:-1]]
    assert audiences == sorted(audiences, key=["everyone", "clinicians", "particular"].index)
    assert found[-1].slug == "intl-iasp"


def test_surer_lines_come_before_the_others(home: Path) -> None:
    snapshot(
        home, row("a", certainty="unverified"), row("b", certainty="medium", position=1), row("c", position=2)
    )
    assert [line.slug for line in crisis.lines("US")] == ["c", "a", "b"]


def test_a_part_of_a_country_belongs_to_it() -> None:
    assert "gb-ni-lifeline" in {line.slug for line in crisis.lines("GB")}


def test_the_snapshot_wins_and_a_new_one_is_seen(home: Path) -> None:
    snapshot(home, row("first"))
    assert [line.slug for line in crisis.lines("US")] == ["first"]
    snapshot(home, row("second"), row("third"))
    later = (home / crisis.SNAPSHOT).stat().st_mtime + 5
    os.utime(home / crisis.SNAPSHOT, (later, later))
    assert [line.slug for line in crisis.lines("US")] == ["second", "third"]


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"lines": [{}], "emergency": {}}', '{"lines": 3}', "\0"])
def test_a_broken_snapshot_is_passed_over(home: Path, broken: str) -> None:
    (home / crisis.SNAPSHOT).write_text(broken)
    assert crisis.lines("US")[0].slug == "us-988"


def test_the_card_holds_confirmed_lines_for_everyone_only() -> None:
    for code, _name in crisis.countries():
        card = crisis.card(code)
        assert len(card.lines) <= crisis.ON_THE_CARD
        assert all(line.audience == "everyone" and (line.tel or line.sms) for line in card.lines)
        assert all(line.certainty in {"verified", "high"} for line in card.lines)


@pytest.mark.parametrize(
    ("written", "digits"),
    [("988", "988"), ("988 then 1", "988"), ("116 123", "116123"), ("1-866-488-7386", "18664887386"),
     ("HOME to 741741", "741741"), ("4357 (HELP)", "4357"), ("+44 20 7946 0000", "+442079460000"), ("", ""),
     ("by appointment", "")],
)  # fmt: skip
def test_what_a_telephone_dials(home: Path, written: str, digits: str) -> None:
    snapshot(home, row("a", call=written, text=written))
    line = crisis.lines("US")[0]
    assert (line.tel, line.sms) == (digits, digits)


@pytest.mark.usefixtures("on_the_day")
def test_a_line_is_sure_only_while_its_check_is_fresh(home: Path) -> None:
    snapshot(
        home,
        row("fresh", position=1),
        row("old", as_of="2026-01-01", position=2),
        row("unverified", certainty="unverified", position=3),
    )
    assert [line.is_sure for line in crisis.lines("US")] == [True, False, False]


def test_what_is_said_about_a_line(home: Path) -> None:
    snapshot(home, row("a", hours="24/7", audience_note="everyone"),
             row("b", audience="clinicians", audience_note="nurses", hours="24/7"))  # fmt: skip
    assert [line.about for line in crisis.lines("US")] == ["24/7", "nurses · 24/7"]


def test_a_country_nobody_knows_has_the_worldwide_lines() -> None:
    assert [line.slug for line in crisis.lines("FR")] == ["intl-iasp"]
    assert crisis.emergency("FR") is None
    assert settings.HOME_COUNTRY in dict(crisis.countries())
