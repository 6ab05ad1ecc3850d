"""The demo: the same people everywhere, none like another, and a folder that is known again."""

import datetime as dt
import json
import socket
from collections import Counter
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from breathingroom.config.demo import accounts, cast, community, folder, places, stage, titles
from breathingroom.config.demo.banks import bank
from breathingroom.config.house import Refusal
from breathingroom.core import places as spots_of_core
from breathingroom.core import zones
from breathingroom.core.concerns import CONCERNS
from breathingroom.directory.choices import Approach, Identity
from breathingroom.directory.models import Listing
from breathingroom.licensure.models import Jurisdiction, Profession
from breathingroom.people.models import Member
from tests.config.houses import House, Ready

OPERATING = {"psypact": frozenset({"US-WA", "US-TX"}), "counseling": frozenset({"US-AZ", "US-MN", "US-GA"})}


@pytest.fixture(scope="module")
def people() -> list[cast.Clinician]:
    return cast.clinicians(1200, OPERATING)


def test_the_same_number_gives_the_same_people(people: list[cast.Clinician]) -> None:
    assert cast.clinicians(60, OPERATING) == cast.clinicians(60, OPERATING)
    assert len(people) == 1200


def test_nobody_is_like_another(people: list[cast.Clinician]) -> None:
    for field in ("id", "email", "name", "about"):
        assert len({getattr(person, field) for person in people}) == len(people), field
    headlines = Counter(person.headline for person in people)
    assert headlines.most_common(1)[0][1] < 30


def test_they_sit_in_every_jurisdiction(people: list[cast.Clinician]) -> None:
    assert {person.place for person in people} == set(places.CODES)


def test_every_concern_is_carried_by_several(people: list[cast.Clinician]) -> None:
    carried = Counter(code for person in people for code in person.concerns)
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


def test_a_few_are_not_confirmed_and_fewer_out_of_sight(people: list[cast.Clinician]) -> None:
    ages = Counter((person.confirmed > 30) + (person.confirmed > 90) for person in people)
    assert 0.8 < ages[0] / len(people) < 0.92
    assert ages[1] > 3 * ages[2] / 2
    assert ages[2] > 20


def test_hours_approaches_and_identities_are_believable(people: list[cast.Clinician]) -> None:
    said = [person.practical for person in people]
    assert all(begins < ends and 0 <= day <= 6 for each in said for day, begins, ends in each.hours)
    assert sum(bool(each.hours) for each in said) > 1000
    assert sum(bool(each.identities) for each in said) < 500
    assert {code for each in said for code in each.approaches} == set(Approach.values)
    assert {code for each in said for code in each.identities} == set(Identity.values)
    assert people[0].practical.hours
    assert max(Counter(each.practice for each in said if each.practice).values()) < 40


def test_no_address_can_exist(people: list[cast.Clinician]) -> None:
    assert all(person.email.endswith("@demo.invalid") and person.email.isascii() for person in people)


def test_authorities_are_held_only_where_they_can_be(people: list[cast.Clinician]) -> None:
    held = [(paper, permit) for person in people for paper in person.papers for permit in paper.permits]
    assert len({permit.compact for _, permit in held}) == 2
    for paper, permit in held:
        assert paper.where in OPERATING[permit.compact]
        assert not permit.where or permit.where in OPERATING[permit.compact] - {paper.where}


def test_the_first_listing_is_the_providers_own(people: list[cast.Clinician]) -> None:
    assert people[0].email == accounts.by_role("provider").email
    assert people[0].state == "published"
    assert people[0].papers[0].checked is not None


def known(_ready: Ready) -> tuple[list[str], list[str]]:
    """Places and professions of the facts."""
    codes = Jurisdiction.objects.values_list("code", flat=True)
    return list(codes), list(Profession.objects.values_list("slug", flat=True))


def test_every_town_and_profession_is_of_the_facts(house: House) -> None:
    codes, slugs = house.alone(known)
    assert set(codes) == set(places.CODES)
    assert set(titles.LETTERS) <= set(slugs)


def written(_ready: Ready) -> list[int]:
    """How many members, verified addresses, listings and second factors there are."""
    verified = EmailAddress.objects.filter(verified=True)
    return [rows.count() for rows in (Member.objects, verified, Listing.objects, Authenticator.objects)]


def test_all_that_was_cast_is_in_the_database(house: House) -> None:
    assert house.alone(written) == [15, 15, 12, 2]


def days() -> list[dt.date]:
    """When the openings of each listing were confirmed."""
    found = Listing.objects.order_by("pk").values_list("openings_confirmed_on", flat=True)
    return [day for day in found if day]


def moved_on(_ready: Ready, by: int) -> list[int]:
    """By how many days each listing is younger after that long."""
    before = days()
    community.move_on(by)
    return [(now - then).days for then, now in zip(before, days(), strict=True)]


def test_an_old_demo_is_moved_on(house: House) -> None:
    assert house.alone(moved_on, 9) == [9] * 12


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    words = pytest.raises(Refusal, match=r"cannot listen .* choose another port")
    with socket.create_server((stage.HOST, 0)) as taken, words:
        stage.run(tmp_path / "home", port=taken.getsockname()[1], listings=20, fresh=False)
    assert not (tmp_path / "home").exists()


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
