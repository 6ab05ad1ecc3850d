"""The demo: the same people everywhere, none like another, and one command from nothing to a page."""

import datetime as dt
import json
import socket
import subprocess
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from breathingroom.config.demo import accounts, cast, folder, places, stage
from breathingroom.config.demo.banks import bank
from breathingroom.config.house import Refusal
from breathingroom.core import places as spots_of_core
from breathingroom.core import zones
from breathingroom.core.concerns import CONCERNS
from breathingroom.directory.choices import Approach, Identity
from tests.config.houses import House

OPERATING = {"psypact": frozenset({"US-WA", "US-TX"}), "counseling": frozenset({"US-AZ", "US-MN", "US-GA"})}
PEOPLE = cast.clinicians(1200, OPERATING)


def test_the_same_number_gives_the_same_people() -> None:
    assert cast.clinicians(60, OPERATING) == cast.clinicians(60, OPERATING)
    assert len(PEOPLE) == 1200


def test_nobody_is_like_another() -> None:
    for field in ("id", "email", "name", "about"):
        assert len({getattr(person, field) for person in PEOPLE}) == len(PEOPLE), field
    headlines = Counter(person.headline for person in PEOPLE)
    assert headlines.most_common(1)[0][1] < 30


def test_they_sit_in_every_jurisdiction() -> None:
    assert {person.place for person in PEOPLE} == set(places.CODES)


def test_every_concern_is_carried_by_several() -> None:
    carried = Counter(code for person in PEOPLE for code in person.concerns)
    assert min(carried[concern.code] for concern in CONCERNS) > 20


def test_every_town_has_a_zone_and_spots_that_lie_there() -> None:
    for code, (_, names) in places.TOWNS.items():
        for town in names.split(", "):
            zone, *spots = bank("spots.txt")[f"{code} {town}"][0].split()
            assert zones.known(zone)
            for spot in spots:
                found = spots_of_core.spot(spot)
                assert found, spot
                assert found.country == code[:2]


def test_a_few_are_not_confirmed_and_fewer_out_of_sight() -> None:
    ages = Counter((person.confirmed > 30) + (person.confirmed > 90) for person in PEOPLE)
    assert 0.8 < ages[0] / len(PEOPLE) < 0.92
    assert ages[1] > 3 * ages[2] / 2
    assert ages[2] > 20


def test_hours_approaches_and_identities_are_believable() -> None:
    said = [person.practical for person in PEOPLE]
    assert all(begins < ends and 0 <= day <= 6 for each in said for day, begins, ends in each.hours)
    assert sum(bool(each.hours) for each in said) > 1000
    assert sum(bool(each.identities) for each in said) < 500
    assert {code for each in said for code in each.approaches} == set(Approach.values)
    assert {code for each in said for code in each.identities} == set(Identity.values)
    assert PEOPLE[0].practical.hours
    assert max(Counter(each.practice for each in said if each.practice).values()) < 40


def test_no_address_can_exist() -> None:
    assert all(person.email.endswith("@demo.invalid") and person.email.isascii() for person in PEOPLE)


def test_authorities_are_held_only_where_they_can_be() -> None:
    held = [(paper, permit) for person in PEOPLE for paper in person.papers for permit in paper.permits]
    assert len({permit.compact for _, permit in held}) == 2
    for paper, permit in held:
        assert paper.where in OPERATING[permit.compact]
        assert not permit.where or permit.where in OPERATING[permit.compact] - {paper.where}


def test_the_first_listing_is_the_providers_own() -> None:
    assert PEOPLE[0].email == accounts.by_role("provider").email
    assert PEOPLE[0].state == "published"
    assert PEOPLE[0].papers[0].checked is not None


def test_every_town_and_profession_is_of_the_facts(settled: House) -> None:
    found = settled.python(
        "from breathingroom.licensure.models import Jurisdiction, Profession\n"
        "from breathingroom.config.demo import places, titles\n"
        "codes = set(Jurisdiction.objects.values_list('code', flat=True))\n"
        "slugs = set(Profession.objects.values_list('slug', flat=True))\n"
        "print(codes ^ set(places.CODES), set(titles.LETTERS) - slugs)"
    )
    settled.leave()
    assert found == "set() set()"


def test_all_that_was_cast_is_in_the_database(settled: House) -> None:
    found = settled.python(
        "from breathingroom.people.models import Member\n"
        "from breathingroom.directory.models import Listing\n"
        "from allauth.account.models import EmailAddress\n"
        "from allauth.mfa.models import Authenticator\n"
        "print(Member.objects.count(), EmailAddress.objects.filter(verified=True).count(),"
        " Listing.objects.count(), Authenticator.objects.count())"
    )
    settled.leave()
    assert found == "15 15 12 2"


def test_an_old_demo_is_moved_on(house: House) -> None:
    code = (
        "from breathingroom.config.demo import community\n"
        "from breathingroom.directory.models import Listing\n"
        "days = lambda: sorted(Listing.objects.values_list('pk', 'openings_confirmed_on'))\n"
        "before = days(); community.move_on(9); after = days()\n"
        "print({(b - a).days for (_, a), (_, b) in zip(before, after)})"
    )
    assert house.python(code) == "{9}"


@pytest.mark.parametrize("kept", [folder.DATABASE, "keys", "thesis.txt"])
def test_what_is_no_demo_is_left_alone(tmp_path: Path, kept: str) -> None:
    (tmp_path / kept).write_bytes(b"")
    for fresh in (False, True):
        with pytest.raises(Refusal, match="no demo"):
            folder.make_ready(tmp_path, 20, fresh=fresh)
    assert (tmp_path / kept).exists()


def test_a_ready_folder_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[int] = []
    monkeypatch.setattr("breathingroom.config.house.enter", lambda: None)
    monkeypatch.setattr(folder, "_prepare", lambda listings, behind: prepared.append(behind))
    (tmp_path / "home").mkdir()
    folder.make_ready(tmp_path / "home", 20, fresh=False)
    (tmp_path / "home" / folder.DATABASE).touch()
    folder.make_ready(tmp_path / "home", 20, fresh=False)
    assert prepared == [0]
    stamp = json.loads((tmp_path / "home" / folder.STAMP).read_text())
    stamp["day"] = (dt.date.fromisoformat(stamp["day"]) - dt.timedelta(days=8)).isoformat()
    (tmp_path / "home" / folder.STAMP).write_text(json.dumps(stamp))
    folder.make_ready(tmp_path / "home", 20, fresh=False)
    folder.make_ready(tmp_path / "home", 21, fresh=False)
    assert prepared == [0, 8, 0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((stage.HOST, 0))
        return int(probe.getsockname()[1])


def heard(running: "subprocess.Popen[str]", words: str) -> str:
    """Everything said until `words` were. Raises AssertionError when it ended before."""
    said = ""
    assert running.stdout is not None
    for line in running.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def assert_slow_forms_hold_nobody_up(port: int) -> None:
    """Half-sent forms, more than there are processes: a page still answers."""
    head = f"POST /account/login/ HTTP/1.1\r\nHost: {stage.HOST}\r\nContent-Length: 4000\r\n\r\nemai"
    slow = [socket.create_connection((stage.HOST, port)) for _ in range(5)]
    try:
        for wire in slow:
            wire.sendall(head.encode())
        assert urllib.request.urlopen(f"http://{stage.HOST}:{port}/terms/", timeout=8).status == 200
    finally:
        for wire in slow:
            wire.close()


def test_from_nothing_to_a_page_and_again(tmp_path: Path) -> None:
    """Web and worker start, whatever a real house uses; a signal stops both; a taken port is said."""
    demo = House(tmp_path / "unused", more={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere"})
    port = free_port()
    words = ("demo", "--home", str(tmp_path / "demo"), "--port", str(port), "--listings", "20")
    for _ in range(2):
        running = demo.start(*words)
        try:
            said = heard(running, "Working:")
            assert urllib.request.urlopen(f"http://{stage.HOST}:{port}/", timeout=20).status == 200
            assert all(account.email in said for account in accounts.ACCOUNTS)
            assert_slow_forms_hold_nobody_up(port)
            other = demo.start("demo", "--home", str(tmp_path / "other"), "--port", str(port))
            assert "cannot listen" in other.communicate(timeout=20)[0]
            assert other.returncode == 2
        finally:
            running.terminate()
            assert running.wait(60) == 0
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((stage.HOST, port), timeout=1)
